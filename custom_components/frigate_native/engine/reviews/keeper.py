"""Opens and closes the review items of a camera."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Final

from ..config.model import ReviewConfig
from ..event_rules import severity_of
from ..frame import Frame
from ..geometry import Box, union
from ..messages import EventType, ReviewMessage, ReviewState, Severity
from ..objects import new_id
from ..pictures import ScenePicture
from .item import OpenItem

_SEVERITIES: Final = (Severity.ALERT, Severity.DETECTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActiveObject:
    """A confirmed object that was seen in a frame and does not stand still; box in pixels of the frame."""

    id: str
    label: str
    zones: tuple[str, ...]
    box: Box


class ReviewKeeper:
    """Keeps at most one open item. For the camera's process thread.

    An alert ends when there was no alert activity for its cut-off time, even while detections continue: these become an
    item of their own that begins where the alert ends. (Frigate 0.18 keeps the alert open and loses them.)
    """

    def __init__(self, camera: str, config: ReviewConfig, on_message: Callable[[ReviewMessage], None]) -> None:
        """Start without an item."""
        self._camera = camera
        self._config = config
        self._on_message = on_message
        self._item: OpenItem | None = None

    def follow(self, config: ReviewConfig) -> None:
        """Use a changed configuration from the next frame on; the open item ends as usual."""
        self._config = config

    def update(self, frame: Frame, active: Sequence[ActiveObject]) -> None:
        """Follow what is active in a frame; may end an item, begin one, or both."""
        self._close_what_is_over(frame.time)
        found = {severity: [one for one in active if self._severity(one) is severity] for severity in _SEVERITIES}
        if found[Severity.ALERT]:
            self._add(Severity.ALERT, found[Severity.ALERT] + found[Severity.DETECTION], frame)
        elif found[Severity.DETECTION]:
            self._add(Severity.DETECTION, found[Severity.DETECTION], frame)

    def end(self) -> None:
        """End the open item at its last activity: the camera has stopped."""
        while self._item is not None:
            self._close(self._item)

    def _severity(self, one: ActiveObject) -> Severity | None:
        return severity_of(self._config, one.label, one.zones)

    def _add(self, severity: Severity, active: Sequence[ActiveObject], frame: Frame) -> None:
        item = self._item
        seen = [(one.id, one.label, one.zones) for one in active]
        picture = ScenePicture(frame=frame, box=reduce(union, (one.box for one in active)))
        if item is None:
            item = self._item = OpenItem(new_id(frame.time), self._camera, severity, frame.time)
            item.add(severity, seen, frame.time)
            item.show(picture, len(active))
            self._notify(item, EventType.NEW)
        elif item.severity is Severity.ALERT and severity is Severity.DETECTION:
            item.wait(seen, frame.time, picture)
        elif item.add(severity, seen, frame.time) or len(active) > item.shown:
            item.show(picture, len(active))
            self._notify(item, EventType.UPDATE)

    def _close_what_is_over(self, now: float) -> None:
        while (item := self._item) is not None and now - item.last_time > self._cutoff_s(item.severity):
            self._close(item)

    def _cutoff_s(self, severity: Severity) -> float:
        is_alert = severity is Severity.ALERT
        return (self._config.alerts if is_alert else self._config.detections).cutoff_time_s

    def _close(self, item: OpenItem) -> None:
        self._notify(item, EventType.END)
        self._item = item.following(new_id(item.last_time))
        if self._item is not None:
            self._notify(self._item, EventType.NEW)

    def _notify(self, item: OpenItem, kind: EventType) -> None:
        after = item.state(has_ended=kind is EventType.END)
        before: ReviewState = item.reported or after
        item.reported = after
        self._on_message(ReviewMessage(type=kind, before=before, after=after, picture=item.picture))
