"""Times that a language model asks about."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from homeassistant.util import dt as dt_util

TODAY: Final = "today"
PERIODS: Final = (TODAY, "yesterday", "last_hour", "last_24_hours", "last_7_days")
_SPANS: Final[Mapping[str, timedelta]] = {
    "last_hour": timedelta(hours=1),
    "last_24_hours": timedelta(hours=24),
    "last_7_days": timedelta(days=7),
}


def span_of(period: str) -> tuple[float, float]:
    """Return when a period begins and ends; days are local."""
    now, today = dt_util.now(), dt_util.start_of_local_day()
    if period == TODAY:
        return today.timestamp(), now.timestamp()
    if period in _SPANS:
        return (now - _SPANS[period]).timestamp(), now.timestamp()
    return dt_util.start_of_local_day(today - timedelta(hours=12)).timestamp(), today.timestamp()


def local_text(time: float | None) -> Any:
    """Return a time as a model reads it, in local time; None for what continues."""
    return None if time is None else dt_util.as_local(dt_util.utc_from_timestamp(time)).isoformat(timespec="seconds")
