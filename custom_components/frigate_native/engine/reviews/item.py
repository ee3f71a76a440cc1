"""One review item while it is open."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..messages import ReviewState, Severity
from ..pictures import ScenePicture

type Seen = tuple[str, str, tuple[str, ...]]
"""Event ID, label and current zones of an active object."""


@dataclass(slots=True)
class OpenItem:
    """What is known of an item. last_time is the last activity of its own severity.

    Detections after the last alert activity of an alert wait: they belong to it only if the alert continues, else to
    the item after it.
    """

    id: str
    camera: str
    severity: Severity
    start_time: float
    last_time: float = 0.0
    labels: dict[str, str] = field(default_factory=dict)  # by event ID
    zones: dict[str, None] = field(default_factory=dict)  # an ordered set
    waiting: dict[Seen, None] = field(default_factory=dict)  # an ordered set
    waiting_time: float | None = None
    waiting_picture: ScenePicture | None = None
    picture: ScenePicture | None = None
    shown: int = 0  # objects in the picture
    reported: ReviewState | None = None

    def add(self, severity: Severity, seen: Iterable[Seen], time: float) -> bool:
        """Add what is active in a frame, whose highest severity is given; return whether the item's severity rose."""
        has_risen = self.severity is not severity
        self.severity, self.last_time = severity, time
        for event_id, label, zones in (*self.waiting, *seen):
            self.labels.setdefault(event_id, label)
            self.zones |= dict.fromkeys(zones)
        self.waiting, self.waiting_time, self.waiting_picture = {}, None, None
        return has_risen

    def wait(self, seen: Iterable[Seen], time: float, picture: ScenePicture) -> None:
        """Keep detections during an alert."""
        self.waiting |= dict.fromkeys(seen)
        self.waiting_time = time
        self.waiting_picture = self.waiting_picture or picture

    def show(self, picture: ScenePicture, count: int) -> None:
        """Use a picture with this many objects as thumbnail."""
        self.picture, self.shown = picture, count

    def following(self, new_id: str) -> OpenItem | None:
        """Return the item that begins where this alert ends: that of the detections since; None without any."""
        if self.waiting_time is None:
            return None
        item = OpenItem(new_id, self.camera, Severity.DETECTION, self.last_time)
        item.add(Severity.DETECTION, self.waiting, self.waiting_time)
        item.picture, item.shown = self.waiting_picture, 1
        return item

    def state(self, *, has_ended: bool) -> ReviewState:
        """Return the item as it is now."""
        return ReviewState(
            id=self.id,
            camera=self.camera,
            severity=self.severity,
            start_time=self.start_time,
            end_time=self.last_time if has_ended else None,
            event_ids=tuple(self.labels),
            labels=tuple(dict.fromkeys(self.labels.values())),
            zones=tuple(self.zones),
            last_time=self.last_time,
            thumbnail_time=self.picture.frame.time if self.picture else None,
        )
