"""Which events need files: the one place that decides it, for live and for stored events."""

from typing import Protocol

from .config.model import CameraConfig


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


def _is_confirmed_in(required_zones: tuple[str, ...], event: EventFacts) -> bool:
    is_in_zone = not required_zones or not set(required_zones).isdisjoint(event.entered_zones)
    return is_in_zone and not event.false_positive
