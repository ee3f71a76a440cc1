"""Lines that the ffmpeg program says, in bounds and without secrets."""

import logging
import re
from typing import Final
from urllib.parse import unquote, urlsplit

from ..redact import HIDDEN, redact_url

MAX_LINES: Final = 40
"""How many errors are worth keeping."""
MAX_LINE_LENGTH: Final = 400

_LEVEL: Final = re.compile(r"^(?:\[[^\]]* @ [^\]]*\] )*\[(?P<level>[a-z]+)\] ")
_BAD_LEVELS: Final = frozenset({"panic", "fatal", "error"})


class LineReader:
    """Understands lines, each with its level, as `-loglevel level+info` makes ffmpeg say them."""

    def __init__(self, path: str, logger: logging.Logger) -> None:
        """Begin; path is the source, whose user and password are hidden."""
        self._logger = logger
        self._secrets = _secrets(path)

    def read(self, line: str) -> tuple[bool, str]:
        """Return whether a line tells of an error, and its words without level; those of an error without secrets."""
        line = line[:MAX_LINE_LENGTH]
        if self._logger.isEnabledFor(logging.DEBUG):
            self._logger.debug("ffmpeg: %s", self.hide(line))
        found = _LEVEL.match(line)
        words = line[found.end() :] if found else line
        if found is None or found["level"] not in _BAD_LEVELS:
            return False, words  # not looked at for secrets: cameras with odd timestamps cause hundreds a second
        return True, self.hide(words)

    def hide(self, text: str) -> str:
        """Return a text without what is secret in it."""
        text = redact_url(text)
        return self._secrets.sub(HIDDEN, text) if self._secrets else text


def _secrets(path: str) -> re.Pattern[str] | None:
    """Return a pattern for a URL's user and password as they are and as they are written in it."""
    try:
        parts = urlsplit(path)
        written = [word for word in (parts.username, parts.password) if word]
    except ValueError:
        return None
    words = sorted({*written, *map(unquote, written)}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)") if words else None
