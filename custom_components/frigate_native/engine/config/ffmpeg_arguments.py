"""Inheritance of ffmpeg arguments, and what they are by default."""

from typing import Final

from .model import Arguments, InputConfig, OutputArguments
from .raw import RawCameraFfmpeg, RawFfmpeg, RawOutputs

GLOBAL_ARGUMENTS: Final[Arguments] = ("-hide_banner", "-loglevel", "fatal")
HWACCEL_ARGUMENTS: Final[Arguments] = ()
INPUT_ARGUMENTS: Final[Arguments] = (
    *("-avoid_negative_ts", "make_zero", "-fflags", "+genpts+discardcorrupt", "-rtsp_transport", "tcp"),
    *("-stimeout", "5000000", "-use_wallclock_as_timestamps", "1"),
)
_SEGMENTS: Final = "-f segment -segment_time {} -segment_format mp4 -reset_timestamps 1 -strftime 1 -c copy -an"
OUTPUT_ARGUMENTS: Final = OutputArguments(
    detect=("-f", "rawvideo", "-pix_fmt", "yuv420p"),
    record=tuple(_SEGMENTS.format(60).split()),
    clips=tuple(_SEGMENTS.format(10).split()),
    rtmp=("-c", "copy", "-f", "flv"),
)


def build_inputs(camera: RawCameraFfmpeg, common: RawFfmpeg) -> tuple[InputConfig, ...]:
    """Return the inputs of a camera; arguments are the input's, else the camera's, else the file's, never merged."""
    global_args = camera.get("global_args", common.get("global_args", GLOBAL_ARGUMENTS))
    hwaccel_args = camera.get("hwaccel_args", common.get("hwaccel_args", HWACCEL_ARGUMENTS))
    input_args = camera.get("input_args", common.get("input_args", INPUT_ARGUMENTS))
    return tuple(
        InputConfig(
            path=raw["path"],
            roles=frozenset(raw["roles"]),
            global_args=raw.get("global_args", global_args),
            hwaccel_args=raw.get("hwaccel_args", hwaccel_args),
            input_args=raw.get("input_args", input_args),
        )
        for raw in camera["inputs"]
    )


def build_outputs(camera: RawOutputs, common: RawOutputs) -> OutputArguments:
    """Return the output arguments, each role's on its own: the camera's, else the file's, else the default."""
    return OutputArguments(
        detect=camera.get("detect", common.get("detect", OUTPUT_ARGUMENTS.detect)),
        record=camera.get("record", common.get("record", OUTPUT_ARGUMENTS.record)),
        clips=camera.get("clips", common.get("clips", OUTPUT_ARGUMENTS.clips)),
        rtmp=camera.get("rtmp", common.get("rtmp", OUTPUT_ARGUMENTS.rtmp)),
    )
