"""Review items in the database."""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import tzinfo
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    update,
)

from ..messages import ReviewState, Severity
from .database import Database
from .local_days import DAY_S, day_name, utc_offsets
from .review_records import ReviewDay, ReviewFilter, ReviewWrite, StoredReview
from .schema import ReviewedRow, ReviewRow, ReviewTagRow, ReviewThumbnailRow
from .sql import offset_of, whole

LONGEST_S: Final = 86_400.0
"""Searching by start finds items up to this long that reach into a time."""
_PAGE: Final = 500
_LABEL, _ZONE, _EVENT = "label", "zone", "event"


class ReviewTable:
    """All review items. Any thread but the event loop may read; the storage thread writes.

    Every method raises StoreError if the database cannot be used.
    """

    def __init__(self, database: Callable[[], Database], time_zone: Callable[[], tzinfo | None]) -> None:
        """Use the database that is open when a method is called; time_zone is for counting by local day."""
        self._database = database
        self._time_zone = time_zone

    def items(self, selected: ReviewFilter = ReviewFilter()) -> list[StoredReview]:  # noqa: B008  # frozen
        """Return the review items, newest first."""
        query = _select(selected.user).where(_conditions(selected))
        query = query.order_by(ReviewRow.start_time.desc(), ReviewRow.id.desc())
        if selected.limit is not None:
            query = query.limit(selected.limit)
        with self._database().reading() as connection:
            return [_stored(row) for row in connection.execute(query)]

    def item(self, review_id: str, user: str = "") -> StoredReview | None:
        """Return one review item."""
        with self._database().reading() as connection:
            row = connection.execute(_select(user).where(ReviewRow.id == review_id)).one_or_none()
        return None if row is None else _stored(row)

    def of_event(self, event_id: str, user: str = "") -> StoredReview | None:
        """Return the newest review item that an event belongs to."""
        query = _select(user).where(_has_tag(_EVENT, (event_id,))).order_by(ReviewRow.start_time.desc()).limit(1)
        with self._database().reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _stored(row)

    def known(self, review_ids: Sequence[str]) -> frozenset[str]:
        """Return which of these IDs exist."""
        with self._database().reading() as connection:
            return frozenset(connection.scalars(select(ReviewRow.id).where(ReviewRow.id.in_(review_ids))))

    def thumbnail(self, review_id: str) -> bytes | None:
        """Return an item's thumbnail as WebP, if it has one."""
        query = select(ReviewThumbnailRow.webp).where(ReviewThumbnailRow.review_id == review_id)
        with self._database().reading() as connection:
            return connection.scalar(query)

    def days(self, selected: ReviewFilter, time_zone: tzinfo | None = None) -> list[ReviewDay]:
        """Return how many items began on each day, newest first; items begin within `after` and `before`.

        Days are those of a time zone, by default the local one.
        """
        with self._database().reading() as connection:
            span = connection.execute(select(func.min(ReviewRow.start_time), func.max(ReviewRow.start_time))).one()
            if None in span:
                return []
            begin, end = max(span[0], selected.after or span[0]), min(span[1], selected.before or span[1])
            query = _select_days(selected, utc_offsets(begin, end, time_zone or self._time_zone()))
            return [
                ReviewDay(day=day_name(int(number)), severity=Severity(severity), total=total, reviewed=int(reviewed))
                for number, severity, total, reviewed in connection.execute(query)
            ]

    def write(self, writes: Sequence[ReviewWrite]) -> None:
        """Insert or update some items together; each at most once."""
        with self._database().writing() as connection:
            ids = [write.state.id for write in writes]
            known = set(connection.scalars(select(ReviewRow.id).where(ReviewRow.id.in_(ids))))
            for write in writes:
                values = _values(write.state)
                change = update(ReviewRow).where(ReviewRow.id == write.state.id) if write.state.id in known else None
                connection.execute((insert(ReviewRow) if change is None else change).values(**values))
                _set_tags(connection, write.state)
                if write.webp is not None:
                    _set_thumbnail(connection, write.state.id, write.webp)

    def mark(
        self,
        review_ids: Sequence[str],
        user: str,
        *,
        is_reviewed: bool = True,
        cameras: Collection[str] | None = None,
    ) -> int:
        """Note that a user has seen some items, or has not; return how many.

        Unknown ones are ignored, and those of other cameras unless cameras is None.
        """
        query = select(ReviewRow.id).where(ReviewRow.id.in_(review_ids))
        if cameras is not None:
            query = query.where(ReviewRow.camera.in_(cameras))
        with self._database().writing() as connection:
            known = list(connection.scalars(query))
            marks = and_(ReviewedRow.user_id == user, ReviewedRow.review_id.in_(known))
            connection.execute(delete(ReviewedRow).where(marks))
            if is_reviewed and known:
                connection.execute(insert(ReviewedRow), [{"user_id": user, "review_id": one} for one in known])
        return len(known)

    def delete(self, review_ids: Sequence[str]) -> int:
        """Delete items with their thumbnails and marks; return how many there were."""
        with self._database().writing() as connection:
            return connection.execute(delete(ReviewRow).where(ReviewRow.id.in_(review_ids))).rowcount

    def cameras(self) -> tuple[str, ...]:
        """Return the cameras that have items."""
        with self._database().reading() as connection:
            return tuple(connection.scalars(select(ReviewRow.camera).distinct().order_by(ReviewRow.camera)))

    def oldest_first(self, camera: str) -> Iterator[ReviewState]:
        """Yield all items of a camera by their start, read page by page."""
        after = (0.0, "")
        while page := self._after(camera, after, _PAGE):
            yield from page
            after = page[-1].start_time, page[-1].id

    def ended_before(self, camera: str, severity: Severity, time: float, limit: int) -> list[str]:
        """Return the IDs of a camera's oldest items of a severity that ended before a time."""
        query = (
            select(ReviewRow.id)
            .where(
                ReviewRow.camera == camera,
                ReviewRow.severity == severity,
                ReviewRow.start_time < time,
                ReviewRow.end_time < time,
            )
            .order_by(ReviewRow.start_time)
            .limit(limit)
        )
        with self._database().reading() as connection:
            return list(connection.scalars(query))

    def _after(self, camera: str, cursor: tuple[float, str], limit: int) -> list[ReviewState]:
        start, review_id = cursor
        is_later = or_(ReviewRow.start_time > start, and_(ReviewRow.start_time == start, ReviewRow.id > review_id))
        query = _select("").where(ReviewRow.camera == camera, ReviewRow.start_time >= start, is_later)
        with self._database().reading() as connection:
            rows = connection.execute(query.order_by(ReviewRow.start_time, ReviewRow.id).limit(limit))
            return [_stored(row).state for row in rows]


