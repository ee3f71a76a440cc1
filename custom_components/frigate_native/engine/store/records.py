"""What is asked of the event store, and what it answers."""

from base64 import b64encode
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from ..messages import ObjectState


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """A place in the order of events: those of one start time follow their ids."""

    start_time: float
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEvent:
    """An event as the database has it. Times are epoch seconds; `end_time` None: it goes on.

    thumbnail is a JPEG, None when there is none or it was not asked for; clip_problem says why there is no clip. A
    retained event is kept for ever; sub_label is what somebody who made the event by hand says of it.
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
            sub_label=self.sub_label,
        )

    @property
    def cursor(self) -> Cursor:
        """Where the next page begins when this is a page's last event."""
        return Cursor(start_time=self.start_time, id=self.id)

    def to_payload(self, *, include_thumbnail: bool = True) -> dict[str, Any]:
        """Return the JSON object of `events`; without a thumbnail its text is empty."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """Which events are wanted; conditions are all to be met, None and () ask for nothing.

    Of several cameras, labels or zones one must fit, exactly; also_zones holds groups of zones, of each of which one
    must fit as well. before and after bound the start time, both inclusive. in_progress False: only what has ended,
    True: only what goes on. limit None or negative: all. older_than goes on behind an event of the page before (in the
    order asked for), offset counts from there.
    """

    cameras: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    also_zones: tuple[tuple[str, ...], ...] = ()
    before: float | None = None
    after: float | None = None
    has_clip: bool | None = None
    has_snapshot: bool | None = None
    retained: bool | None = None
    in_progress: bool | None = False
    limit: int | None = 100
    offset: int = 0
    older_than: Cursor | None = None
    include_thumbnails: bool = True
    newest_first: bool = True

    @property
    def zone_groups(self) -> tuple[tuple[str, ...], ...]:
        """The groups of zones, of each of which one must fit."""
        return tuple(zones for zones in (self.zones, *self.also_zones) if zones)


class EventField(StrEnum):
    """What events can be counted by."""

    CAMERA = "camera"
    LABEL = "label"
    ZONE = "zone"


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryRow:
    """How many events of a camera, label and list of zones began on a local day, `YYYY-MM-DD`."""

    camera: str
    label: str
    day: str
    zones: tuple[str, ...]
    count: int

    def to_payload(self) -> dict[str, Any]:
        """Return the JSON object of `events/summary`."""
        return {
            "camera": self.camera,
            "label": self.label,
            "day": self.day,
            "zones": list(self.zones),
            "count": self.count,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWrite:
    """An event's newest state on its way into the database; jpeg None: the thumbnail stays as it is."""

    state: ObjectState
    jpeg: bytes | None = field(default=None, repr=False)
