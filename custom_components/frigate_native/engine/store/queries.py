"""Queries of the event tables, as SQL for SQLite, PostgreSQL and MariaDB.

zone_lists are the IDs of the lists that contain one of the selected zones. As plain numbers they let every database
choose the right index, which a subquery does not.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, false, func, literal, null, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from .local_days import DAY_S, HOUR_S
from .records import WITHOUT, EventField, EventFilter
from .schema import EventRow, ThumbnailRow, ZoneListRow, ZoneRow
from .sql import offset_of, whole


def select_events(selected: EventFilter, zone_lists: Sequence[int]) -> Select[tuple[Any, ...]]:
    """Select a page of events in order: the columns of `EventRow`, zones as JSON, and the thumbnail."""
    order = [column.desc() if selected.newest_first else column.asc() for column in (EventRow.start_time, EventRow.id)]
    page = _page(select(EventRow.id).where(conditions(selected, zone_lists)).order_by(*order), selected).subquery()
    return _with_picture(selected.include_thumbnails).join(page, page.c.id == EventRow.id).order_by(*order)


def select_event(event_id: str, *, include_thumbnail: bool) -> Select[tuple[Any, ...]]:
    """Select one event."""
    return _with_picture(include_thumbnail).where(EventRow.id == event_id)


def select_counts(selected: EventFilter, zone_lists: Sequence[int], field: EventField) -> Select[tuple[str, int]]:
    """Count the events of each camera, label or zone."""
    if field is EventField.ZONE:
        query = select(ZoneRow.zone, func.count()).join(EventRow, EventRow.zone_list_id == ZoneRow.zone_list_id)
        return query.where(conditions(selected, zone_lists)).group_by(ZoneRow.zone).order_by(ZoneRow.zone)
    column = EventRow.camera if field is EventField.CAMERA else EventRow.label
    return select(column, func.count()).where(conditions(selected, zone_lists)).group_by(column).order_by(column)


def select_sub_labels(selected: EventFilter, zone_lists: Sequence[int]) -> Select[tuple[str | None]]:
    """Select the sub labels of events."""
    fits = and_(EventRow.sub_label.is_not(None), conditions(selected, zone_lists))
    return select(EventRow.sub_label).where(fits).distinct().order_by(EventRow.sub_label)


def select_span() -> Select[tuple[float | None, float | None]]:
    """Select the start times of the first and the last event."""
    first, last = select(func.min(EventRow.start_time)), select(func.max(EventRow.start_time))
    return select(first.scalar_subquery(), last.scalar_subquery())  # separately, each is one index lookup


def select_days(
    selected: EventFilter, zone_lists: Sequence[int], offsets: Sequence[tuple[float, int]]
) -> Select[tuple[str, str, int, str]]:
    """Select the days on which events of each camera, label and list of zones started: comma-separated numbers.

    offsets are from `local_days.utc_offsets`. An index keeps the groups together, so nothing is sorted. Counting days
    in SQL would return a row for almost every event, and the number of rows takes the time (docs/performance.md).
    """
    group = (EventRow.camera, EventRow.label, EventRow.zone_list_id)
    return select(*group, _days(offsets)).where(conditions(selected, zone_lists)).group_by(*group)


def select_named_days(
    selected: EventFilter, zone_lists: Sequence[int], offsets: Sequence[tuple[float, int]]
) -> Select[tuple[str, str, int, str | None, str]]:
    """Select the same by sub label, of the few events that have one; they have an index of their own."""
    group = (EventRow.camera, EventRow.label, EventRow.zone_list_id, EventRow.sub_label)
    fits = and_(EventRow.sub_label.is_not(None), conditions(selected, zone_lists))
    return select(*group, _days(offsets)).where(fits).group_by(*group)


def select_hours(
    selected: EventFilter, zone_lists: Sequence[int], offsets: Sequence[tuple[float, int]]
) -> Select[tuple[int, int]]:
    """Count the events that began in each local hour, numbered from 1970."""
    hour = whole((EventRow.start_time + offset_of(EventRow.start_time, offsets)) / literal(float(HOUR_S)))
    counted = select(hour.label("hour")).where(conditions(selected, zone_lists)).subquery()
    return select(counted.c.hour, func.count()).group_by(counted.c.hour)


def _days(offsets: Sequence[tuple[float, int]]) -> ColumnElement[str]:
    day = whole((EventRow.start_time + offset_of(EventRow.start_time, offsets)) / literal(float(DAY_S)))
    return func.aggregate_strings(cast(day, String), ",")


def conditions(selected: EventFilter, zone_lists: Sequence[int]) -> ColumnElement[bool]:
    """Return the conditions that an event must meet."""
    parts: list[ColumnElement[bool]] = [true()]
    names = ((EventRow.id, selected.ids), (EventRow.camera, selected.cameras), (EventRow.label, selected.labels))
    parts += [_is_one_of(column, allowed) for column, allowed in names if allowed]
    if selected.sub_labels:
        parts.append(or_(*map(_has_sub_label, selected.sub_labels)))
    if selected.zone_groups:
        parts.append(EventRow.zone_list_id.in_(zone_lists) if zone_lists else false())
    if selected.after is not None:
        parts.append(EventRow.start_time >= selected.after)
    if selected.before is not None:
        parts.append(EventRow.start_time <= selected.before)
    return and_(*parts, *_flags(selected), *_limits(selected), *_after_cursor(selected))


def _page(query: Select[tuple[str]], selected: EventFilter) -> Select[tuple[str]]:
    """Limit the rows before thumbnails are joined, so that they are not sorted along."""
    if selected.limit is not None and selected.limit >= 0:
        query = query.limit(selected.limit)
    elif selected.offset:
        query = query.limit(2**31 - 1)  # MariaDB requires a limit with an offset
    return query.offset(selected.offset) if selected.offset else query


def _with_picture(include: bool) -> Select[tuple[Any, ...]]:
    columns = (
        EventRow.id,
        EventRow.camera,
        EventRow.label,
        EventRow.start_time,
        EventRow.end_time,
        EventRow.top_score,
        EventRow.has_clip,
        EventRow.has_snapshot,
        EventRow.clip_problem,
        EventRow.retained,
        EventRow.is_manual,
        EventRow.sub_label,
        ZoneListRow.zones,
    )
    if not include:
        return select(*columns, null().label("jpeg")).join(ZoneListRow)
    return select(*columns, ThumbnailRow.jpeg).join(ZoneListRow).outerjoin(ThumbnailRow)


def _is_one_of(column: InstrumentedAttribute[str], names: tuple[str, ...]) -> ColumnElement[bool]:
    return column == names[0] if len(names) == 1 else column.in_(names)


def _has_sub_label(name: str) -> ColumnElement[bool]:
    if name == WITHOUT:
        return EventRow.sub_label.is_(None)
    listed = literal(",") + func.lower(func.replace(EventRow.sub_label, ", ", ",")) + literal(",")
    return or_(func.lower(EventRow.sub_label) == name.lower(), listed.contains(f",{name.lower()},", autoescape=True))


def _limits(selected: EventFilter) -> list[ColumnElement[bool]]:
    length = EventRow.end_time - EventRow.start_time
    limits = (
        (EventRow.top_score, selected.min_score, selected.max_score),
        (length, selected.min_length, selected.max_length),
    )
    at_least = [value >= low for value, low, _ in limits if low is not None]
    return at_least + [value <= high for value, _, high in limits if high is not None]


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


def _after_cursor(selected: EventFilter) -> list[ColumnElement[bool]]:
    cursor = selected.older_than
    if cursor is None:
        return []
    time, ident = EventRow.start_time, EventRow.id
    if selected.newest_first:
        after = or_(time < cursor.start_time, ident < cursor.id)
        return [time <= cursor.start_time, after]
    return [time >= cursor.start_time, or_(time > cursor.start_time, ident > cursor.id)]
