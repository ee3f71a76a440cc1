"""What is looked up before a query, so that every database chooses the right index for plain numbers and names."""

from dataclasses import dataclass

from sqlalchemy import Connection, Select, func, select

from .local_days import utc_offsets
from .records import WITHOUT, EventFilter
from .schema import EventRow
from .zone_lists import ZoneLists


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What a filter selects: lists of zones by ID, sub labels as they are stored, offsets from UTC by time."""

    zone_lists: tuple[int, ...] = ()
    sub_labels: tuple[str, ...] = ()
    offsets: tuple[tuple[float, int], ...] = ()


def look_up(connection: Connection, selected: EventFilter, zone_lists: ZoneLists) -> Lookup:
    """Look up what a filter names. Any thread may call it."""
    return Lookup(
        zone_lists=zone_lists.holding(connection, selected.zone_groups),
        sub_labels=_sub_labels(connection, selected),
        offsets=_offsets(connection, selected),
    )


def select_span() -> Select[tuple[float | None, float | None]]:
    """Select the start times of the first and the last event."""
    first, last = select(func.min(EventRow.start_time)), select(func.max(EventRow.start_time))
    return select(first.scalar_subquery(), last.scalar_subquery())  # separately, each is one index lookup


def _sub_labels(connection: Connection, selected: EventFilter) -> tuple[str, ...]:
    """Return those that are a requested one as a whole, or as one of several; case does not matter."""
    names = {name.casefold() for name in selected.sub_labels if name != WITHOUT}
    if not names:
        return ()
    every = connection.scalars(select(EventRow.sub_label).where(EventRow.sub_label.is_not(None)).distinct())
    return tuple(
        stored
        for stored in filter(None, every)
        if not names.isdisjoint(part.strip().casefold() for part in (stored, *stored.split(",")))
    )


def _offsets(connection: Connection, selected: EventFilter) -> tuple[tuple[float, int], ...]:
    if selected.time_of_day is None:
        return ()
    first, last = connection.execute(select_span()).one()
    return tuple(utc_offsets(first or 0.0, last or 0.0, selected.time_of_day.time_zone))
