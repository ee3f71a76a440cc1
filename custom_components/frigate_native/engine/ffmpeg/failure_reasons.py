"""Reasons why a source fails, in words that a user can act on, and ffmpeg's messages for them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ..errors import SourceProblem
from .arguments import is_live, protocol_of


@dataclass(frozen=True, slots=True)
class FailureReason:
    """Why a source fails; the text follows its redacted address."""

    problem: SourceProblem
    text: str


UNAUTHORIZED: Final = FailureReason(
    SourceProblem.AUTH,
    "the camera rejects the user or password (401); check both. In an address, percent-encode special characters",
)
FORBIDDEN: Final = FailureReason(
    SourceProblem.AUTH,
    "access denied (403); check the user's permissions on the camera, and whether the camera has locked the user out",
)
NOT_FOUND: Final = FailureReason(SourceProblem.NOT_FOUND, "stream not found (404); check the path after the host")
NO_FILE: Final = FailureReason(SourceProblem.NOT_FOUND, "file not found; check the path")
FOLDER: Final = FailureReason(SourceProblem.NOT_FOUND, "this is a folder; enter the path of a video file")
NOT_READABLE: Final = FailureReason(SourceProblem.OTHER, "permission denied; check the file's permissions")
REFUSED: Final = FailureReason(
    SourceProblem.REFUSED, "connection refused; check the port, and that the camera offers this type of stream"
)
UNREACHABLE: Final = FailureReason(SourceProblem.UNREACHABLE, "host unreachable; check the address and the network")
LATE: Final = FailureReason(SourceProblem.TIMEOUT, "connection timed out; check the address, and that the camera is on")
SILENT: Final = FailureReason(
    SourceProblem.TIMEOUT, "the camera sends no data; check that it is on and not overloaded by other viewers"
)
CLOSED: Final = FailureReason(SourceProblem.ENDED, "the camera closed the connection")
FILE_ENDED: Final = FailureReason(
    SourceProblem.ENDED, "the file has ended; add -stream_loop -1 to input_args to repeat it"
)
TOO_MANY: Final = FailureReason(SourceProblem.OTHER, "too many requests (429); the camera needs a longer interval")
CAMERA_FAILS: Final = FailureReason(
    SourceProblem.OTHER, "the camera reports an internal error (5xx); restarting it may help"
)
REJECTED: Final = FailureReason(
    SourceProblem.OTHER,
    "the camera rejects the request; if it serves RTSP, try another -rtsp_transport (tcp, udp)",
)
UNKNOWN_PROTOCOL: Final = FailureReason(SourceProblem.OTHER, "unknown address type; use rtsp://, rtmp:// or http://")
NO_VIDEO: Final = FailureReason(
    SourceProblem.NO_VIDEO, "no video stream found; check the path and the camera's settings"
)
INVALID: Final = FailureReason(
    SourceProblem.NO_VIDEO,
    "the data is not a known video format; check the path, or set the format with -f in input_args",
)
NO_SUCH_STREAM: Final = FailureReason(SourceProblem.NOT_FOUND, "stream not found; check the path after the host")
NOT_VIDEO: Final = FailureReason(
    SourceProblem.NO_VIDEO, "the server does not respond with video; check the path after the host"
)

# Messages of ffmpeg 4 to 8.
HARDWARE: Final = re.compile(
    r"No VA display found|Device creation failed|No device available for decoder|Device setup failed"
    r"|Could not find a valid device|Cannot load (?:lib|nv)|Unrecognized hwaccel|Unknown decoder"
    r"|Error (?:creating|initializing|opening|setting)\b.*\bMFX"
    r"|Failed to (?:initiali[sz]e|create|open) .*(?:VA|CUDA|MFX)"
    r"|Failed to get HW|hardware accelerator failed|hwaccel initiali[sz]ation returned error"
    r"|is not hardware accelerated|No (?:decoder|device) .*(?:hwaccel|hardware)|Error while opening decoder",
    re.IGNORECASE,
)
"""The requested hardware or decoder is not available."""
ARGUMENTS: Final = re.compile(
    r"Unrecognized option|Option \S+ .*not found|Option not found|Error splitting|Missing argument"
    r"|Unknown encoder|Failed to set value|Error parsing|Undefined constant",
    re.IGNORECASE,
)
"""ffmpeg rejects its arguments."""

_MESSAGES: Final[tuple[tuple[re.Pattern[str], FailureReason | None], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), reason)
    for pattern, reason in (
        ("401 Unauthorized", UNAUTHORIZED),
        ("403 Forbidden", FORBIDDEN),
        ("404 (?:Stream )?Not Found", NOT_FOUND),
        ("429 Too Many", TOO_MANY),
        (r"Server returned 5\w\w|failed: 5\d\d ", CAMERA_FAILS),
        (r"Server returned 4\w\w|failed: 4\d\d ", REJECTED),
        ("resolve hostname|Name or service not known|No route to host|(?:Host|Network) is ", UNREACHABLE),
        ("Connection refused", REFUSED),
        ("timed out", LATE),
        ("No such file or directory", NO_FILE),
        ("Is a directory", FOLDER),
        ("Permission denied", NOT_READABLE),
        ("Protocol not found", UNKNOWN_PROTOCOL),
        ("does not contain any stream|Output file .*no streams|matches no streams", NO_VIDEO),
        ("Connection reset|Broken pipe", CLOSED),
        ("Invalid data found", INVALID),
        ("Input/output error", None),
    )
)


def reported_reason(lines: Iterable[str], path: str) -> FailureReason | None:
    """Return why a source failed, based on ffmpeg's errors; None if they do not say."""
    output = "\n".join(lines)
    for pattern, reason in _MESSAGES:
        if pattern.search(output):
            return reason or missing_stream_reason(path)
    return None


def missing_stream_reason(path: str) -> FailureReason:
    """Return the reason if a server answers, but not with this stream."""
    return NO_SUCH_STREAM if protocol_of(path).startswith(("rtmp", "srt")) else NOT_VIDEO


def end_reason(path: str) -> FailureReason:
    """Return the reason if a source ended."""
    return CLOSED if is_live(path) else FILE_ENDED
