"""Manual events, such as those that an automation creates when a doorbell rings."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import inf
from typing import Final

from ..concurrency import Clock
from ..config.names import label as valid_label
from ..config.problems import Problem
from ..errors import EventError
from ..event_details import BestView, EventNotes
from ..frame import Frame
from ..geometry import Box, area
from ..messages import EventMessage, EventType, ObjectState
from ..objects import new_id
from ..pictures import Picture

MOST_RUNNING: Final = 100  # per camera; more suggest an automation that never ends its events
_FRESH_S: Final = 10.0  # an older picture does not show the event
_SURE: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Running:
    """end_time is epoch seconds, deadline_s monotonic; both are infinite if the event has no duration."""

    state: ObjectState
    picture: Picture | None = field(repr=False)
    end_time: float
    deadline_s: float


class ManualEvents:
    """The ongoing manual events of one camera.

    Any thread may begin and end them; one thread calls `expire` regularly to end those whose duration is over. Messages
    are sent in the caller's thread.
    """

    def __init__(
        self,
        camera: str,
        on_message: Callable[[EventMessage], None],
        newest_frame: Callable[[], Frame | None],
        clock: Clock,
    ) -> None:
        """Start without events; their pictures are of newest_frame."""
        self._camera = camera
        self._on_message = on_message
        self._newest_frame = newest_frame
        self._clock = clock
        self._lock = threading.Lock()
        self._running: dict[str, _Running] = {}
        self._is_open = True

    def begin(
        self, label: str, *, sub_label: str | None = None, duration_s: float = inf, has_picture: bool = True
    ) -> str:
        """Begin an event now and return its ID; it ends after its duration or by `end`.

        EventError when too many are running, the camera has been stopped or the label cannot be used.
        """
        _check_label(label)
        start = self._clock.now()
        frame = self._newest_frame()
        state = _begun(self._camera, label, sub_label, start, frame)
        is_fresh = frame is not None and start - frame.time <= _FRESH_S
        picture = _picture(state, frame) if frame is not None and is_fresh and has_picture else None
        state = replace(state, best=_view(picture))
        running = _Running(
            state=state,
            picture=picture,
            end_time=start + duration_s,
            deadline_s=self._clock.monotonic() + duration_s,
        )
        with self._lock:
            self._check_room()
            self._running[state.id] = running
            unknown = replace(state, false_positive=True, top_score=0.0)
            self._on_message(EventMessage(type=EventType.NEW, before=unknown, after=state, picture=running.picture))
        return state.id

    def end(self, event_id: str) -> bool:
        """End an event now; return whether it was ongoing."""
        with self._lock:
            return self._end(event_id)

    def expire(self) -> None:
        """End events whose duration is over."""
        now_s = self._clock.monotonic()
        with self._lock:
            for event_id in [key for key, running in self._running.items() if running.deadline_s <= now_s]:
                self._end(event_id)

    def close(self) -> None:
        """End all events and accept no more."""
        with self._lock:
            self._is_open = False
            for event_id in list(self._running):
                self._end(event_id)

    def _check_room(self) -> None:
        if not self._is_open:
            raise EventError(f"camera {self._camera} has been stopped")
        if len(self._running) >= MOST_RUNNING:
            raise EventError(
                f"camera {self._camera} already has {MOST_RUNNING} ongoing manual events;"
                " end some of them, or set a duration"
            )

    def _end(self, event_id: str) -> bool:
        running = self._running.pop(event_id, None)
        if running is None:
            return False
        end_time = max(min(self._clock.now(), running.end_time), running.state.start_time)
        after = replace(running.state, frame_time=end_time, end_time=end_time)
        self._on_message(EventMessage(type=EventType.END, before=running.state, after=after, picture=running.picture))
        return True


def _check_label(name: str) -> None:
    """Raise EventError for a label that MQTT topics cannot have."""
    try:
        valid_label(name)
    except Problem as err:
        raise EventError(f"{err.problem}; use {err.mend}") from err


def _begun(camera: str, label: str, sub_label: str | None, start: float, frame: Frame | None) -> ObjectState:
    whole: Box = (0, 0, *frame.size) if frame is not None else (0, 0, 0, 0)
    return ObjectState(
        id=new_id(start),
        camera=camera,
        frame_time=start,
        label=label,
        top_score=_SURE,
        false_positive=False,
        start_time=start,
        end_time=None,
        score=_SURE,
        box=whole,
        area=area(whole),
        region=whole,
        current_zones=(),
        entered_zones=(),
        is_manual=True,
        notes=EventNotes(sub_label=sub_label),
    )


def _picture(state: ObjectState, frame: Frame) -> Picture:
    return Picture(
        camera=state.camera,
        label=state.label,
        event_id=state.id,
        frame=frame,
        score=state.score,
        box=state.box,
        area=state.area,
    )


def _view(picture: Picture | None) -> BestView | None:
    if picture is None:
        return None
    return BestView(
        frame_time=picture.frame.time,
        frame_size=picture.frame.size,
        box=picture.box,
        area=picture.area,
        region=picture.box,
        score=picture.score,
    )
