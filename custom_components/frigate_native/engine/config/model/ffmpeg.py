"""Keys of streams and ffmpeg arguments."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final, cast

from .. import checks, forms
from ..addresses import encode_password
from ..keys import (
    Checks,
    FormField,
    key,
    required_key,
    required_list,
    section,
)
from ..presets import HARDWARE, INPUT, RECORD, RESTREAM, ArgumentsOrPreset
from ..validators import Choice, Items, Validator, arguments, stream_path

type Arguments = tuple[str, ...]
"""ffmpeg arguments, one word each."""


_SEGMENTS: Final = "-f segment -segment_time {} -segment_format mp4 -reset_timestamps 1 -strftime 1 -c copy -an"


_input_arguments: Final = ArgumentsOrPreset(INPUT)
_hardware_arguments: Final = ArgumentsOrPreset(HARDWARE)
_record_arguments: Final = ArgumentsOrPreset(RECORD)
_restream_arguments: Final = ArgumentsOrPreset(RESTREAM)


class Role(StrEnum):
    """What an input of a camera is used for."""

    DETECT = "detect"
    CLIPS = "clips"
    RECORD = "record"
    RTMP = "rtmp"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputArguments:
    """ffmpeg output arguments by role."""

    detect: Arguments = key(arguments, ("-f", "rawvideo", "-pix_fmt", "yuv420p"), "For detection.")
    record: Arguments = key(_record_arguments, tuple(_SEGMENTS.format(60).split()), "For recordings.")
    clips: Arguments = key(_record_arguments, tuple(_SEGMENTS.format(10).split()), "For clips.")
    rtmp: Arguments = key(_restream_arguments, ("-c", "copy", "-f", "flv"), "For the restream.")


_roles: Final = cast("Validator[frozenset[Role]]", Items(Choice(Role), "[detect, rtmp]", 1))  # a set once it is built


@dataclass(frozen=True, slots=True, kw_only=True)
class InputConfig:
    """One stream of a camera, its arguments inherited and its path substituted."""

    path: str = required_key(stream_path, "Address of the stream, or a video file.", has_variables=True, is_secret=True)
    roles: frozenset[Role] = required_key(_roles, "What the stream is used for.")
    global_args: Arguments = key(arguments, (), "Instead of the camera's.", is_secret=True)
    hwaccel_args: Arguments = key(_hardware_arguments, (), "Instead of the camera's.", is_secret=True)
    input_args: Arguments = key(_input_arguments, (), "Instead of the camera's.", is_secret=True)

    def __post_init__(self) -> None:
        """Forget the order of the roles; encode a password in the path, which a variable may have filled in."""
        object.__setattr__(self, "roles", frozenset(self.roles))
        object.__setattr__(self, "path", encode_password(self.path))


@dataclass(frozen=True, slots=True, kw_only=True)
class FfmpegConfig:
    """ffmpeg arguments."""

    global_args: Arguments = key(
        arguments, ("-hide_banner", "-loglevel", "fatal"), "Arguments before all others.", is_secret=True
    )
    hwaccel_args: Arguments = key(_hardware_arguments, (), "Arguments for hardware decoding.", is_secret=True)
    input_args: Arguments = key(
        _input_arguments,
        (
            *("-avoid_negative_ts", "make_zero", "-fflags", "+genpts+discardcorrupt", "-rtsp_transport", "tcp"),
            *("-stimeout", "5000000", "-use_wallclock_as_timestamps", "1"),
        ),
        "Arguments before the address.",
        is_secret=True,
        form=FormField(forms.ADVANCED, is_optional=True),
    )
    output_args: OutputArguments = section(OutputArguments, "Arguments after the address, by role.", is_secret=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraFfmpegConfig(FfmpegConfig):
    """The `ffmpeg` section of a camera."""

    CHECKS: ClassVar[Checks] = {("inputs",): checks.each_role_once}

    inputs: tuple[InputConfig, ...] = required_list(
        InputConfig, "The camera's streams.", example="- path: … and roles: [detect]"
    )
