"""The arguments that Frigate's presets stand for.

Names of all versions are known. Hardware presets are those of decoding alone: frames come back to memory by
themselves, and scaling is done here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from .problems import Problem, echo
from .validators import arguments

PREFIX: Final = "preset-"
FPS: Final = "{fps}"
"""In arguments: the camera's frame rate."""

_TIMESTAMPS: Final = "-avoid_negative_ts make_zero"
_FLAGS: Final = "-fflags +genpts+discardcorrupt"
_NO_DELAY: Final = "-flags low_delay -strict experimental"
_LOW_DELAY: Final = f"-fflags nobuffer {_NO_DELAY}"
_CLOCK: Final = "-use_wallclock_as_timestamps 1"
_PATIENCE: Final = "-timeout 10000000"  # microseconds
_HTTP_PATIENCE: Final = "-rw_timeout 10000000"
_MJPEG: Final = f"{_TIMESTAMPS} {_LOW_DELAY} {_FLAGS} {_CLOCK}"
_SEGMENTS: Final = "-f segment -segment_time 10 -segment_format mp4 -reset_timestamps 1 -strftime 1"
_FLV: Final = "-f flv"

INPUT: Final[Mapping[str, str]] = {
    "rtsp-generic": f"{_TIMESTAMPS} {_FLAGS} -rtsp_transport tcp {_PATIENCE} {_CLOCK}",
    "rtsp-udp": f"{_TIMESTAMPS} {_FLAGS} -rtsp_transport udp {_PATIENCE} {_CLOCK}",
    "rtsp-blue-iris": f"{_TIMESTAMPS} {_FLAGS} {_NO_DELAY} -rtsp_transport tcp {_PATIENCE} {_CLOCK}",
    "rtsp-restream": f"-rtsp_transport tcp {_PATIENCE}",
    "rtsp-restream-low-latency": f"-rtsp_transport tcp {_PATIENCE} -fflags nobuffer -flags low_delay",
    "rtmp-generic": f"{_TIMESTAMPS} {_LOW_DELAY} {_FLAGS} {_HTTP_PATIENCE} {_CLOCK} -f live_flv",
    "http-reolink": f"{_TIMESTAMPS} {_FLAGS} {_NO_DELAY} {_HTTP_PATIENCE}",
    "http-mjpeg-generic": _MJPEG,
    "http-jpeg-generic": f"-r {FPS} -stream_loop -1 -f image2 {_MJPEG}",
}
"""Before an address, by the preset's name without its beginning."""

HARDWARE: Final[Mapping[str, str]] = {
    "vaapi": "-hwaccel vaapi",
    "intel-vaapi": "-hwaccel vaapi",
    "amd-vaapi": "-hwaccel vaapi",
    "intel-qsv-h264": "-hwaccel qsv -c:v h264_qsv",
    "intel-qsv-h265": "-hwaccel qsv -c:v hevc_qsv",
    "nvidia": "-hwaccel cuda",
    "nvidia-h264": "-hwaccel cuda",
    "nvidia-h265": "-hwaccel cuda",
    "nvidia-mjpeg": "-hwaccel cuda",
    "rpi-32-h264": "-c:v h264_v4l2m2m",
    "rpi-64-h264": "-c:v h264_v4l2m2m",
    "rpi-64-h265": "-c:v hevc_v4l2m2m",
    "rkmpp": "-hwaccel rkmpp",
    "rkmpp-no-dump_extra": "-hwaccel rkmpp",
    "rk-h264": "-hwaccel rkmpp",
    "rk-h265": "-hwaccel rkmpp",
    "jetson-h264": "-c:v h264_nvmpi",
    "jetson-h265": "-c:v hevc_nvmpi",
    "vulkan": "-hwaccel vulkan",
    "amd-amf": "-hwaccel vaapi",
}
"""For hardware decoding."""

RECORD: Final[Mapping[str, str]] = {
    "record-generic": f"{_SEGMENTS} -c copy -an",
    "record-generic-audio-aac": f"{_SEGMENTS} -c:v copy -c:a aac",
    "record-generic-audio-copy": f"{_SEGMENTS} -c copy",
    "record-mjpeg": f"{_SEGMENTS} -c:v libx264 -an",
    "record-jpeg": f"{_SEGMENTS} -c:v libx264 -an",
    "record-ubiquiti": f"{_SEGMENTS} -c:v copy -ar 44100 -c:a aac",
}
"""For recordings and clips."""

RESTREAM: Final[Mapping[str, str]] = {
    "rtmp-generic": f"-c copy {_FLV}",
    "rtmp-mjpeg": f"-c:v libx264 -an {_FLV}",
    "rtmp-jpeg": f"-c:v libx264 -an {_FLV}",
    "rtmp-ubiquiti": f"-c:v copy {_FLV} -ar 44100 -c:a aac",
}
"""For the restream."""


@dataclass(frozen=True, slots=True, eq=False)
class ArgumentsOrPreset:
    """Validates ffmpeg arguments, or the name of one of these presets, and returns the arguments."""

    presets: Mapping[str, str]

    @property
    def expects(self) -> str:
        """What would be right."""
        return "text or list, or a preset of Frigate"

    def __call__(self, value: object) -> tuple[str, ...]:
        """Return the arguments, one word each."""
        given = arguments(value)
        return tuple(word for argument in given for word in self._words(argument))

    def _words(self, argument: str) -> tuple[str, ...]:
        if not argument.startswith(PREFIX):
            return (argument,)
        if (found := self.presets.get(argument.removeprefix(PREFIX))) is None:
            raise Problem(f"{echo(argument)}, a preset that is not known here", self._nearest(argument))
        return tuple(found.split())

    def _nearest(self, name: str) -> str:
        known = [f"{PREFIX}{preset}" for preset in self.presets]
        close = get_close_matches(name, known, n=1, cutoff=0.75)
        return f"did you mean '{close[0]}'?" if close else f"one of {', '.join(known)}"


def is_arguments(content: object) -> bool:
    """Tell whether a key's content is ffmpeg arguments."""
    return content is arguments or isinstance(content, ArgumentsOrPreset)
