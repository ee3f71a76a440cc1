"""Keys of clips, recordings and pictures."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .. import checks, forms
from ..keys import (
    Former,
    FormField,
    Written,
    key,
    named_values,
    section,
)
from ..names import label, labels, zone_names
from ..validators import Choice, Number, Whole, cache_size, flag

_YEARS: Final = 3650  # days that a form offers to keep something
_DAYS: Final = Number(0, 36_500)


_MOST_DAYS: Final = 36_500  # a century
_MINUTE: Final = 60  # seconds that a form offers before and after an event


@dataclass(frozen=True, slots=True, kw_only=True)
class RetainConfig:
    """Days that clips or snapshots are kept."""

    default: int = key(
        Whole(0, _MOST_DAYS),
        10,
        "Days that events are kept.",
        unit="d",
        form=FormField(forms.EVENTS, name="event_days", most=_YEARS),
    )
    objects: Mapping[str, int] = named_values(Whole(0, _MOST_DAYS), "Days for single labels: `person: 15`.", name=label)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipsConfig:
    """The global `save_clips` section."""

    max_seconds: int = key(Whole(1), 300, "Longest clip.", unit="s")
    tmpfs_cache_size: str | None = key(cache_size, None, "Size of the cache in memory: `256m`.")
    retain: RetainConfig = section(RetainConfig, "How long clips are kept.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraClipsConfig:
    """The `save_clips` section of a camera; `objects` None: all tracked ones."""

    enabled: bool = key(
        flag, False, "Save a clip of each event.", form=FormField(forms.EVENTS, name="clips", default=True)
    )
    pre_capture_s: int = key(
        Whole(),
        5,
        "Seconds before the event.",
        name="pre_capture",
        unit="s",
        form=FormField(forms.EVENTS, most=_MINUTE),
    )
    post_capture_s: int = key(
        Whole(),
        5,
        "Seconds after the event.",
        name="post_capture",
        unit="s",
        form=FormField(forms.EVENTS, most=_MINUTE),
    )
    objects: tuple[str, ...] | None = key(labels, None, "Labels to save clips of; by default all tracked ones.")
    required_zones: tuple[str, ...] = key(zone_names, (), "Save clips only of objects that were in one of these.")
    retain: RetainConfig = section(RetainConfig, "How long clips are kept.")


class RetainMode(StrEnum):
    """Which recordings at the time of an alert or a detection are kept."""

    ALL = "all"
    MOTION = "motion"
    ACTIVE_OBJECTS = "active_objects"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinuousConfig:
    """How long everything is kept."""

    days: float = key(
        _DAYS,
        30.0,
        "Days that all recordings are kept.",
        unit="d",
        former=(Former("record.retain_days"),),
        form=FormField(forms.RECORDING, name="retain_days"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionRecordingsConfig:
    """How long recordings with motion are kept."""

    days: float = key(
        _DAYS,
        0.0,
        "Days that recordings with motion are kept.",
        unit="d",
        form=FormField(forms.RECORDING, name="motion_days"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RetainAlertsConfig:
    """How long recordings of alerts are kept, and which."""

    days: float = key(
        _DAYS,
        0.0,
        "Days that recordings of alerts are kept.",
        unit="d",
        form=FormField(forms.RECORDING, name="alert_days", default=10),
    )
    mode: RetainMode = key(Choice(RetainMode), RetainMode.MOTION, "Which of them are kept.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RetainDetectionsConfig:
    """How long recordings of detections are kept, and which."""

    days: float = key(
        _DAYS,
        0.0,
        "Days that recordings of detections are kept.",
        unit="d",
        form=FormField(forms.RECORDING, name="detection_days", default=10),
    )
    mode: RetainMode = key(Choice(RetainMode), RetainMode.MOTION, "Which of them are kept.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAlertsConfig:
    """Recordings of alerts."""

    pre_capture_s: int = key(Whole(0, _MINUTE), 5, "Seconds kept before an alert.", name="pre_capture", unit="s")
    post_capture_s: int = key(Whole(), 5, "Seconds kept after an alert.", name="post_capture", unit="s")
    retain: RetainAlertsConfig = section(RetainAlertsConfig, "How long they are kept.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDetectionsConfig:
    """Recordings of detections."""

    pre_capture_s: int = key(Whole(0, _MINUTE), 5, "Seconds kept before a detection.", name="pre_capture", unit="s")
    post_capture_s: int = key(Whole(), 5, "Seconds kept after a detection.", name="post_capture", unit="s")
    retain: RetainDetectionsConfig = section(RetainDetectionsConfig, "How long they are kept.")


class PreviewQuality(StrEnum):
    """How good the pictures of previews are."""

    VERY_LOW = "very_low"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very_high"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewConfig:
    """The small film of each hour."""

    quality: PreviewQuality = key(Choice(PreviewQuality), PreviewQuality.MEDIUM, "Quality of previews.")


class RecordingLayout(StrEnum):
    """How recordings are named: `YYYY-MM/DD/HH` in local time, or `YYYY-MM-DD/HH` in UTC; then camera and MM.SS."""

    LOCAL = "local"
    UTC = "utc"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordConfig:
    """24/7 recording; a recording is kept as long as the longest of these rules that applies to it."""

    enabled: bool = key(flag, False, "Record around the clock.", form=FormField(forms.RECORDING, name="record"))
    layout: RecordingLayout = key(
        Choice(RecordingLayout),
        RecordingLayout.LOCAL,
        "Folders of new recordings: `local` is `YYYY-MM/DD/HH` in Home Assistant's zone, `utc` is `YYYY-MM-DD/HH`.",
    )
    continuous: ContinuousConfig = section(ContinuousConfig, "How long everything is kept.")
    motion: MotionRecordingsConfig = section(MotionRecordingsConfig, "How long recordings with motion are kept.")
    alerts: RecordAlertsConfig = section(RecordAlertsConfig, "How long recordings of alerts are kept.")
    detections: RecordDetectionsConfig = section(RecordDetectionsConfig, "How long recordings of detections are kept.")
    preview: PreviewConfig = section(PreviewConfig, "The small film of each hour.")

    @property
    def longest_days(self) -> float:
        """The most days that any recording is kept."""
        return max(self.continuous.days, self.motion.days, self.alerts.retain.days, self.detections.retain.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class RtmpConfig:
    """Restream of a camera."""

    enabled: bool = key(
        flag,
        True,
        "Restream the input that has the role `rtmp`.",
        form=FormField(forms.RECORDING, "restream", default=False),
    )


def _describes_files(camera: Written) -> bool:
    """Tell whether `snapshots.height` has its meaning since Frigate 0.8.4: the height of pictures on disk."""
    snapshots = camera.get("snapshots", {})
    has_file_keys = "mqtt" in camera or not {"enabled", "timestamp", "bounding_box", "crop"}.isdisjoint(snapshots)
    older = {"show_timestamp", "draw_zones", "draw_bounding_boxes", "crop_to_region"}
    return has_file_keys and older.isdisjoint(snapshots)


@dataclass(frozen=True, slots=True, kw_only=True)
class GlobalSnapshotsConfig:
    """The global `snapshots` section."""

    retain: RetainConfig = section(RetainConfig, "How long snapshots are kept.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotsConfig:
    """One picture of each event on disk; `height` None: that of the frame. draw_zones is for the debug view."""

    enabled: bool = key(
        flag, False, "Save a picture of each event.", form=FormField(forms.EVENTS, name="snapshots", default=True)
    )
    timestamp: bool = key(flag, False, "Draw the time.")
    bounding_box: bool = key(flag, False, "Draw the object's box.")
    crop: bool = key(flag, False, "Cut the picture to the object.")
    height: int | None = key(
        Whole(1, checks.MAX_SIDE), None, "Height of the picture; by default that of the frame.", unit="px"
    )
    required_zones: tuple[str, ...] = key(zone_names, (), "Save pictures only of objects that were in one of these.")
    retain: RetainConfig = section(RetainConfig, "How long snapshots are kept.")
    draw_zones: bool = key(flag, False, "Draw zones in the debug view.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedConfig:
    """The `mqtt` section of a camera: the pictures that are published, and how the best picture looks."""

    enabled: bool = key(flag, True, "Publish pictures over MQTT.")
    timestamp: bool = key(
        flag, True, "Draw the time on published pictures.", former=(Former("snapshots.show_timestamp"),)
    )
    bounding_box: bool = key(
        flag, True, "Draw the box on published pictures.", former=(Former("snapshots.draw_bounding_boxes"),)
    )
    crop: bool = key(flag, True, "Cut published pictures to the object.", former=(Former("snapshots.crop_to_region"),))
    height: int | None = key(
        Whole(1, checks.MAX_SIDE),
        175,
        "Height of the picture.",
        unit="px",
        former=(Former("snapshots.height", when=lambda camera: not _describes_files(camera)),),
    )
    required_zones: tuple[str, ...] = key(zone_names, (), "Publish pictures only of objects that were in one of these.")
