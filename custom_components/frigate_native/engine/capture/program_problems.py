"""What the ffmpeg program says when it fails, in words that a user can act on."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from av import error

from ..errors import SourceError
from .arguments import is_live
from .console import Console
from .problems import (
    ended_error,
    failed_error,
    kind_error,
    late_error,
    no_such_stream_error,
    no_video_error,
    refused_arguments_error,
    undecodable_error,
    unreachable_error,
)


class HardwareError(SourceError):
    """The hardware or decoder that the arguments ask for is not to be had; `reason` says why, without the address."""

    def __init__(self, err: SourceError, reason: str) -> None:
        """Keep the reason beside an error's whole text."""
        super().__init__(err.problem, str(err))
        self.reason = reason


# ffmpeg 4 to 8; what they are about stands in the line.
_HARDWARE: Final = re.compile(
    r"No VA display found|Device creation failed|No device available for decoder|Device setup failed"
    r"|Could not find a valid device|Cannot load (?:lib|nv)|Unrecognized hwaccel|Unknown decoder"
    r"|Error (?:creating|initializing|opening|setting)\b.*\bMFX"
    r"|Failed to (?:initiali[sz]e|create|open) .*(?:VA|CUDA|MFX)"
    r"|Failed to get HW|hardware accelerator failed|hwaccel initiali[sz]ation returned error"
    r"|is not hardware accelerated|No (?:decoder|device) .*(?:hwaccel|hardware)|Error while opening decoder",
    re.IGNORECASE,
)
_ARGUMENTS: Final = re.compile(
    r"Unrecognized option|Option \S+ .*not found|Option not found|No such filter|initializing .*filter"
    r"|reinitializing filters|Filter not found|Failed to set value|suitable output format|Unable to (?:parse|choose)"
    r"|Unknown input format|Undefined constant|Missing argument|Error splitting|Error applying option"
    r"|Error parsing|Unknown pixel format|Invalid stream specifier|matches no streams|Impossible to convert"
    r"|Error opening output|Error configuring filter|Unknown encoder|Invalid (?:frame )?size|Invalid loglevel"
    r"|output file must be specified|already exists",
    re.IGNORECASE,
)

_DECODING: Final = re.compile(
    r"no decoder found|Decoder .*not found|could not find codec parameters|Error while decoding stream"
    r"|submitting (?:a )?packet to (?:the )?decoder|Decode error rate",
    re.IGNORECASE,
)

type _MakeError = Callable[[str], SourceError]


def _like(kind: type[error.FFmpegError]) -> _MakeError:
    return partial(kind_error, kind)


# The first that is found anywhere in the lines.
_SOURCE: Final[tuple[tuple[re.Pattern[str], _MakeError], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        ("401 Unauthorized", _like(error.HTTPUnauthorizedError)),
        ("403 Forbidden", _like(error.HTTPForbiddenError)),
        ("404 (?:Stream )?Not Found", _like(error.HTTPNotFoundError)),
        ("429 Too Many", _like(error.HTTPTooManyRequestsError)),
        (r"Server returned 5\w\w|failed: 5\d\d ", _like(error.HTTPServerError)),
        (r"Server returned 4\w\w|failed: 4\d\d ", _like(error.HTTPOtherClientError)),
        ("resolve hostname|Name or service not known|No route to host|(?:Host|Network) is ", unreachable_error),
        ("Connection refused", _like(error.ConnectionRefusedError)),
        ("timed out", late_error),
        ("No such file or directory", _like(error.FileNotFoundError)),
        ("Is a directory", _like(error.IsADirectoryError)),
        ("Permission denied", _like(error.PermissionError)),
        ("Protocol not found", _like(error.ProtocolNotFoundError)),
        ("does not contain any stream|Output file .*no streams", no_video_error),
        ("Connection reset|Broken pipe", _like(error.ConnectionResetError)),
        ("Invalid data found", _like(error.InvalidDataError)),
        ("Input/output error", no_such_stream_error),
    )
)


def failure(console: Console, path: str, exit_code: int | None, *, has_pictures: bool) -> SourceError:
    """Return why ffmpeg gave no more pictures, from what it said last; exit_code is None when it fell silent.

    HardwareError before the first picture means that decoding without the hardware may work.
    """
    lines = console.errors
    if line := _line(_HARDWARE, lines):
        reason = f"ffmpeg cannot decode as hwaccel_args ask ({line})"
        err = refused_arguments_error(path, f"{reason}; check them, the device and its drivers")
        return err if has_pictures else HardwareError(err, reason)
    if not has_pictures and (line := _line(_ARGUMENTS, lines)):
        words = f"ffmpeg does not take its arguments ({line}); check input_args, hwaccel_args and output_args.detect"
        return refused_arguments_error(path, words)
    if _line(_DECODING, lines):
        return undecodable_error(path, console.codec or "video")
    for pattern, make in _SOURCE:
        if _line(pattern, lines):
            return make(path)
    return _unknown(lines, path, exit_code, has_pictures=has_pictures)


def _unknown(lines: Sequence[str], path: str, exit_code: int | None, *, has_pictures: bool) -> SourceError:
    if exit_code is None:
        return late_error(path)
    if not exit_code or (has_pictures and is_live(path)):
        return ended_error(path)
    return failed_error(path, f"ffmpeg ended with {exit_code} ({lines[-1] if lines else 'no words'})")


def _line(pattern: re.Pattern[str], lines: Sequence[str]) -> str | None:
    return next((line for line in lines if pattern.search(line)), None)


def missing_program_error(program: str, arguments: Sequence[str], path: str) -> HardwareError:
    """Return the error for arguments that ask for the ffmpeg program where there is none."""
    reason = f"{', '.join(arguments)} needs the program {program}, which is not found or does not run"
    words = f"{reason}; install ffmpeg, or remove these arguments"
    return HardwareError(refused_arguments_error(path, words), reason)
