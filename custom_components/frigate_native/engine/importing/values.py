"""Reads values of a foreign database: any may have any type."""

import json
import math
from collections.abc import Mapping
from typing import Any, Final

from ..errors import FrigateNativeError

EARLIEST: Final = 946_684_800.0  # 2000: Frigate is younger
LATEST: Final = 10_000_000_000.0
_LONGEST_JSON: Final = 1_000_000

type Row = Mapping[str, Any]


class RowError(FrigateNativeError):
    """A row of the database that cannot be imported."""


def text(row: Row, column: str, longest: int = 255) -> str:
    """Return a text that is not empty and has no control characters."""
    value = row.get(column)
    if not isinstance(value, str) or not value:
        raise RowError(f"{column} is {_kind(value)} instead of a text")
    if not value.isprintable():
        raise RowError(f"{column} has control characters")
    if len(value) > longest:
        raise RowError(f"{column} has more than {longest} characters")
    return value


def optional_text(row: Row, column: str, longest: int = 255) -> str | None:
    """Return a text; None without one."""
    return None if row.get(column) in (None, "") else text(row, column, longest)


def time(row: Row, column: str) -> float:
    """Return a time (epoch)."""
    value = number(row, column)
    if value is None or not EARLIEST <= value <= LATEST:
        raise RowError(f"{column} is no time after the year 2000")
    return value


def span(row: Row, longest_s: float) -> tuple[float, float]:
    """Return start and end."""
    start, end = time(row, "start_time"), time(row, "end_time")
    if not start <= end <= start + longest_s:
        raise RowError("the end is before the start, or much later")
    return start, end


def number(row: Row, column: str) -> float | None:
    """Return a finite number; None without one."""
    value = row.get(column)
    if value is None:
        return None
    if isinstance(value, str):  # of a column without a numeric type
        try:
            value = float(value)
        except ValueError:
            raise RowError(f"{column} is a text instead of a number") from None
    if not isinstance(value, int | float):
        raise RowError(f"{column} is {_kind(value)} instead of a number")
    if not math.isfinite(value) or abs(value) > 1e18:
        raise RowError(f"{column} is too large")
    return float(value)


def whole(row: Row, column: str) -> int | None:
    """Return a whole number that any database can hold; None without one."""
    value = number(row, column)
    return None if value is None else max(-(2**31), min(int(value), 2**31 - 1))


def flag(row: Row, column: str) -> bool:
    """Return a truth value; missing ones are false."""
    return bool(number(row, column))


def json_object(row: Row, column: str) -> dict[str, Any]:
    """Return a JSON object; empty without one."""
    value = _json(row, column)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise RowError(f"{column} is no JSON object")
    return value


def names(value: object, column: str, most: int = 1000) -> tuple[str, ...]:
    """Return a list of names, each once."""
    if value is None:
        return ()
    if not isinstance(value, list) or len(value) > most:
        raise RowError(f"{column} is no list of names")
    return tuple(dict.fromkeys(text({column: name}, column) for name in value))


def json_names(row: Row, column: str) -> tuple[str, ...]:
    """Return a list of names that is stored as JSON."""
    return names(_json(row, column), column)


def _json(row: Row, column: str) -> Any:
    value = row.get(column)
    if value is None or value == "":
        return None
    if not isinstance(value, str) or len(value) > _LONGEST_JSON:
        raise RowError(f"{column} is no JSON")
    try:
        return json.loads(value, parse_constant=_refuse)
    except ValueError, RecursionError:
        raise RowError(f"{column} is no valid JSON") from None


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _kind(value: object) -> str:
    return "missing" if value is None else "empty" if value == "" else f"of type {type(value).__name__}"
