"""What a recording ffmpeg says, kept in bounds, without secrets, and in words that a user can act on."""

import logging
import re
from collections import deque
from typing import Final
from urllib.parse import urlsplit

from ..engine.ffmpeg.lines import MOST_LINES, LineReader
from ..engine.ffmpeg.troubles import ARGUMENTS, HARDWARE, SILENT, ended, said_trouble
from ..engine.redact import redact_url

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
    (HARDWARE.pattern, "the hardware that hwaccel_args ask for cannot be used; remove them: copying needs none"),
    (ARGUMENTS.pattern, "ffmpeg does not take its arguments; check input_args, hwaccel_args and output_args"),
)


class Console:
    """Understands ffmpeg's lines; for one thread."""

    def __init__(self, path: str, logger: logging.Logger, rtmp_url: str | None = None) -> None:
        """Start without lines; path is the source, whose user and password are hidden in all that is kept.

        What names the server of rtmp_url concerns the restream, too.
        """
        self.restream_error = ""  # the last, without secrets
        self._misfit = ""
        self._server = urlsplit(rtmp_url).netloc if rtmp_url else ""
        self._errors: deque[str] = deque(maxlen=MOST_LINES)
        self._path = path
        self._reader = LineReader(path, logger)

    def take(self, line: str) -> bool:
        """Take a line; return whether it tells of a restream that failed."""
        is_error, words = self._reader.read(line)
        if not is_error:
            return False
        if not _RESTREAM.match(line) and not (self._server and self._server in line):
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
            if found := re.search(rf".*(?:{pattern}).*", said, re.IGNORECASE):
                return f"{words} (ffmpeg: {found[0]})"
        address = redact_url(self._path)
        if trouble := said_trouble(self._errors, self._path):
            return f"{address}: {trouble.words}"
        if exit_code is None:
            return f"{address}: {SILENT.words}"
        if exit_code == 0:
            return f"{address}: {ended(self._path).words}"
        return f"{address}: ffmpeg ended with {exit_code} ({self._errors[-1] if self._errors else 'no words'})"
