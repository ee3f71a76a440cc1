"""Events in a database: written by one thread, read by any."""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import tzinfo
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from ..disk.file_lock import FileLock
from ..errors import StoreError
from ..event_details import EventNotes
from ..local_time import LocalZone, system_zone
from .conditions import conditions
from .database import Database
from .database_errors import shown
from .event_data import (
    DESCRIPTION,
    NOTES,
    PLATE,
    PLATE_SCORE,
    SPEED,
    SUB_LABEL_SCORE,
    data_of,
    data_of_notes,
    read_data,
    to_json,
)
from .export_table import ExportTable
from .kept_times import KeptTimes
from .lookup import look_up
from .migrations import migrate
from .queries import select_counts, select_event, select_events, select_sub_labels
from .recording_table import RecordingTable
from .records import EventField, EventFilter, EventWrite, StoredEvent, SummaryRow
from .review_table import ReviewTable, end_open_items
from .schema import EventRow, ThumbnailRow
from .summary import read_hours, read_summary
from .zone_lists import ZoneLists

_LOGGER = logging.getLogger(__name__)

_ALL: Final = EventFilter(in_progress=None)
_NO_FILES: Final = {"has_clip": False, "has_snapshot": False, "retained": False, "clip_problem": None}


class EventStore:
    """All events of a system. Any thread but the event loop may read; one thread at a time may write.

    Every method raises StoreError if the database cannot be used; its text says what to do and contains no password.
    """

    def __init__(self, url: str, time_zone: LocalZone = system_zone) -> None:
        """Use any URL that SQLAlchemy supports; time_zone is for counting events by local day."""
        self._url = url
        self._time_zone = time_zone
        self._database: Database | None = None
        self._lock: FileLock | None = None
        self._zone_lists = ZoneLists()
        self.recordings = RecordingTable(self._opened)
        self.reviews = ReviewTable(self._opened, time_zone)
        self.exports = ExportTable(self._opened)
        self.kept_times = KeptTimes(self._opened)
        self.openings = 0  # how often a database was opened, since another one knows no recordings
        self.interrupted: tuple[StoredEvent, ...] = ()  # events that the last run did not end, with their new end

    @property
    def is_open(self) -> bool:
        """Whether the store can be queried."""
        return self._database is not None

    def open(self) -> None:
        """Connect, migrate the tables to the newest version and end events that were left open.

        May be called again by the writing thread: if the file was deleted or replaced meanwhile, the new one is opened.
        """
        before = self._database
        if before is not None and not before.is_astray():
            return
        database = Database(self._url)
        try:
            self._claim(database)
            with database.writing() as connection:
                migrate(connection)
                self.interrupted = _end_open_events(connection)
                end_open_items(connection)
        except StoreError:
            database.close()
            if before is None:
                self._release()
            raise
        database.note_file()
        self._zone_lists.forget()
        self._database = database
        self.openings += 1
        if before is not None:
            before.close()
            _LOGGER.warning(
                "The %s was deleted, moved or replaced while it was in use; the file at this path is used from now on,"
                " or a new one",
                shown(before.url),
            )

    def checkpoint(self) -> None:
        """Let the database tidy up what was written, so that no write has to; blocks, for another thread."""
        self._opened().checkpoint()

    def close(self) -> None:
        """Close all connections. May be called twice."""
        database, self._database = self._database, None
        if database is not None:
            database.close()
        self._release()

    def _claim(self, database: Database) -> None:
        """Own the file, so that no other system ends the ongoing events of this one."""
        if self._lock is None and database.file is not None:
            self._lock = FileLock(database.file)
        if self._lock is not None and not self._lock.acquire():
            raise StoreError(
                f"{shown(database.url)}: another running system uses this file; set another database.path in one of"
                " them, or stop the other one"
            )

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()

    def events(self, selected: EventFilter = EventFilter()) -> list[StoredEvent]:  # noqa: B008  # frozen
        """Return a page of events, newest first by default."""
        if selected.limit == 0:
            return []
        with self._reading() as connection:
            found = look_up(connection, selected, self._zone_lists)
            return [_event(row) for row in connection.execute(select_events(selected, found))]

    def event(self, event_id: str, *, include_thumbnail: bool = True) -> StoredEvent | None:
        """Return one event, ongoing or not."""
        with self._reading() as connection:
            row = connection.execute(select_event(event_id, include_thumbnail=include_thumbnail)).one_or_none()
        return None if row is None else _event(row)

    def thumbnail(self, event_id: str) -> bytes | None:
        """Return an event's thumbnail as JPEG, if it has one."""
        with self._reading() as connection:
            return connection.scalar(select(ThumbnailRow.jpeg).where(ThumbnailRow.event_id == event_id))

    def thumbnails(self, event_ids: Sequence[str]) -> dict[str, bytes]:
        """Return the thumbnails of some events by event ID."""
        query = select(ThumbnailRow.event_id, ThumbnailRow.jpeg).where(ThumbnailRow.event_id.in_(event_ids))
        with self._reading() as connection:
            return dict(connection.execute(query).t.all())

    def count(self, selected: EventFilter = _ALL) -> int:
        """Return the number of matching events; limit and offset are ignored."""
        with self._reading() as connection:
            fits = conditions(selected, look_up(connection, selected, self._zone_lists))
            return connection.scalar(select(func.count()).select_from(EventRow).where(fits)) or 0

    def counts(self, field: EventField, selected: EventFilter = _ALL) -> dict[str, int]:
        """Return the number of matching events by camera, label or zone name, without zeros."""
        with self._reading() as connection:
            found = look_up(connection, selected, self._zone_lists)
            return dict(connection.execute(select_counts(selected, found, field)).t.all())

    def cameras(self) -> tuple[str, ...]:
        """Return the cameras that have events."""
        return tuple(self.counts(EventField.CAMERA))

    def labels(self, selected: EventFilter = _ALL) -> tuple[str, ...]:
        """Return the labels that have matching events."""
        return tuple(self.counts(EventField.LABEL, selected))

    def sub_labels(self, selected: EventFilter = _ALL) -> tuple[str, ...]:
        """Return the sub labels that have matching events."""
        with self._reading() as connection:
            found = look_up(connection, selected, self._zone_lists)
            return tuple(connection.scalars(select_sub_labels(selected, found)))

    def zones(self) -> tuple[str, ...]:
        """Return the zones that have events."""
        return tuple(self.counts(EventField.ZONE))

    def plates(self) -> tuple[str, ...]:
        """Return the license plates that were recognized."""
        with self._reading() as connection:
            return tuple(connection.scalars(select(EventRow.plate).where(EventRow.plate.is_not(None)).distinct()))

    def summary(
        self,
        selected: EventFilter = EventFilter(),  # noqa: B008  # frozen
        time_zone: tzinfo | None = None,
    ) -> list[SummaryRow]:
        """Return how many events began on each day of a time zone, by default the local one; the newest day first."""
        with self._reading() as connection:
            return read_summary(connection, selected, self._zone_lists, time_zone or self._time_zone())

    def hourly(self, selected: EventFilter, time_zone: tzinfo | None) -> dict[int, int]:
        """Return how many events began in each hour of a time zone, numbered from 1970, without zeros."""
        with self._reading() as connection:
            return read_hours(connection, selected, self._zone_lists, time_zone)

    def write(self, writes: Sequence[EventWrite]) -> None:
        """Insert or update some events together; each event at most once."""
        with self._writing() as connection:
            ids = [write.state.id for write in writes]
            known = set(connection.scalars(select(EventRow.id).where(EventRow.id.in_(ids))))
            rows = [self._row(connection, write) for write in writes]
            notes = {write.state.id: _row_of_notes(write.state.notes) for write in writes}
            _insert_events(connection, [row | _NO_FILES | notes[row["id"]] for row in rows if row["id"] not in known])
            _update_events(connection, [row for row in rows if row["id"] in known])
            _set_thumbnails(connection, {write.state.id: write.jpeg for write in writes if write.jpeg is not None})

    def touch(self, event_ids: Sequence[str], now: float) -> None:
        """Note that some events are ongoing; after a crash, they are ended at this time."""
        self._set(event_ids, {"last_time": now}, only_open=True)

    def set_clip(self, event_id: str, problem: str | None = None) -> bool:
        """Note that an event has a clip, or why not; return whether the event exists."""
        return self._set([event_id], {"has_clip": problem is None, "clip_problem": problem}) > 0

    def clear_clips(self, event_ids: Sequence[str], problem: str | None = None) -> None:
        """Note that the clips of some events were deleted, and why if that was early."""
        self._set(event_ids, {"has_clip": False, "clip_problem": problem})

    def set_snapshots(self, event_ids: Sequence[str], *, has_snapshot: bool = True) -> None:
        """Note that some events have a snapshot file, or no longer have one."""
        self._set(event_ids, {"has_snapshot": has_snapshot})

    def set_snapshot(self, event_id: str, *, has_snapshot: bool = True) -> bool:
        """Note whether an event has a snapshot file; return whether the event exists."""
        return self._set([event_id], {"has_snapshot": has_snapshot}) > 0

    def set_retained(self, event_id: str, retained: bool = True) -> bool:
        """Keep an event with its files until further notice, or no longer; return whether it exists."""
        return self._set([event_id], {"retained": retained}) > 0

    def set_sub_label(self, event_id: str, sub_label: str | None, score: float | None = None) -> bool:
        """Note what an event was recognized as; None and an empty text remove that. Return whether it exists."""
        text = sub_label or None
        noted = {SUB_LABEL_SCORE: None if text is None else score}
        return self._note(event_id, noted, {"sub_label": text})

    def set_description(self, event_id: str, description: str | None) -> bool:
        """Describe an event; None and an empty text remove the description. Return whether it exists."""
        return self._note(event_id, {DESCRIPTION: description or None})

    def set_plate(self, event_id: str, plate: str | None, score: float | None = None) -> bool:
        """Note an event's license plate; None and an empty text remove it. Return whether it exists."""
        text = plate or None
        return self._note(event_id, {PLATE: text, PLATE_SCORE: None if text is None else score}, {"plate": text})

    def set_class(self, event_id: str, model: str, name: str | None, score: float | None = None) -> bool:
        """Note the result of a classification model, or remove it; return whether the event exists."""
        return self._note(event_id, {model: name, f"{model}_score": None if name is None else score})

    def add(self, events: Sequence[StoredEvent]) -> int:
        """Insert events that are not known yet, as they are, such as those of another system; return their number."""
        with self._writing() as connection:
            known = set(connection.scalars(select(EventRow.id).where(EventRow.id.in_([each.id for each in events]))))
            new = [event for event in events if event.id not in known]
            _insert_events(connection, [self._imported_row(connection, event) for event in new])
            _set_thumbnails(connection, {event.id: event.thumbnail for event in new if event.thumbnail is not None})
        return len(new)

    def delete(self, event_ids: Sequence[str]) -> int:
        """Delete events with their thumbnails, but not their files; return how many there were."""
        with self._writing() as connection:
            return connection.execute(delete(EventRow).where(EventRow.id.in_(event_ids))).rowcount

    def _set(self, event_ids: Sequence[str], values: Mapping[str, Any], *, only_open: bool = False) -> int:
        """Update some events; return how many there were."""
        change = update(EventRow).where(EventRow.id.in_(event_ids))
        if only_open:
            change = change.where(EventRow.end_time.is_(None))
        with self._writing() as connection:
            return connection.execute(change.values(**values)).rowcount

    def _note(self, event_id: str, noted: Mapping[str, Any], columns: Mapping[str, Any] | None = None) -> bool:
        """Change an event's notes, without those that are None, and columns; return whether it exists."""
        with self._writing() as connection:
            row = connection.execute(select(EventRow.notes).where(EventRow.id == event_id)).one_or_none()
            if row is None:
                return False
            notes = {key: value for key, value in (json.loads(row.notes or "{}") | noted).items() if value is not None}
            change = update(EventRow).where(EventRow.id == event_id)
            connection.execute(change.values(notes=to_json(notes), **(columns or {})))
        return True

    def _row(self, connection: Connection, write: EventWrite) -> dict[str, Any]:
        """Return what the engine knows; what others add later must not be overwritten."""
        state, data = write.state, data_of(write.state)
        return {
            "id": state.id,
            "camera": state.camera,
            "label": state.label,
            "start_time": state.start_time,
            "end_time": state.end_time,
            "last_time": state.end_time or state.frame_time,
            "top_score": state.top_score,
            "is_manual": state.is_manual,
            "score": data["score"],
            "speed": data.get(SPEED),
            "data": to_json(data),
            "zone_list_id": self._zone_lists.id_of(connection, state.entered_zones),
        }

    def _imported_row(self, connection: Connection, event: StoredEvent) -> dict[str, Any]:
        return {
            "id": event.id,
            "camera": event.camera,
            "label": event.label,
            "start_time": event.start_time,
            "end_time": event.end_time,
            "last_time": event.start_time if event.end_time is None else event.end_time,
            "top_score": event.top_score,
            "has_clip": event.has_clip,
            "has_snapshot": event.has_snapshot,
            "clip_problem": event.clip_problem,
            "retained": event.retained,
            "is_manual": event.is_manual,
            "sub_label": event.sub_label,
            "plate": event.data.get(PLATE),
            "score": event.data.get("score"),
            "speed": event.data.get(SPEED),
            "data": to_json({key: value for key, value in event.data.items() if key not in NOTES}),
            "notes": to_json({key: value for key, value in event.data.items() if key in NOTES}),
            "zone_list_id": self._zone_lists.id_of(connection, event.zones),
        }

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._opened().reading()

    def _writing(self) -> AbstractContextManager[Connection]:
        self._zone_lists.forget()  # a failed transaction may have added lists
        return self._opened().writing()

    def _opened(self) -> Database:
        if self._database is None:
            raise StoreError("the event database is not open; see the log for the reason")
        return self._database


