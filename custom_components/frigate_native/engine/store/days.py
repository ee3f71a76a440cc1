"""Local days, as people count events by."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, tzinfo


def counts_by_day[A, B, C](
    rows: Iterable[tuple[A, B, C, float]], time_zone: tzinfo | None
) -> Iterator[tuple[str, dict[tuple[A, B, C], int]]]:
    """Return how often each triple comes on each local day, `YYYY-MM-DD`.

    The rows' last members are epoch seconds and fall; None is the system's time zone.
    """
    day, begin = "", float("inf")
    counts: dict[tuple[A, B, C], int] = {}
    for first, second, third, moment in rows:
        if moment < begin:
            if counts:
                yield day, counts
            counts = {}
            day, begin = _day_of(moment, time_zone)
        key = (first, second, third)
        counts[key] = counts.get(key, 0) + 1
    if counts:
        yield day, counts


def _day_of(moment: float, time_zone: tzinfo | None) -> tuple[str, float]:
    """Return the local day of a moment, and when it began."""
    local = datetime.fromtimestamp(moment, UTC).astimezone(time_zone)
    midnight = datetime.combine(local.date(), time.min)
    begin = midnight.astimezone() if time_zone is None else midnight.replace(tzinfo=time_zone)
    return local.date().isoformat(), begin.timestamp()
