"""Texts that come from elsewhere, for the log."""

import unicodedata
from typing import Final

_CONTROLS: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # control, format and half characters, line separators


def one_line(text: str) -> str:
    """Return a text as one line without control characters, which could forge a line of the log or color a terminal."""
    return " ".join("".join(" " if unicodedata.category(one) in _CONTROLS else one for one in text).split())