def _event(row: Row[tuple[Any, ...]]) -> StoredEvent:
    *values, data, notes, zones, jpeg = row
    names = ("id", "camera", "label", "start_time", "end_time", "top_score", "has_clip", "has_snapshot", "clip_problem")
    known = dict(zip((*names, "retained", "is_manual", "sub_label"), values, strict=True))
    whole = read_data(known["top_score"], known["is_manual"], data, notes)
    return StoredEvent(**known, data=whole, zones=tuple(json.loads(zones)), thumbnail=jpeg)


def _row_of_notes(notes: EventNotes) -> dict[str, Any]:
    return {"sub_label": notes.sub_label, "plate": notes.plate, "notes": to_json(data_of_notes(notes))}


def _end_open_events(connection: Connection) -> tuple[StoredEvent, ...]:
    """End events that a crash left open, at their last update; return them."""
    open_ids = list(connection.scalars(select(EventRow.id).where(EventRow.end_time.is_(None))))
    connection.execute(update(EventRow).where(EventRow.end_time.is_(None)).values(end_time=EventRow.last_time))
    rows = (connection.execute(select_event(event_id, include_thumbnail=False)).one() for event_id in open_ids)
    return tuple(_event(row) for row in rows)


def _insert_events(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        connection.execute(insert(EventRow), rows)


def _update_events(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    for row in rows:
        connection.execute(update(EventRow).where(EventRow.id == row["id"]).values(**row))


def _set_thumbnails(connection: Connection, jpegs: Mapping[str, bytes]) -> None:
    if jpegs:
        connection.execute(delete(ThumbnailRow).where(ThumbnailRow.event_id.in_(jpegs)))
        connection.execute(insert(ThumbnailRow), [{"event_id": key, "jpeg": jpeg} for key, jpeg in jpegs.items()])
