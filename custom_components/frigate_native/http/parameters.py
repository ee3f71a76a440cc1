"""Reads query parameters; what cannot be understood is answered with 400 and words."""

from collections.abc import Mapping
from math import isfinite
from typing import Final

from aiohttp import web

type Query = Mapping[str, str]

_SWITCH: Final = {"0": False, "1": True}
_MOST_DIGITS: Final = 18  # of a whole number that a database can hold


def whole(query: Query, name: str, default: int, *, least: int, most: int) -> int:
    """Return a whole number from `least` to `most`."""
    number = optional_whole(query, name, least=least, most=most)
    return default if number is None else number


def optional_whole(query: Query, name: str, *, least: int, most: int) -> int | None:
    """Return a whole number from `least` to `most`, None when it is not given."""
    if (text := query.get(name)) is None:
        return None
    number = int(text) if _is_whole(text) else None
    if number is None or not least <= number <= most:
        raise bad(name, text, f"a whole number from {least} to {most}")
    return number


def seconds(query: Query, name: str) -> float | None:
    """Return an epoch time; None when it is not given or 0."""
    if (text := query.get(name)) is None:
        return None
    try:
        time = float(text)
    except ValueError:
        raise bad(name, text, "seconds since 1970") from None
    if not isfinite(time):
        raise bad(name, text, "seconds since 1970")
    return time or None


def switch(query: Query, name: str, default: bool) -> bool:
    """Return whether 1 or 0 is given."""
    chosen = optional_switch(query, name)
    return default if chosen is None else chosen


def optional_switch(query: Query, name: str) -> bool | None:
    """Return whether 1 or 0 is given, None when neither is."""
    if (text := query.get(name)) is None:
        return None
    if text not in _SWITCH:
        raise bad(name, text, "0 or 1")
    return _SWITCH[text]


def bad(name: str, found: str, right: str) -> web.HTTPBadRequest:
    """Return the answer to a parameter that is wrong."""
    return web.HTTPBadRequest(text=f"{name}: {found[:40]!r}; {right}")


def _is_whole(text: str) -> bool:
    return text.isascii() and text.removeprefix("-").isdigit() and len(text) <= _MOST_DIGITS
