"""Review items of events that were made by hand."""

import threading
from collections.abc import Callable
from dataclasses import replace

from ..config.model import ReviewConfig
from ..messages import EventMessage, EventType, ObjectState, ReviewMessage, ReviewState, Severity
from ..objects import new_id
from ..pictures import ScenePicture


class ManualReviews:
    """Gives each manual event an item of its own: an alert, unless the camera's detections name its label.

    Any thread may call it.
    """

    def __init__(self, current_config: Callable[[], ReviewConfig], on_message: Callable[[ReviewMessage], None]) -> None:
        """Start without items; current_config returns the configuration as its features are switched now."""
        self._current_config = current_config
        self._on_message = on_message
        self._lock = threading.Lock()
        self._open: dict[str, ReviewState] = {}  # by event ID

    def receive(self, message: EventMessage) -> None:
        """Open the item of an event, or end it."""
        event = message.after
        has_ended = message.type is EventType.END
        with self._lock:
            before = self._open.pop(event.id, None)
            if before is None and not self._is_kept(event):
                return
            after = before or self._item(event)
            if has_ended:
                after = replace(after, end_time=event.end_time, last_time=event.end_time or after.last_time)
            else:
                self._open[event.id] = after
        if before is not None and not has_ended:
            return
        shown = message.picture
        picture = ScenePicture(frame=shown.frame, box=shown.box) if shown else None
        kind = EventType.END if has_ended else EventType.NEW
        self._on_message(ReviewMessage(type=kind, before=before or after, after=after, picture=picture))

    def _item(self, event: ObjectState) -> ReviewState:
        return ReviewState(
            id=new_id(event.start_time),
            camera=event.camera,
            severity=self._severity(event),
            start_time=event.start_time,
            end_time=None,
            event_ids=(event.id,),
            labels=(event.label,),
            zones=(),
            last_time=event.start_time,
            thumbnail_time=event.start_time,
        )

    def _severity(self, event: ObjectState) -> Severity:
        named = self._current_config().detections.labels
        return Severity.DETECTION if named is not None and event.label in named else Severity.ALERT

    def _is_kept(self, event: ObjectState) -> bool:
        config, is_alert = self._current_config(), self._severity(event) is Severity.ALERT
        return config.alerts.enabled if is_alert else config.detections.enabled
