"""Times of a camera whose recordings are kept longer: those of alerts and detections."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from heapq import merge
from math import inf
from typing import Final, Protocol, override

from ..config.model import CameraConfig, RecordConfig, RetainMode
from ..media.recorded_video import can_use_recordings
from ..messages import Severity
from ..store import EventFilter, EventStore, Recording, StoredEvent

_DAY_S: Final = 86_400.0
_PAGE: Final = 500
_MOST_PRE_CAPTURE_S: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSpan:
    """A time range with pre- and post-capture (epoch), and which of its recordings are kept."""

    start: float
    end: float
    mode: RetainMode

    def keeps(self, recording: Recording) -> bool:
        """Return whether a recording in this time is kept; one from a time without detection may hold anything."""
        if recording.end <= self.start or recording.start >= self.end:
            return False
        match self.mode:
            case RetainMode.ALL:
                return True
            case RetainMode.MOTION:
                return recording.has_motion or not recording.is_watched
            case RetainMode.ACTIVE_OBJECTS:
                return bool(recording.objects) or not recording.is_watched


class KeptSpans(Protocol):
    """What is kept of a camera now, by the start of the spans; they may begin a minute earlier than in order."""

    def of(self, camera: CameraConfig, now: float) -> Iterator[KeptSpan]:
        """Yield the spans."""
        ...


class ReviewSpans(KeptSpans):
    """Alerts and detections are the review items; events that a user retained keep their recordings, too.

    What was imported is kept for a while. Where clips are cut from recordings, these are also kept for as long as the
    clips, unless reviews have rules.
    """

    def __init__(self, store: EventStore) -> None:
        """Use a database."""
        self._store = store

    @override
    def of(self, camera: CameraConfig, now: float) -> Iterator[KeptSpan]:
        """Yield the spans whose recordings have not expired."""
        spans = (
            self._items(camera, now),
            self._retained(camera),
            self._clips(camera, now),
            self._imported(camera, now),
        )
        return merge(*spans, key=lambda span: span.start)

    def _items(self, camera: CameraConfig, now: float) -> Iterator[KeptSpan]:
        for state in self._store.reviews.oldest_first(camera.name):
            rule = _rule(camera.record, state.severity)
            end = inf if state.end_time is None else state.end_time
            if end >= now - rule.days * _DAY_S:
                yield KeptSpan(start=state.start_time - rule.pre_s, end=end + rule.post_s, mode=rule.mode)

    def _retained(self, camera: CameraConfig) -> Iterator[KeptSpan]:
        alerts = camera.record.alerts
        for event in self._events(camera, retained=True):
            end = inf if event.end_time is None else event.end_time + alerts.post_capture_s
            yield KeptSpan(start=event.start_time - alerts.pre_capture_s, end=end, mode=RetainMode.ALL)

    def _imported(self, camera: CameraConfig, now: float) -> Iterator[KeptSpan]:
        for kept in self._store.kept_times.of(camera.name, now):
            yield KeptSpan(start=kept.start, end=kept.end, mode=RetainMode.ALL)

    def _clips(self, camera: CameraConfig, now: float) -> Iterator[KeptSpan]:
        clips, record = camera.save_clips, camera.record
        if not can_use_recordings(camera):
            return
        reviewed_s = max(record.alerts.retain.days, record.detections.retain.days) * _DAY_S
        for event in self._events(camera):
            end = now if event.end_time is None else event.end_time
            kept_s = clips.retain.objects.get(event.label, clips.retain.default) * _DAY_S
            if reviewed_s <= now - end < kept_s and (event.has_clip or event.end_time is None):
                start = event.start_time - clips.pre_capture_s
                yield KeptSpan(start=start, end=end + clips.post_capture_s, mode=RetainMode.ALL)

    def _events(self, camera: CameraConfig, *, retained: bool | None = None) -> Iterator[StoredEvent]:
        page = EventFilter(
            cameras=(camera.name,),
            retained=retained,
            in_progress=None,
            limit=_PAGE,
            include_thumbnails=False,
            newest_first=False,
        )
        while events := self._store.events(page):
            yield from events
            page = replace(page, older_than=events[-1].cursor)


class SpanCursor:
    """Finds what keeps recordings that are asked about in the order of time."""

    def __init__(self, spans: Iterator[KeptSpan]) -> None:
        """Read spans as far as needed."""
        self._spans = spans
        self._next: KeptSpan | None = next(spans, None)
        self._current: list[KeptSpan] = []

    def keeps(self, recording: Recording) -> bool:
        """Return whether a span keeps a recording, which starts no earlier than the one before."""
        while self._next is not None and self._next.start - _MOST_PRE_CAPTURE_S < recording.end:
            self._current.append(self._next)
            self._next = next(self._spans, None)
        self._current = [span for span in self._current if span.end > recording.start]
        return any(span.keeps(recording) for span in self._current)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """What is kept of a severity: seconds before and after, for how many days, and which recordings."""

    pre_s: float
    post_s: float
    days: float
    mode: RetainMode


def _rule(record: RecordConfig, severity: Severity) -> _Rule:
    kept = record.alerts if severity is Severity.ALERT else record.detections
    return _Rule(pre_s=kept.pre_capture_s, post_s=kept.post_capture_s, days=kept.retain.days, mode=kept.retain.mode)
