"""Which events need files: the one place that decides it, for live and for stored events."""

from collections.abc import Collection
from typing import Protocol

from .config.model import CameraConfig, ReviewConfig
from .event_details import Severity


class EventFacts(Protocol):
    """What the rules need to know of an event, whether it is live or stored."""

    @property
    def label(self) -> str:
        """What was detected, or the label of a manual event."""
        ...

    @property
    def entered_zones(self) -> tuple[str, ...]:
        """The zones that the object has entered so far."""
        ...

    @property
    def false_positive(self) -> bool:
        """Whether the object has not been confirmed."""
        ...

    @property
    def is_manual(self) -> bool:
        """Whether the event was created by hand."""
        ...


def needs_clip(camera: CameraConfig, event: EventFacts) -> bool:
    """Return whether a camera's configuration asks for a clip of an event.

    Labels and zones do not matter for a manual event.
    """
    config = camera.save_clips
    has_label = config.objects is None or event.label in config.objects
    is_asked_for = has_label and _is_confirmed_in(config.required_zones, event)
    return config.enabled and (is_asked_for or event.is_manual)


def needs_snapshot(camera: CameraConfig, event: EventFacts) -> bool:
    """Return whether a camera's configuration asks for a snapshot file of an event.

    Zones do not matter for a manual event.
    """
    config = camera.snapshots
    return config.enabled and (_is_confirmed_in(config.required_zones, event) or event.is_manual)


def expected_files(camera: CameraConfig, event: EventFacts) -> tuple[bool, bool]:
    """Return whether an event has a clip and a snapshot, or will have them, as far as can be known by now."""
    return needs_clip(camera, event), needs_snapshot(camera, event)


def severity_of(review: ReviewConfig, label: str, zones: Collection[str]) -> Severity | None:
    """Return how much an active object with this label matters in these zones; None: not at all."""
    alerts, detections = review.alerts, review.detections
    if alerts.enabled and label in alerts.labels and _is_in(alerts.required_zones, zones):
        return Severity.ALERT
    is_listed = detections.labels is None or label in detections.labels
    if detections.enabled and is_listed and _is_in(detections.required_zones, zones):
        return Severity.DETECTION
    return None


def _is_in(required: Collection[str], zones: Collection[str]) -> bool:
    return not required or not set(required).isdisjoint(zones)


def _is_confirmed_in(required_zones: tuple[str, ...], event: EventFacts) -> bool:
    return _is_in(required_zones, event.entered_zones) and not event.false_positive