def end_open_items(connection: Connection) -> None:
    """End items that a crash left open, at their last update."""
    connection.execute(update(ReviewRow).where(ReviewRow.end_time.is_(None)).values(end_time=ReviewRow.last_time))


def _select(user: str) -> Select[tuple[Any, ...]]:
    return select(
        ReviewRow.id,
        ReviewRow.camera,
        ReviewRow.severity,
        ReviewRow.start_time,
        ReviewRow.end_time,
        ReviewRow.data,
        _is_seen_by(user),
    )


def _select_days(selected: ReviewFilter, offsets: Sequence[tuple[float, int]]) -> Select[tuple[int, str, int, int]]:
    """Count items, and those that the user has seen, by local day and severity; the newest day first."""
    local = ReviewRow.start_time + offset_of(ReviewRow.start_time, offsets)
    found = select(
        whole(local / literal(float(DAY_S))).label("day"),
        ReviewRow.severity.label("severity"),
        case((_is_seen_by(selected.user), 1), else_=0).label("seen"),
    )
    items = found.where(_conditions(selected)).subquery()
    counts = select(items.c.day, items.c.severity, func.count(), func.sum(items.c.seen))
    return counts.group_by(items.c.day, items.c.severity).order_by(items.c.day.desc(), items.c.severity)


def _is_seen_by(user: str) -> ColumnElement[bool]:
    return exists().where(ReviewedRow.user_id == user, ReviewedRow.review_id == ReviewRow.id)


def _has_tag(kind: str, names: Sequence[str]) -> ColumnElement[bool]:
    return exists().where(
        ReviewTagRow.name.in_(names), ReviewTagRow.kind == kind, ReviewTagRow.review_id == ReviewRow.id
    )


def _conditions(selected: ReviewFilter) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [true()]
    if selected.cameras:
        parts.append(ReviewRow.camera.in_(selected.cameras))
    if selected.severity is not None:
        parts.append(ReviewRow.severity == selected.severity)
    parts += [_has_tag(kind, names) for kind, names in ((_LABEL, selected.labels), (_ZONE, selected.zones)) if names]
    if selected.is_reviewed is not None:
        seen = _is_seen_by(selected.user)
        parts.append(seen if selected.is_reviewed else ~seen)
    if selected.before is not None:
        parts.append(ReviewRow.start_time <= selected.before)
    if selected.after is not None:
        parts.append(ReviewRow.start_time >= selected.after - LONGEST_S)
        parts.append(or_(ReviewRow.end_time.is_(None), ReviewRow.end_time >= selected.after))
    return and_(*parts)


def _stored(row: Row[tuple[Any, ...]]) -> StoredReview:
    review_id, camera, severity, start_time, end_time, text, is_reviewed = row
    data = json.loads(text)
    state = ReviewState(
        id=review_id,
        camera=camera,
        severity=Severity(severity),
        start_time=start_time,
        end_time=end_time,
        event_ids=tuple(data["event_ids"]),
        labels=tuple(data["labels"]),
        zones=tuple(data["zones"]),
        last_time=end_time or start_time,
        thumbnail_time=data["thumbnail_time"],
    )
    return StoredReview(state=state, is_reviewed=bool(is_reviewed))


def _values(state: ReviewState) -> dict[str, Any]:
    data = {
        "event_ids": state.event_ids,
        "labels": state.labels,
        "zones": state.zones,
        "thumbnail_time": state.thumbnail_time,
    }
    return {
        "id": state.id,
        "camera": state.camera,
        "severity": str(state.severity),
        "start_time": state.start_time,
        "end_time": state.end_time,
        "last_time": state.last_time,
        "data": json.dumps(data),
    }


def _set_tags(connection: Connection, state: ReviewState) -> None:
    connection.execute(delete(ReviewTagRow).where(ReviewTagRow.review_id == state.id))
    several = ((_LABEL, state.labels), (_ZONE, state.zones), (_EVENT, state.event_ids))
    rows = [{"review_id": state.id, "kind": kind, "name": name} for kind, names in several for name in names]
    if rows:
        connection.execute(insert(ReviewTagRow), rows)


def _set_thumbnail(connection: Connection, review_id: str, webp: bytes) -> None:
    connection.execute(delete(ReviewThumbnailRow).where(ReviewThumbnailRow.review_id == review_id))
    connection.execute(insert(ReviewThumbnailRow).values(review_id=review_id, webp=webp))
