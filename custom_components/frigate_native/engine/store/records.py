"""Queries to the event store and their results."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from ..event_details import EventNotes
from ..messages import ObjectState

WITHOUT: Final = ""
"""In a filter: events without a zone, sub label or plate. No name is empty."""
_NO_DATA: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A position in the order of events: by start time, then by ID."""

    start_time: float
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """An event in the database. Times are epoch seconds; an ongoing event has no `end_time`.

    thumbnail is a JPEG, None if there is none or it was not requested; clip_problem says why there is no clip. A
    retained event is never deleted. sub_label is what the object was recognized as (several are joined by commas), or
    the description of a manual event. data has today's Frigate's keys: type, score, top_score, box and region
    (relative), description, recognized_license_plate and so on; missing ones are absent.
    """

    id: str
    camera: str
    label: str
    start_time: float
    end_time: float | None
    top_score: float
    zones: tuple[str, ...] = ()
    has_clip: bool = False
    has_snapshot: bool = False
    clip_problem: str | None = None
    retained: bool = False
    is_manual: bool = False
    sub_label: str | None = None
    data: Mapping[str, Any] = field(default_factory=lambda: _NO_DATA)
    thumbnail: bytes | None = field(default=None, repr=False)

    @property
    def entered_zones(self) -> tuple[str, ...]:
        """The zones that the object has entered."""
        return self.zones

    @property
    def false_positive(self) -> bool:
        """Only confirmed objects are stored."""
        return False

    def to_state(self) -> ObjectState:
        """Return the event's last state; what is not stored of it, such as its box, is empty."""
        nowhere = (0, 0, 0, 0)
        return ObjectState(
            id=self.id,
            camera=self.camera,
            frame_time=self.start_time if self.end_time is None else self.end_time,
            label=self.label,
            top_score=self.top_score,
            false_positive=self.false_positive,
            start_time=self.start_time,
            end_time=self.end_time,
            score=self.top_score,
            box=nowhere,
            area=0,
            region=nowhere,
            current_zones=(),
            entered_zones=self.zones,
            is_manual=self.is_manual,
            notes=EventNotes(sub_label=self.sub_label),
        )

    @property
    def cursor(self) -> Cursor:
        """The position after which the next page starts, if this is the last event of a page."""
        return Cursor(start_time=self.start_time, id=self.id)

    def to_payload(self, *, include_thumbnail: bool = True) -> dict[str, Any]:
        """Return the JSON object of `events`; a missing thumbnail is an empty string."""
        payload: dict[str, Any] = {
            "id": self.id,
            "label": self.label,
            "camera": self.camera,
            "start_time": self.start_time,
            "end_time": self.end_time,
            "top_score": self.top_score,
            "false_positive": False,
            "zones": list(self.zones),
            "thumbnail": b64encode(self.thumbnail or b"").decode(),
            "has_clip": self.has_clip,
            "has_snapshot": self.has_snapshot,
            "retain_indefinitely": self.retained,
            "sub_label": self.sub_label,
        }
        if not include_thumbnail:
            del payload["thumbnail"]
        return payload


class EventSort(StrEnum):
    """What events can be sorted by."""

    START = "start"
    SCORE = "score"
    SPEED = "speed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOfDay:
    """A part of each day, in seconds from midnight; it may end after midnight. Without a zone: the system's."""

    begin_s: float
    end_s: float
    time_zone: tzinfo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """Which events to select: those that meet all conditions. None and () are no condition.

    An event must match one of the IDs, cameras, labels, sub labels, plates and zones, and one zone of each group in
    also_zones; WITHOUT among zones, sub labels or plates matches events without any. A sub label is compared without
    regard to case, with the whole text and with its parts between commas. before and after limit the start time, both
    inclusive; scores (of the picture), speeds and lengths in seconds are limited likewise, those of ongoing events to
    none. in_progress False selects only events that have ended, True only ongoing ones.

    A limit of None or below zero selects all. older_than continues after the last event of the previous page (in the
    order of start times); offset counts from there. Sorted by score or speed, newest_first means the highest first.
    """

    ids: tuple[str, ...] = ()
    cameras: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    sub_labels: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    also_zones: tuple[tuple[str, ...], ...] = ()
    plates: tuple[str, ...] = ()
    before: float | None = None
    after: float | None = None
    has_clip: bool | None = None
    has_snapshot: bool | None = None
    retained: bool | None = None
    in_progress: bool | None = False
    time_of_day: TimeOfDay | None = None
    min_score: float | None = None
    max_score: float | None = None
    min_speed: float | None = None
    max_speed: float | None = None
    min_length: float | None = None
    max_length: float | None = None
    limit: int | None = 100
    offset: int = 0
    older_than: Cursor | None = None
    include_thumbnails: bool = True
    newest_first: bool = True
    sort: EventSort = EventSort.START

    @property
    def zone_groups(self) -> tuple[tuple[str, ...], ...]:
        """The groups of zones; an event must match one zone of each."""
        return tuple(zones for zones in (self.zones, *self.also_zones) if zones)


class EventField(StrEnum):
    """What events can be grouped by for counting."""

    CAMERA = "camera"
    LABEL = "label"
    ZONE = "zone"


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """How many events with this camera, label, sub label and zones started on a local day, `YYYY-MM-DD`."""

    camera: str
    label: str
    sub_label: str | None = None
    day: str
    zones: tuple[str, ...]
    count: int

    def to_payload(self) -> dict[str, Any]:
        """Return the JSON object of `events/summary`."""
        return {
            "camera": self.camera,
            "label": self.label,
            "sub_label": self.sub_label,
            "day": self.day,
            "zones": list(self.zones),
            "count": self.count,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWrite:
    """An event's newest state, to be written; without a jpeg the thumbnail is left as it is."""

    state: ObjectState
    jpeg: bytes | None = field(default=None, repr=False)
