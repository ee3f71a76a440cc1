"""Read query parameters. An invalid one is answered with status 400 and the reason."""

from collections.abc import Mapping
from math import isfinite
from typing import Final

from aiohttp import web

type Query = Mapping[str, str]

_SWITCH: Final = {"0": False, "1": True}
_MAX_DIGITS: Final = 18  # of an integer that a database can store


def integer(query: Query, name: str, default: int, *, minimum: int, maximum: int) -> int:
    """Return an integer from `minimum` to `maximum`."""
    number = optional_integer(query, name, minimum=minimum, maximum=maximum)
    return default if number is None else number


def optional_integer(query: Query, name: str, *, minimum: int, maximum: int) -> int | None:
    """Return an integer from `minimum` to `maximum`, or None if it is missing."""
    if (text := query.get(name)) is None:
        return None
    number = int(text) if _is_integer(text) else None
    if number is None or not minimum <= number <= maximum:
        raise invalid(name, text, f"a whole number from {minimum} to {maximum}")
    return number


def timestamp(query: Query, name: str) -> float | None:
    """Return a Unix timestamp, or None if it is missing or 0."""
    if (text := query.get(name)) is None:
        return None
    try:
        time = float(text)
    except ValueError:
        raise invalid(name, text, "a Unix timestamp") from None
    if not isfinite(time):
        raise invalid(name, text, "a Unix timestamp")
    return time or None


def flag(query: Query, name: str, default: bool) -> bool:
    """Return whether the parameter is 1 or 0."""
    chosen = optional_flag(query, name)
    return default if chosen is None else chosen


def optional_flag(query: Query, name: str) -> bool | None:
    """Return whether the parameter is 1 or 0, or None if it is missing."""
    if (text := query.get(name)) is None:
        return None
    if text not in _SWITCH:
        raise invalid(name, text, "0 or 1")
    return _SWITCH[text]


def invalid(name: str, found: str, expected: str) -> web.HTTPBadRequest:
    """Return the response for an invalid parameter."""
    return web.HTTPBadRequest(text=f"{name}: {found[:40]!r}; expected {expected}")


def _is_integer(text: str) -> bool:
    return text.isascii() and text.removeprefix("-").isdigit() and len(text) <= _MAX_DIGITS
