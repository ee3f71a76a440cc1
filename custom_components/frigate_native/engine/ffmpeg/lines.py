"""Reads ffmpeg's messages, in limited length and without secrets."""

import logging
import re
from typing import Final
from urllib.parse import unquote, urlsplit

from ..redact import HIDDEN, redact_url

MAX_LINES: Final = 40
"""How many error messages to keep."""
MAX_LINE_LENGTH: Final = 400

_LEVEL: Final = re.compile(r"^(?:\[[^\]]* @ [^\]]*\] )*\[(?P<level>[a-z]+)\] ")
_BAD_LEVELS: Final = frozenset({"panic", "fatal", "error"})


class LineReader:
    """Parses lines with a level, as ffmpeg prints them with `-loglevel level+info`."""

    def __init__(self, path: str, logger: logging.Logger) -> None:
        """Prepare. path is the source; its user and password are hidden."""
        self._logger = logger
        self._secrets = _secrets(path)

    def read(self, line: str) -> tuple[bool, str]:
        """Return whether a line is an error, and its text without level; secrets are hidden in errors only."""
        line = line[:MAX_LINE_LENGTH]
        if self._logger.isEnabledFor(logging.DEBUG):
            self._logger.debug("ffmpeg: %s", self.hide(line))
        found = _LEVEL.match(line)
        words = line[found.end() :] if found else line
        if found is None or found["level"] not in _BAD_LEVELS:
            # Not searched for secrets: cameras with odd timestamps cause hundreds of such lines a second.
            return False, words
        return True, self.hide(words)

    def hide(self, text: str) -> str:
        """Return a text with its secrets hidden."""
        text = redact_url(text)
        return self._secrets.sub(HIDDEN, text) if self._secrets else text


def _secrets(path: str) -> re.Pattern[str] | None:
    """Return a pattern for a URL's user and password, in plain and percent-encoded form."""
    try:
        parts = urlsplit(path)
        written = [word for word in (parts.username, parts.password) if word]
    except ValueError:
        return None
    words = sorted({*written, *map(unquote, written)}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)") if words else None
