"""Queries of the event tables, as SQL for SQLite, PostgreSQL and MariaDB."""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, null, select

from .conditions import conditions
from .local_days import DAY_S, HOUR_S
from .lookup import Lookup
from .records import EventField, EventFilter, EventSort
from .schema import EventRow, ThumbnailRow, ZoneListRow, ZoneRow
from .sql import offset_of, whole

_COLUMNS: Final = {EventField.CAMERA: EventRow.camera, EventField.LABEL: EventRow.label}
_SORTED_BY: Final[dict[EventSort, tuple[ColumnElement[float], ...]]] = {
    EventSort.START: (),
    EventSort.SCORE: (func.coalesce(EventRow.score, EventRow.top_score),),
    EventSort.SPEED: (func.coalesce(EventRow.speed, 0.0),),
}


def select_events(selected: EventFilter, found: Lookup) -> Select[tuple[Any, ...]]:
    """Select a page of events in order: the columns of `EventRow`, zones as JSON, and the thumbnail."""
    columns = (*_SORTED_BY[selected.sort], EventRow.start_time, EventRow.id)
    order = [column.desc() if selected.newest_first else column.asc() for column in columns]
    page = _page(select(EventRow.id).where(conditions(selected, found)).order_by(*order), selected).subquery()
    return _with_picture(selected.include_thumbnails).join(page, page.c.id == EventRow.id).order_by(*order)


def select_event(event_id: str, *, include_thumbnail: bool) -> Select[tuple[Any, ...]]:
    """Select one event."""
    return _with_picture(include_thumbnail).where(EventRow.id == event_id)


def select_counts(selected: EventFilter, found: Lookup, field: EventField) -> Select[tuple[str, int]]:
    """Count the events of each camera, label or zone."""
    if field is EventField.ZONE:
        query = select(ZoneRow.zone, func.count()).join(EventRow, EventRow.zone_list_id == ZoneRow.zone_list_id)
        return query.where(conditions(selected, found)).group_by(ZoneRow.zone).order_by(ZoneRow.zone)
    column = _COLUMNS[field]
    return select(column, func.count()).where(conditions(selected, found)).group_by(column).order_by(column)


def select_sub_labels(selected: EventFilter, found: Lookup) -> Select[tuple[str | None]]:
    """Select the sub labels of events."""
    fits = EventRow.sub_label.is_not(None) & conditions(selected, found)
    return select(EventRow.sub_label).where(fits).distinct().order_by(EventRow.sub_label)


def select_days(
    selected: EventFilter, found: Lookup, offsets: Sequence[tuple[float, int]]
) -> Select[tuple[str, str, int, str]]:
    """Select the days on which events of each camera, label and list of zones started: comma-separated numbers.

    offsets are from `local_days.utc_offsets`. An index keeps the groups together, so nothing is sorted. Counting days
    in SQL would return a row for almost every event, and the number of rows takes the time (docs/performance.md).
    """
    group = (EventRow.camera, EventRow.label, EventRow.zone_list_id)
    return select(*group, _days(offsets)).where(conditions(selected, found)).group_by(*group)


def select_named_days(
    selected: EventFilter, found: Lookup, offsets: Sequence[tuple[float, int]]
) -> Select[tuple[str, str, int, str | None, str]]:
    """Select the same by sub label, of the few events that have one; they have an index of their own."""
    group = (EventRow.camera, EventRow.label, EventRow.zone_list_id, EventRow.sub_label)
    fits = EventRow.sub_label.is_not(None) & conditions(selected, found)
    return select(*group, _days(offsets)).where(fits).group_by(*group)


def select_hours(selected: EventFilter, found: Lookup, offsets: Sequence[tuple[float, int]]) -> Select[tuple[int, int]]:
    """Count the events that began in each local hour, numbered from 1970."""
    hour = whole((EventRow.start_time + offset_of(EventRow.start_time, offsets)) / literal(float(HOUR_S)))
    counted = select(hour.label("hour")).where(conditions(selected, found)).subquery()
    return select(counted.c.hour, func.count()).group_by(counted.c.hour)


def _days(offsets: Sequence[tuple[float, int]]) -> ColumnElement[str]:
    day = whole((EventRow.start_time + offset_of(EventRow.start_time, offsets)) / literal(float(DAY_S)))
    return func.aggregate_strings(cast(day, String), ",")


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
        EventRow.data,
        EventRow.notes,
        ZoneListRow.zones,
    )
    if not include:
        return select(*columns, null().label("jpeg")).join(ZoneListRow)
    return select(*columns, ThumbnailRow.jpeg).join(ZoneListRow).outerjoin(ThumbnailRow)
