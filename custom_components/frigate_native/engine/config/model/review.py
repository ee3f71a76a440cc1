"""Keys of reviews: which objects make an alert, and which a detection."""

from dataclasses import dataclass

from ..keys import key, section
from ..names import labels, zone_names
from ..validators import Whole, flag


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertsConfig:
    """What deserves a look at once."""

    enabled: bool = key(flag, True, "Make alerts.")
    labels: tuple[str, ...] = key(labels, ("person", "car"), "Labels that make an alert.")
    required_zones: tuple[str, ...] = key(zone_names, (), "Only objects that are in one of these make an alert.")
    cutoff_time_s: int = key(
        Whole(1), 40, "Time without activity after which an alert ends.", name="cutoff_time", unit="s"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectionsConfig:
    """What may be of interest later; `labels` None: all tracked ones."""

    enabled: bool = key(flag, True, "Make detections.")
    labels: tuple[str, ...] | None = key(labels, None, "Labels that make a detection; by default all tracked ones.")
    required_zones: tuple[str, ...] = key(zone_names, (), "Only objects that are in one of these make a detection.")
    cutoff_time_s: int = key(
        Whole(1), 30, "Time without activity after which a detection ends.", name="cutoff_time", unit="s"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewConfig:
    """Two severities of what happens; an object is an alert if it can be one, else a detection."""

    alerts: AlertsConfig = section(AlertsConfig, "What deserves a look at once.")
    detections: DetectionsConfig = section(DetectionsConfig, "What may be of interest later.")
