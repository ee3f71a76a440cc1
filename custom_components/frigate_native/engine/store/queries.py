"""Questions to the event tables, as SQL that SQLite, PostgreSQL and MariaDB understand alike.

zone_lists are the numbers of the lists that hold one of the wanted zones: as plain numbers they let every database
choose the right index, which a question within the question does not.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, false, func, literal, null, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from .local_days import DAY_S
from .records import EventField, EventFilter
from .schema import EventRow, ThumbnailRow, ZoneListRow, ZoneRow
from .sql import whole


def select_events(wanted: EventFilter, zone_lists: Sequence[int]) -> Select[tuple[Any, ...]]:
    """Ask for events in order, a page of them; the columns are those of `EventRow`, zones as JSON, and the picture."""
    order = [column.desc() if wanted.newest_first else column.asc() for column in (EventRow.start_time, EventRow.id)]
    page = _page(select(EventRow.id).where(conditions(wanted, zone_lists)).order_by(*order), wanted).subquery()
    return _with_picture(wanted.include_thumbnails).join(page, page.c.id == EventRow.id).order_by(*order)


def select_event(event_id: str, *, include_thumbnail: bool) -> Select[tuple[Any, ...]]:
    """Ask for one event."""
    return _with_picture(include_thumbnail).where(EventRow.id == event_id)


def select_counts(wanted: EventFilter, zone_lists: Sequence[int], field: EventField) -> Select[tuple[str, int]]:
    """Ask how many events each camera, label or zone has."""
    if field is EventField.ZONE:
        query = select(ZoneRow.zone, func.count()).join(EventRow, EventRow.zone_list_id == ZoneRow.zone_list_id)
        return query.where(conditions(wanted, zone_lists)).group_by(ZoneRow.zone).order_by(ZoneRow.zone)
    column = EventRow.camera if field is EventField.CAMERA else EventRow.label
    return select(column, func.count()).where(conditions(wanted, zone_lists)).group_by(column).order_by(column)


def select_span() -> Select[tuple[float | None, float | None]]:
    """Ask when the first event of all began, and the last one."""
    first, last = select(func.min(EventRow.start_time)), select(func.max(EventRow.start_time))
    return select(first.scalar_subquery(), last.scalar_subquery())  # apart, each is one look into an index


def select_days(
    wanted: EventFilter, zone_lists: Sequence[int], offsets: Sequence[tuple[float, int]]
) -> Select[tuple[str, str, int, str]]:
    """Ask on which days the events of each camera, label and list of zones began: one number an event, with commas.

    offsets as `days.utc_offsets` returns them. An index holds the groups together, so nothing is sorted; counting days
    here would make a row of almost every event, and their number is what takes the time (docs/performance.md).
    """
    group = (EventRow.camera, EventRow.label, EventRow.zone_list_id)
    day = whole((EventRow.start_time + _offset(offsets)) / literal(float(DAY_S)))
    days = func.aggregate_strings(cast(day, String), ",")
    return select(*group, days).where(conditions(wanted, zone_lists)).group_by(*group)


def conditions(wanted: EventFilter, zone_lists: Sequence[int]) -> ColumnElement[bool]:
    """Return what an event must be like."""
    parts: list[ColumnElement[bool]] = [true()]
    parts += [
        _is_one_of(column, names)
        for column, names in ((EventRow.camera, wanted.cameras), (EventRow.label, wanted.labels))
        if names
    ]
    if wanted.zone_groups:
        parts.append(EventRow.zone_list_id.in_(zone_lists) if zone_lists else false())
    if wanted.after is not None:
        parts.append(EventRow.start_time >= wanted.after)
    if wanted.before is not None:
        parts.append(EventRow.start_time <= wanted.before)
    return and_(*parts, *_flags(wanted), *_behind(wanted))


def _page(query: Select[tuple[str]], wanted: EventFilter) -> Select[tuple[str]]:
    """Cut a page out first: what is sorted should not carry pictures."""
    if wanted.limit is not None and wanted.limit >= 0:
        query = query.limit(wanted.limit)
    elif wanted.offset:
        query = query.limit(2**31 - 1)  # MariaDB wants a limit with an offset
    return query.offset(wanted.offset) if wanted.offset else query


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


def _offset(offsets: Sequence[tuple[float, int]]) -> ColumnElement[Any]:
    *changing, (_, last) = offsets
    if not changing:
        return literal(float(last))
    return case(*((EventRow.start_time < end, float(offset)) for end, offset in changing), else_=float(last))


def _is_one_of(column: InstrumentedAttribute[str], names: tuple[str, ...]) -> ColumnElement[bool]:
    return column == names[0] if len(names) == 1 else column.in_(names)


def _flags(wanted: EventFilter) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = [
        column == value if value else column.is_not(true())  # what most fit; no database takes an index for this
        for column, value in (
            (EventRow.has_clip, wanted.has_clip),
            (EventRow.has_snapshot, wanted.has_snapshot),
            (EventRow.retained, wanted.retained),
        )
        if value is not None
    ]
    if wanted.in_progress is not None:
        parts.append(EventRow.end_time.is_(None) if wanted.in_progress else EventRow.end_time.is_not(None))
    return parts


def _behind(wanted: EventFilter) -> list[ColumnElement[bool]]:
    cursor = wanted.older_than
    if cursor is None:
        return []
    time, ident = EventRow.start_time, EventRow.id
    if wanted.newest_first:
        behind = or_(time < cursor.start_time, ident < cursor.id)
        return [time <= cursor.start_time, behind]
    return [time >= cursor.start_time, or_(time > cursor.start_time, ident > cursor.id)]
