"""Times of a camera whose recordings are kept longer: those of alerts and detections."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf
from typing import Final, Protocol, override

from ..config.model import CameraConfig, RecordConfig, RetainMode, ReviewConfig
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
        """Return whether a recording in this time is kept; what nobody watched may hold anything."""
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


class EventSpans(KeptSpans):
    """Takes each stored event for an alert or a detection by its label and zones, as long as there are no reviews."""

    def __init__(self, store: EventStore) -> None:
        """Use a database."""
        self._store = store

    @override
    def of(self, camera: CameraConfig, now: float) -> Iterator[KeptSpan]:
        """Yield the spans of events whose recordings have not expired."""
        page = EventFilter(
            cameras=(camera.name,), in_progress=None, limit=_PAGE, include_thumbnails=False, newest_first=False
        )
        while events := self._store.events(page):
            for event in events:
                if span := _span(camera, event, now):
                    yield span
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


def severity_of(review: ReviewConfig, label: str, zones: tuple[str, ...]) -> str | None:
    """Return "alert", "detection" or None for an object that has entered these zones."""
    alerts, detections = review.alerts, review.detections
    if alerts.enabled and label in alerts.labels and _is_in(alerts.required_zones, zones):
        return "alert"
    is_detection = detections.labels is None or label in detections.labels
    return "detection" if detections.enabled and is_detection and _is_in(detections.required_zones, zones) else None


def _is_in(required: tuple[str, ...], zones: tuple[str, ...]) -> bool:
    return not required or not set(required).isdisjoint(zones)


def _span(camera: CameraConfig, event: StoredEvent, now: float) -> KeptSpan | None:
    severity = "alert" if event.is_manual else severity_of(camera.review, event.label, event.zones)
    if severity is None:
        return None
    pre_s, post_s, days, mode = _rule(camera.record, severity)
    end = inf if event.end_time is None else event.end_time
    if end < now - days * _DAY_S and not event.retained:
        return None
    return KeptSpan(start=event.start_time - pre_s, end=end + post_s, mode=RetainMode.ALL if event.retained else mode)


def _rule(record: RecordConfig, severity: str) -> tuple[float, float, float, RetainMode]:
    if severity == "alert":
        alerts = record.alerts
        return alerts.pre_capture_s, alerts.post_capture_s, alerts.retain.days, alerts.retain.mode
    detections = record.detections
    return detections.pre_capture_s, detections.post_capture_s, detections.retain.days, detections.retain.mode
