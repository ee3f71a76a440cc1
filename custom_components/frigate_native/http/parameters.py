"""Read query parameters. An invalid one is answered with status 400 and the reason."""

import re
from collections.abc import Mapping
from datetime import tzinfo
from math import isfinite
from typing import Final
from zoneinfo import ZoneInfo

from aiohttp import web

from ..engine.store import WITHOUT, TimeOfDay

type Query = Mapping[str, str]

ALL: Final = "all"
_NONE: Final = "None"
_SWITCH: Final = {"0": False, "1": True}
_WHOLE_DAY: Final = "00:00,24:00"
_TIME_RANGE: Final = re.compile(r"([01]\d|2[0-4]):([0-5]\d),([01]\d|2[0-4]):([0-5]\d)")
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


def names(query: Query, several: str, one: str | None = None, *, without: bool = False) -> tuple[str, ...]:
    """Return the names in a comma-separated parameter and in an older one for a single name; none for `all`.

    With `without`, the name None stands for events that have none.
    """
    listed = [part for part in query.get(several, ALL).split(",") if part]
    single = ALL if one is None else query.get(one, ALL)
    found = ([] if ALL in listed else listed) + ([] if single in (ALL, "") else [single])
    return tuple(WITHOUT if without and name == _NONE else name for name in found)


def number(query: Query, name: str) -> float | None:
    """Return a number, or None if it is missing."""
    if (text := query.get(name)) is None:
        return None
    try:
        value = float(text)
    except ValueError:
        raise invalid(name, text, "a number") from None
    if not isfinite(value):
        raise invalid(name, text, "a number")
    return value


def time_zone(query: Query) -> tzinfo | None:
    """Return the time zone with the name in `timezone`, or None if it is missing. Blocks for files."""
    if (text := query.get("timezone")) is None:
        return None
    try:
        return ZoneInfo(text)
    except KeyError, ValueError, OSError:
        raise invalid("timezone", text, "a name such as Europe/Berlin") from None


def time_of_day(query: Query) -> TimeOfDay | None:
    """Return the part of each day in `time_range`, or None if it is missing or a whole day. Blocks for files."""
    text = query.get("time_range", _WHOLE_DAY)
    if text == _WHOLE_DAY:
        return None
    if (match := _TIME_RANGE.fullmatch(text)) is None:
        raise invalid("time_range", text, "HH:MM,HH:MM")
    begin_h, begin_m, end_h, end_m = map(int, match.groups())
    begin_s, end_s = (60 * hours + minutes for hours, minutes in ((begin_h, begin_m), (end_h, end_m)))
    return TimeOfDay(begin_s=begin_s * 60, end_s=end_s * 60, time_zone=time_zone(query))


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
