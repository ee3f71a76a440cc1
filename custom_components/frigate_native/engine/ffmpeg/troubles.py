"""What can be wrong with a source, in words that a user can act on, and how the ffmpeg program says it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ..errors import SourceProblem
from .arguments import is_live, protocol_of


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong; the words follow the source's redacted address."""

    problem: SourceProblem
    words: str


UNAUTHORIZED: Final = Trouble(
    SourceProblem.AUTH,
    "user or password is wrong or missing (401); give them in the camera's form, or in the address, there with special"
    " characters percent-encoded",
)
FORBIDDEN: Final = Trouble(
    SourceProblem.AUTH,
    "access is forbidden (403); check what this user may see on the camera, or whether it is locked out",
)
NOT_FOUND: Final = Trouble(SourceProblem.NOT_FOUND, "no such stream (404); check the path behind the host")
NO_FILE: Final = Trouble(SourceProblem.NOT_FOUND, "no such file; check the path")
FOLDER: Final = Trouble(SourceProblem.NOT_FOUND, "is a folder; give the path of a video file")
NOT_READABLE: Final = Trouble(SourceProblem.OTHER, "may not be read; check the permissions")
REFUSED: Final = Trouble(
    SourceProblem.REFUSED, "connection refused; check the port, and whether the camera serves this kind of stream"
)
UNREACHABLE: Final = Trouble(
    SourceProblem.UNREACHABLE, "host cannot be reached; check the address, the name and the network"
)
LATE: Final = Trouble(
    SourceProblem.TIMEOUT, "no answer in time; check whether the camera runs and the address is right"
)
SILENT: Final = Trouble(
    SourceProblem.TIMEOUT, "no data in time; check whether the camera runs and is not busy with other viewers"
)
CLOSED: Final = Trouble(SourceProblem.ENDED, "the camera closed the connection")
FILE_ENDED: Final = Trouble(SourceProblem.ENDED, "the file has ended; -stream_loop -1 repeats it")
TOO_MANY: Final = Trouble(SourceProblem.OTHER, "too many requests (429); the camera wants to be asked less often")
CAMERA_FAILS: Final = Trouble(
    SourceProblem.OTHER, "the camera reports an error of its own (5xx); restarting it may help"
)
REJECTED: Final = Trouble(
    SourceProblem.OTHER,
    "the camera rejects the request; if it serves RTSP, try another -rtsp_transport (tcp, udp)",
)
UNKNOWN_PROTOCOL: Final = Trouble(SourceProblem.OTHER, "unknown kind of address; rtsp://, rtmp:// or http:// is usual")
NO_VIDEO: Final = Trouble(SourceProblem.NO_VIDEO, "has no video stream; check the path, or the camera's settings")
INVALID: Final = Trouble(
    SourceProblem.NO_VIDEO,
    "what comes from there is not video that can be read; check the path, or give its format with -f",
)
NO_SUCH_STREAM: Final = Trouble(SourceProblem.NOT_FOUND, "no such stream; check the path behind the host")
NOT_VIDEO: Final = Trouble(SourceProblem.NO_VIDEO, "answers, but not with video; check the path behind the host")

# ffmpeg 4 to 8; what they are about stands in the line.
HARDWARE: Final = re.compile(
    r"No VA display found|Device creation failed|No device available for decoder|Device setup failed"
    r"|Could not find a valid device|Cannot load (?:lib|nv)|Unrecognized hwaccel|Unknown decoder"
    r"|Error (?:creating|initializing|opening|setting)\b.*\bMFX"
    r"|Failed to (?:initiali[sz]e|create|open) .*(?:VA|CUDA|MFX)"
    r"|Failed to get HW|hardware accelerator failed|hwaccel initiali[sz]ation returned error"
    r"|is not hardware accelerated|No (?:decoder|device) .*(?:hwaccel|hardware)|Error while opening decoder",
    re.IGNORECASE,
)
"""The hardware or decoder that the arguments ask for is not to be had."""
ARGUMENTS: Final = re.compile(
    r"Unrecognized option|Option \S+ .*not found|Option not found|Error splitting|Missing argument"
    r"|Unknown encoder|Failed to set value|Error parsing|Undefined constant",
    re.IGNORECASE,
)
"""ffmpeg does not take its arguments, whatever it was to do."""

_SAID: Final[tuple[tuple[re.Pattern[str], Trouble | None], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE), trouble)
    for pattern, trouble in (
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


def said_trouble(lines: Iterable[str], path: str) -> Trouble | None:
    """Return what is wrong with a source by the program's errors; None when they do not tell."""
    said = "\n".join(lines)
    for pattern, trouble in _SAID:
        if pattern.search(said):
            return trouble or no_such_stream(path)
    return None


def no_such_stream(path: str) -> Trouble:
    """Return what is wrong when a server answers, but not with this stream."""
    return NO_SUCH_STREAM if protocol_of(path).startswith(("rtmp", "srt")) else NOT_VIDEO


def ended(path: str) -> Trouble:
    """Return why a source came to its end."""
    return CLOSED if is_live(path) else FILE_ENDED
