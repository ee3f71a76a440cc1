"""Console output of a recording ffmpeg: limited, without secrets, explained so that users can act on it."""

import logging
import re
from collections import deque
from typing import Final
from urllib.parse import urlsplit

from ..engine.ffmpeg.failure_reasons import ARGUMENTS, HARDWARE, SILENT, end_reason, reported_reason
from ..engine.ffmpeg.lines import MAX_LINES, LineReader
from ..engine.redact import redact_url

# These errors only affect the restream, which ffmpeg retries.
_RESTREAM: Final = re.compile(r"\[(?:fifo|flv) @ ")
_MISFIT: Final = (
    "RTMP cannot carry a stream of this camera, only H.264 and AAC; add -an or -c:a aac to output_args.rtmp,"
    " or change the camera's settings (ffmpeg: {})"
)

_UNFIT: Final = r"codec not currently supported in container|Could not find tag for codec"

# The first match explains the error; ffmpeg 5 to 8.
_OUTPUT_WORDS: Final[tuple[tuple[str, str], ...]] = (
    ("No space left on device", "the disk is full"),
    ("Read-only file system", "the recordings' disk is read-only; check the disk and how it is mounted"),
    (
        _UNFIT,
        "MP4 cannot hold a stream of this camera; set it to H.264, or add -c:v libx264 to output_args.record",
    ),
    (
        HARDWARE.pattern,
        "the hardware in hwaccel_args is not available; remove hwaccel_args, copying needs none",
    ),
    (ARGUMENTS.pattern, "ffmpeg rejects its arguments; check input_args, hwaccel_args and output_args"),
)


class Console:
    """Interprets ffmpeg's console lines; for one thread."""

    def __init__(self, path: str, logger: logging.Logger, rtmp_url: str | None = None) -> None:
        """Hide the user and password of path, the source. Errors that name rtmp_url's server are the restream's."""
        self.restream_error = ""  # the latest, without secrets
        self._misfit = ""
        self._server = urlsplit(rtmp_url).netloc if rtmp_url else ""
        self._errors: deque[str] = deque(maxlen=MAX_LINES)
        self._path = path
        self._reader = LineReader(path, logger)

    @property
    def is_unfit(self) -> bool:
        """Whether MP4 cannot hold the codec of a recorded stream."""
        return any(re.search(_UNFIT, words) for words in self._errors)

    def handle(self, line: str) -> bool:
        """Handle a line; return whether it reports a failed restream."""
        is_error, words = self._reader.read(line)
        if not is_error:
            return False
        if not _RESTREAM.match(line) and not (self._server and self._server in line):
            self._errors.append(words)
            return False
        if "[flv @ " in line:  # later errors only say that the first attempt still holds the name
            self._misfit = _MISFIT.format(words)
        self.restream_error = self._misfit or words
        return True

    def reason(self, exit_code: int | None) -> str:
        """Return why ffmpeg ended, and how to fix it if known. exit_code is None if it stopped sending data."""
        said = "\n".join(self._errors)
        for pattern, words in _OUTPUT_WORDS:
            if found := re.search(rf".*(?:{pattern}).*", said, re.IGNORECASE):
                return f"{words} (ffmpeg: {found[0]})"
        address = redact_url(self._path)
        if known := reported_reason(self._errors, self._path):
            return f"{address}: {known.text}"
        if exit_code is None:
            return f"{address}: {SILENT.text}"
        if exit_code == 0:
            return f"{address}: {end_reason(self._path).text}"
        return f"{address}: ffmpeg exited with code {exit_code} ({self._errors[-1] if self._errors else 'no message'})"
