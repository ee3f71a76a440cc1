"""Imports events with their pictures."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from ..media import clip_path, snapshot_path
from ..store import EventFilter, StoredEvent
from .context import ImportContext, in_batches
from .pictures import as_jpeg, as_thumbnail, decode_thumbnail
from .report import FileOutcome, Kind, Outcome
from .values import Row, RowError, flag, json_names, json_object, number, optional_text, span, text

_COLUMNS: Final = (
    "id",
    "label",
    "sub_label",
    "camera",
    "start_time",
    "end_time",
    "top_score",
    "score",
    "false_positive",
    "zones",
    "thumbnail",
    "has_clip",
    "has_snapshot",
    "retain_indefinitely",
    "data",
)
_FOLDER: Final = "clips"
_CLEAN: Final = ("-clean.webp", "-clean.png")
_LONGEST_S: Final = 30 * 86_400.0
_LONGEST_ID: Final = 64
_NO_CLIP: Final = "Frigate had no recording of it when it was imported"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    event: StoredEvent
    stem: str  # of its files in Frigate's folder
    thumbnail_file: str
    had_clip: bool
    had_snapshot: bool


class EventImport:
    """Imports ended events under their IDs. Import recordings first: they show which events have a clip."""

    def __init__(self, context: ImportContext) -> None:
        """Prepare."""
        self._context = context

    def run(self) -> None:
        """Import all rows."""
        context = self._context
        rows = context.database.rows("event", _COLUMNS, "id")
        for batch in in_batches(context, Kind.EVENTS, rows, self._read):
            with context.control.half_of_the_time():
                self._import(batch)

    def _read(self, row: Row) -> _Found | Outcome:
        camera = self._context.camera(row)
        if not camera or flag(row, "false_positive"):
            return Outcome.LEFT_OUT
        if row.get("end_time") is None:
            return Outcome.UNFINISHED
        event_id, origin = text(row, "id", _LONGEST_ID), str(row["camera"])
        try:
            snapshot_path(Path(), camera, event_id)
        except ValueError:
            raise RowError("its ID or camera cannot name a file") from None
        return _Found(
            event=_event(row, camera, event_id),
            stem=f"{origin}-{event_id}",
            thumbnail_file=f"thumbs/{origin}/{event_id}.webp",
            had_clip=flag(row, "has_clip"),
            had_snapshot=flag(row, "has_snapshot"),
        )

    def _import(self, batch: list[_Found]) -> None:
        context = self._context
        ids = tuple(found.event.id for found in batch)
        query = EventFilter(ids=ids, in_progress=None, limit=None, include_thumbnails=False)
        known = {event.id for event in context.store.events(query)}
        new = [self._with_files(found) for found in batch if found.event.id not in known]
        context.report.count(Kind.EVENTS, Outcome.KNOWN, len(batch) - len(new))
        context.report.count(Kind.EVENTS, Outcome.ADDED, len(new))
        if new and not context.request.is_trial:
            context.write(lambda store: store.add(new))

    def _with_files(self, found: _Found) -> StoredEvent:
        event = found.event
        snapshot = self._snapshot(found)
        thumbnail = event.thumbnail
        if thumbnail is None:
            file = self._find(found, found.thumbnail_file) or snapshot
            thumbnail = as_thumbnail(file) if file is not None else None
        if snapshot is None and found.had_snapshot:
            self._context.report.files[FileOutcome.NO_PICTURE] += 1
        has_clip = self._has_clip(found)
        return replace(
            event,
            thumbnail=thumbnail,
            has_snapshot=snapshot is not None,
            has_clip=has_clip,
            clip_problem=None if has_clip else _NO_CLIP,
        )

    def _snapshot(self, found: _Found) -> Path | None:
        """Bring an event's picture and return its file; one without anything drawn in is converted."""
        target = snapshot_path(self._context.paths.clips, found.event.camera, found.event.id)
        if (file := self._find(found, f"{found.stem}.jpg")) is not None:
            return file if self._bring(found, file, target) else None
        clean = next((file for suffix in _CLEAN if (file := self._find(found, f"{found.stem}{suffix}"))), None)
        jpeg = as_jpeg(clean) if clean is not None else None
        if jpeg is None:
            return None
        self._context.report.files[FileOutcome.DRAWN] += 1
        if self._context.request.is_trial:
            return clean
        try:
            target.write_bytes(jpeg)
        except OSError as err:
            self._context.report.note(f"{target} cannot be written: {err.strerror}")
            return None
        return target

    def _has_clip(self, found: _Found) -> bool:
        event, context = found.event, self._context
        file = self._find(found, f"{found.stem}.mp4")
        if file is not None and self._bring(found, file, clip_path(context.paths.clips, event.camera, event.id)):
            return True
        end = event.end_time or event.start_time
        if context.store.recordings.between(event.camera, event.start_time, end):
            return True
        if found.had_clip and not context.request.is_trial:
            context.report.files[FileOutcome.NO_CLIP] += 1
        return False

    def _find(self, found: _Found, relative: str) -> Path | None:
        if "/" in found.stem or "\\" in found.stem or found.stem.startswith("."):
            return None
        with suppress(RowError):
            return self._context.transfer.find(_FOLDER, relative)
        self._context.report.note(f"event {found.event.id}: {relative} is a link to another place")
        return None

    def _bring(self, found: _Found, file: Path, target: Path) -> bool:
        try:
            self._context.transfer.bring(file, target)
        except RowError as err:
            self._context.report.note(f"event {found.event.id}: {err}")
            return False
        return True


def _event(row: Row, camera: str, event_id: str) -> StoredEvent:
    start, end = span(row, _LONGEST_S)
    data = _data(row)
    return StoredEvent(
        id=event_id,
        camera=camera,
        label=text(row, "label"),
        start_time=start,
        end_time=end,
        top_score=_score(data),
        zones=json_names(row, "zones"),
        retained=flag(row, "retain_indefinitely"),
        is_manual=data.get("type") == "api",
        sub_label=optional_text(row, "sub_label"),
        data=data,
        thumbnail=decode_thumbnail(row.get("thumbnail")),
    )


def _data(row: Row) -> Mapping[str, Any]:
    """Return the event's data; before 0.13, its figures had columns."""
    columns = {key: value for key in ("score", "top_score") if (value := number(row, key)) is not None}
    return {"type": "object"} | columns | json_object(row, "data")


def _score(data: Mapping[str, Any]) -> float:
    for key in ("top_score", "score"):
        value = data.get(key)
        if isinstance(value, int | float) and 0 <= value <= 1:
            return float(value)
    return 0.0
