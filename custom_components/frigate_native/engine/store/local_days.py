"""Local days, by which events are counted."""

import math
from datetime import UTC, date, datetime, tzinfo
from typing import Final

DAY_S: Final = 86_400
HOUR_S: Final = 3600

_WEEK_S: Final = 7 * DAY_S  # no time zone changes its clocks twice within a week
_LATEST: Final = 2**32  # epoch seconds; later times use the offset of 2106


def utc_offsets(first: float, last: float, time_zone: tzinfo | None) -> list[tuple[float, int]]:
    """Return the offsets from UTC, in seconds, that apply between two epoch seconds, and until when each applies.

    Each pair is (end, offset); the first applies to all earlier times, the last one's end is infinite. None means the
    system's time zone.
    """
    moment, end = math.floor(min(max(0, first), _LATEST)), math.ceil(min(last, _LATEST))
    offset = _utc_offset(moment, time_zone)
    periods: list[tuple[float, int]] = []
    while moment < end:
        after = min(moment + _WEEK_S, end)
        following = _utc_offset(after, time_zone)
        if following != offset:
            periods.append((_change(moment, after, time_zone), offset))
            offset = following
        moment = after
    return [*periods, (math.inf, offset)]


def day_name(number: int) -> str:
    """Return `YYYY-MM-DD` of a day counted from 1970-01-01, which is 0."""
    return date.fromordinal(_EPOCH_ORDINAL + number).isoformat()


_EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()


def _change(before: int, after: int, time_zone: tzinfo | None) -> int:
    """Return the second in between from which the later offset applies."""
    offset = _utc_offset(before, time_zone)
    while after - before > 1:
        middle = (before + after) // 2
        if _utc_offset(middle, time_zone) == offset:
            before = middle
        else:
            after = middle
    return after


def _utc_offset(moment: int, time_zone: tzinfo | None) -> int:
    offset = datetime.fromtimestamp(moment, UTC).astimezone(time_zone).utcoffset()
    assert offset is not None  # of an aware time
    return round(offset.total_seconds())
