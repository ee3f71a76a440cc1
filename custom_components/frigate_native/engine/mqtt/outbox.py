"""What waits to be published, bounded, with the policy of what gives way."""

import threading
from collections import deque
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from ..messages import EventMessage, EventType, SnapshotMessage

MAX_EVENTS: Final = 1000
_DROP_ORDER: Final = (EventType.UPDATE, EventType.NEW, EventType.END)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One MQTT message."""

    topic: str
    payload: bytes
    qos: int = 0
    retain: bool = False


class Outbox:
    """Hands what engine threads report to the one thread that publishes; putting never blocks.

    States (counts, rendered snapshots) are remembered by topic, the newest of each waits, and all are due again when
    a connection begins. Events keep their order, a thousand at most: when more come while the broker is away, the
    oldest update gives way, then the oldest beginning, then the oldest end; the next message of the same event takes
    over its `before`. Of pictures to be rendered the newest of each camera and label waits.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._numbers = count()  # the order in which things came, states and events together
        self._states: dict[str, Publication] = {}
        self._due: dict[str, int] = {}  # topics of states that wait, and their numbers
        self._events: deque[tuple[int, EventMessage]] = deque()
        self._in_hand: list[tuple[int, EventMessage]] = []
        self._pictures: dict[tuple[str, str], SnapshotMessage] = {}
        self._dropped = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing waits."""
        with self._lock:
            return not (self._due or self._events or self._pictures)

    def put_state(self, state: Publication, *, only_if_changed: bool = False) -> None:
        """Leave a topic's newest state; one that still waits is replaced in its place."""
        with self._lock:
            if only_if_changed and self._states.get(state.topic) == state:
                return
            self._states[state.topic] = state
            self._due.setdefault(state.topic, next(self._numbers))

    def put_event(self, message: EventMessage) -> None:
        """Leave an event's message."""
        with self._lock:
            self._events.append((next(self._numbers), message))
            self._shorten()

    def put_picture(self, message: SnapshotMessage) -> None:
        """Leave a picture that is to be rendered and published."""
        with self._lock:
            self._pictures[message.camera, message.label] = message

    def take_picture(self) -> SnapshotMessage | None:
        """Return the picture that waits longest, if any."""
        with self._lock:
            return self._pictures.pop(next(iter(self._pictures))) if self._pictures else None

    def take(self) -> Publication | EventMessage | None:
        """Return what came first of what waits; an event is in hand until `confirm`."""
        with self._lock:
            topic = next(iter(self._due), None)
            if self._events and (topic is None or self._events[0][0] < self._due[topic]):
                self._in_hand.append(self._events.popleft())
                return self._in_hand[-1][1]
            if topic is None:
                return None
            del self._due[topic]
            return self._states[topic]

    def confirm(self) -> None:
        """The events in hand have left the machine."""
        self._in_hand.clear()

    def start_over(self) -> int:
        """Make all states due, and the events in hand, for a new connection; return how many events were dropped."""
        with self._lock:
            self._events.extendleft(reversed(self._in_hand))
            self._in_hand.clear()
            self._shorten()
            self._due = {topic: next(self._numbers) for topic in self._states}
            dropped, self._dropped = self._dropped, 0
            return dropped

    def _shorten(self) -> None:
        while len(self._events) > MAX_EVENTS:
            self._drop_event()

    def _drop_event(self) -> None:
        kinds = [message.type for _, message in self._events]
        index = kinds.index(next(kind for kind in _DROP_ORDER if kind in kinds))
        dropped = self._events[index][1]
        del self._events[index]
        self._dropped += 1
        for place in range(index, len(self._events)):
            number, message = self._events[place]
            if message.after.id == dropped.after.id:
                self._events[place] = number, replace(message, before=dropped.before)
                return
