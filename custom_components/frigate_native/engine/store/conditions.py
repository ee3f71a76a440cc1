"""Which events match a filter, as SQL for SQLite, PostgreSQL and MariaDB."""

from sqlalchemy import ColumnElement, and_, false, func, literal, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from .local_days import DAY_S
from .lookup import Lookup
from .records import WITHOUT, EventFilter, TimeOfDay
from .schema import EventRow
from .sql import offset_of, whole


def conditions(selected: EventFilter, found: Lookup) -> ColumnElement[bool]:
    """Return the conditions that an event must meet; found is what was looked up for the filter."""
    parts: list[ColumnElement[bool]] = [true()]
    parts += [
        _is_one_of(column, names)
        for column, names in ((EventRow.camera, selected.cameras), (EventRow.label, selected.labels))
        if names
    ]
    if selected.zone_groups:
        parts.append(EventRow.zone_list_id.in_(found.zone_lists) if found.zone_lists else false())
    if selected.after is not None:
        parts.append(EventRow.start_time >= selected.after)
    if selected.before is not None:
        parts.append(EventRow.start_time <= selected.before)
    return and_(
        *parts, *_flags(selected), *_named(selected, found), *_limits(selected, found), *_after_cursor(selected)
    )


def _is_one_of(column: InstrumentedAttribute[str], names: tuple[str, ...]) -> ColumnElement[bool]:
    return column == names[0] if len(names) == 1 else column.in_(names)


def _flags(selected: EventFilter) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = [
        column == value if value else column.is_not(true())  # true for most events; no database uses an index for it
        for column, value in (
            (EventRow.has_clip, selected.has_clip),
            (EventRow.has_snapshot, selected.has_snapshot),
            (EventRow.retained, selected.retained),
        )
        if value is not None
    ]
    if selected.in_progress is not None:
        parts.append(EventRow.end_time.is_(None) if selected.in_progress else EventRow.end_time.is_not(None))
    return parts


def _named(selected: EventFilter, found: Lookup) -> list[ColumnElement[bool]]:
    """Return the conditions for IDs, sub labels and plates; WITHOUT selects events without one."""
    parts: list[ColumnElement[bool]] = []
    if selected.ids:
        parts.append(EventRow.id.in_(selected.ids))
    for column, names, stored in (
        (EventRow.sub_label, selected.sub_labels, found.sub_labels),
        (EventRow.plate, selected.plates, tuple(name for name in selected.plates if name != WITHOUT)),
    ):
        if names:
            without = column.is_(None) if WITHOUT in names else false()
            parts.append(or_(column.in_(stored), without))
    return parts


def _limits(selected: EventFilter, found: Lookup) -> list[ColumnElement[bool]]:
    """Return the conditions for score, speed, length and time of day."""
    score, speed = func.coalesce(EventRow.score, EventRow.top_score), func.coalesce(EventRow.speed, 0.0)
    length = EventRow.end_time - EventRow.start_time
    lowest = ((score, selected.min_score), (speed, selected.min_speed), (length, selected.min_length))
    highest = ((score, selected.max_score), (speed, selected.max_speed), (length, selected.max_length))
    parts: list[ColumnElement[bool]] = [value >= limit for value, limit in lowest if limit is not None]
    parts += [value <= limit for value, limit in highest if limit is not None]
    if selected.time_of_day is not None:
        parts.append(_is_at(selected.time_of_day, found))
    return parts


def _is_at(span: TimeOfDay, found: Lookup) -> ColumnElement[bool]:
    local = EventRow.start_time + offset_of(EventRow.start_time, found.offsets)
    second = local - whole(local / literal(float(DAY_S))) * DAY_S
    if span.begin_s <= span.end_s:
        return and_(second >= span.begin_s, second < span.end_s)
    return or_(second >= span.begin_s, second < span.end_s)


def _after_cursor(selected: EventFilter) -> list[ColumnElement[bool]]:
    cursor = selected.older_than
    if cursor is None:
        return []
    time, ident = EventRow.start_time, EventRow.id
    if selected.newest_first:
        after = or_(time < cursor.start_time, ident < cursor.id)
        return [time <= cursor.start_time, after]
    return [time >= cursor.start_time, or_(time > cursor.start_time, ident > cursor.id)]
