"""Imports review items with their thumbnails."""

from dataclasses import dataclass
from typing import Final

from ..messages import ReviewState, Severity
from ..store import ReviewWrite
from .context import ImportContext, in_batches
from .pictures import read_webp
from .report import Kind, Outcome
from .values import Row, RowError, flag, json_object, names, span, text

_COLUMNS: Final = ("id", "camera", "start_time", "end_time", "severity", "thumb_path", "has_been_reviewed", "data")
_SEEN_COLUMNS: Final = ("review_segment_id", "has_been_reviewed")
_FOLDER: Final = "clips"
_LONGEST_S: Final = 86_400.0
_LONGEST_ID: Final = 64
_VERIFIED: Final = "-verified"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    state: ReviewState
    thumbnail: object
    is_reviewed: bool


class ReviewImport:
    """Imports ended review items under their IDs; one that any user has seen counts as seen by ours."""

    def __init__(self, context: ImportContext) -> None:
        """Prepare."""
        self._context = context
        self._seen = frozenset[str]()

    def run(self) -> None:
        """Import all rows."""
        context = self._context
        seen = context.database.rows(
            "userreviewstatus", ("review_segment_id", "has_been_reviewed"), "review_segment_id"
        )
        self._seen = frozenset(str(row["review_segment_id"]) for row in seen if row.get("has_been_reviewed"))
        rows = context.database.rows("reviewsegment", _COLUMNS, "id")
        for batch in in_batches(context, Kind.REVIEWS, rows, self._read):
            with context.control.half_of_the_time():
                self._import(batch)

    def _read(self, row: Row) -> _Found | Outcome:
        camera = self._context.camera(row)
        severity = text(row, "severity")
        if not camera or severity not in set(Severity):
            return Outcome.LEFT_OUT
        if row.get("end_time") is None:
            return Outcome.UNFINISHED
        state = _state(row, camera, Severity(severity))
        is_reviewed = flag(row, "has_been_reviewed") or state.id in self._seen
        return _Found(state=state, thumbnail=row.get("thumb_path"), is_reviewed=is_reviewed)

    def _import(self, batch: list[_Found]) -> None:
        context = self._context
        known = context.store.reviews.known([found.state.id for found in batch])
        new = [found for found in batch if found.state.id not in known]
        context.report.count(Kind.REVIEWS, Outcome.KNOWN, len(batch) - len(new))
        context.report.count(Kind.REVIEWS, Outcome.ADDED, len(new))
        if not new or context.request.is_trial:
            return
        writes = [ReviewWrite(state=found.state, webp=self._thumbnail(found)) for found in new]
        context.write(lambda store: store.reviews.write(writes))
        seen = [found.state.id for found in new if found.is_reviewed]
        if seen and context.request.user:
            context.write(lambda store: store.reviews.mark(seen, context.request.user))

    def _thumbnail(self, found: _Found) -> bytes | None:
        if not isinstance(found.thumbnail, str) or not found.thumbnail:
            return None
        try:
            relative = self._context.transfer.relative(found.thumbnail, _FOLDER)
            file = self._context.transfer.find(_FOLDER, relative)
        except RowError as err:
            self._context.report.note(f"thumbnail of review item {found.state.id}: {err}")
            return None
        return read_webp(file) if file is not None else None


def _state(row: Row, camera: str, severity: Severity) -> ReviewState:
    start, end = span(row, _LONGEST_S)
    data = json_object(row, "data")
    labels = (*names(data.get("objects"), "data.objects"), *names(data.get("audio"), "data.audio"))
    seen = data.get("thumb_time")
    return ReviewState(
        id=text(row, "id", _LONGEST_ID),
        camera=camera,
        severity=severity,
        start_time=start,
        end_time=end,
        event_ids=names(data.get("detections"), "data.detections"),
        labels=tuple(dict.fromkeys(label.removesuffix(_VERIFIED) for label in labels)),
        zones=names(data.get("zones"), "data.zones"),
        last_time=end,
        thumbnail_time=float(seen) if isinstance(seen, int | float) else None,
    )
