"""What a recording ffmpeg says, kept in bounds, without secrets, and in words that a user can act on."""

import logging
import re
from collections import deque
from typing import Final
from urllib.parse import unquote, urlsplit

from ..redact import HIDDEN, redact_url
from .command import protocol_of

_MOST_LINES: Final = 40
_LONGEST_LINE: Final = 400
_LEVEL: Final = re.compile(r"^(?:\[[^\]]* @ [^\]]*\] )*\[(?P<level>[a-z]+)\] ")
_BAD_LEVELS: Final = frozenset({"panic", "fatal", "error"})
# What these say concerns the restream alone; the queue tries again by itself.
_RESTREAM: Final = re.compile(r"\[(?:fifo|flv) @ ")
_MISFIT: Final = (
    "a stream does not fit into RTMP, which takes H.264 and AAC; add -an or -c:a aac to output_args.rtmp,"
    " or set the camera (ffmpeg: {})"
)

# The first that is found in what was said; ffmpeg 5 to 8.
_OUTPUT_WORDS: Final[tuple[tuple[str, str], ...]] = (
    ("No space left on device", "the disk is full"),
    ("Read-only file system", "the recordings' disk is read-only; check its health and how it is mounted"),
    (
        r"codec not currently supported in container|Could not find tag for codec",
        "a stream does not fit into MP4: add -an or -c:a aac to output_args.record, or set the camera to H.264 and AAC",
    ),
    (
        (
            r"Unrecognized option|Option \S+ .*not found|Option not found|Error splitting|Missing argument"
            r"|Unknown encoder|Failed to set value|Error parsing|Unrecognized hwaccel|Undefined constant"
        ),
        "ffmpeg does not take its arguments; check input_args, hwaccel_args and output_args",
    ),
    (
        r"No VA display found|Device creation failed|Cannot load (?:lib|nv)|hwaccel initiali[sz]ation returned error",
        "the hardware that hwaccel_args ask for cannot be used; remove them: copying needs none",
    ),
)
_SOURCE_WORDS: Final[tuple[tuple[str, str], ...]] = (
    (
        "401 Unauthorized",
        "user or password is wrong or missing (401); special characters in them must be percent-encoded",
    ),
    ("403 Forbidden", "access is forbidden (403); check what this user may see on the camera"),
    ("404 (?:Stream )?Not Found", "no such stream (404); check the path behind the host"),
    (r"Server returned 5\w\w|failed: 5\d\d ", "the camera reports an error of its own (5xx); restarting it may help"),
    (
        "resolve hostname|Name or service not known|No route to host|(?:Host|Network) is ",
        "host cannot be reached; check the address, the name and the network",
    ),
    ("Connection refused", "connection refused; check the port, and whether the camera serves this kind of stream"),
    ("timed out", "no answer in time; check whether the camera runs and the address is right"),
    ("No such file or directory", "no such file; check the path"),
    ("Permission denied", "may not be read; check the permissions"),
    ("Protocol not found", "unknown kind of address; rtsp://, rtmp:// or http:// is usual"),
    ("does not contain any stream|Output file .*no streams|matches no streams", "has no video stream; check the path"),
    ("Connection reset|Broken pipe", "the camera closed the connection"),
    ("Invalid data found", "what comes from there is not video that can be read; check the path"),
    ("Input/output error", "no such stream, or the connection broke; check the path behind the host"),
)


class Console:
    """Understands ffmpeg's lines; for one thread."""

    def __init__(self, path: str, logger: logging.Logger) -> None:
        """Start without lines; path is the source, whose user and password are hidden in all that is kept."""
        self.restream_error = ""  # the last, without secrets
        self._misfit = ""
        self._errors: deque[str] = deque(maxlen=_MOST_LINES)
        self._path = path
        self._logger = logger
        self._secrets = _secrets(path)

    def take(self, line: str) -> bool:
        """Take a line; return whether it tells of a restream that failed."""
        line = line[:_LONGEST_LINE]
        if self._logger.isEnabledFor(logging.DEBUG):
            self._logger.debug("ffmpeg: %s", self._hide(line))
        found = _LEVEL.match(line)
        if found is None or found["level"] not in _BAD_LEVELS:
            return False  # cameras with odd timestamps cause hundreds a second
        words = self._hide(line[found.end() :])
        if not _RESTREAM.match(line):
            self._errors.append(words)
            return False
        if "[flv @ " in line:  # lasts; what follows is that the first try still holds the name
            self._misfit = _MISFIT.format(words)
        self.restream_error = self._misfit or words
        return True

    def reason(self, exit_code: int | None) -> str:
        """Return why it ended, with what to do where that is known; None is for one that fell silent."""
        said = "\n".join(self._errors)
        for pattern, words in _OUTPUT_WORDS:
            if found := re.search(rf".*(?:{pattern}).*", said):
                return f"{words} (ffmpeg: {found[0]})"
        address = redact_url(self._path)
        for pattern, words in _SOURCE_WORDS:
            if re.search(pattern, said):
                return f"{address}: {words}"
        if exit_code is None:
            return f"{address}: no picture in time; check whether the camera runs and is not busy with other viewers"
        if exit_code == 0:
            return f"{address}: {_ended(self._path)}"
        return f"{address}: ffmpeg ended with {exit_code} ({self._errors[-1] if self._errors else 'no words'})"

    def _hide(self, text: str) -> str:
        text = redact_url(text)
        return self._secrets.sub(HIDDEN, text) if self._secrets else text


def _ended(path: str) -> str:
    is_file = protocol_of(path) in {"", "file"}
    return "the file has ended; -stream_loop -1 repeats it" if is_file else "the camera closed the connection"


def _secrets(path: str) -> re.Pattern[str] | None:
    """Return a pattern for a URL's user and password as they are and as they are written in it."""
    try:
        parts = urlsplit(path)
        written = [word for word in (parts.username, parts.password) if word]
    except ValueError:
        return None
    words = sorted({*written, *map(unquote, written)}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)") if words else None
