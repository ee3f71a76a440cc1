"""A bounded queue of MQTT messages, and the rules for dropping."""

import re
import threading
from collections import deque
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

from ..messages import EventMessage, EventType, ReviewMessage, SnapshotMessage

type Change = EventMessage | ReviewMessage
"""A change of an event or of a review item."""

MAX_EVENTS: Final = 1000
_MAX_SINGLES: Final = 100
_NOT_IN_TOPICS: Final = re.compile("[#+\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LONGEST_TOPIC: Final = 65_535  # bytes; the standard's limit
_LARGEST_PACKET: Final = 268_435_455  # bytes; the standard's limit
_DROP_ORDER: Final = (EventType.UPDATE, EventType.NEW, EventType.END)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One MQTT message."""

    topic: str
    payload: bytes
    qos: int = 0
    retain: bool = False

    @property
    def problem(self) -> str | None:
        """The reason why brokers would end the connection over this message; None if it is valid."""
        if not self.topic or _NOT_IN_TOPICS.search(self.topic) or self.topic.startswith("$"):
            return "the topic is not valid"
        if len(self.topic.encode()) > _LONGEST_TOPIC:
            return "the topic is too long"
        if len(self.payload) + _LONGEST_TOPIC > _LARGEST_PACKET:
            return f"the payload has {len(self.payload)} bytes"
        return None


class Outbox:
    """Passes messages from engine threads to the publishing thread; adding never blocks.

    Only the newest state of a topic (counts, rendered snapshots) is queued, and all states are queued again on a new
    connection. Events and review items keep their order. Beyond a thousand, the oldest update is dropped, then the
    oldest start, then the oldest end; the next message of the same event or item gets its `before`. Only the newest
    image of each camera and label is queued for rendering.
    """

    def __init__(self) -> None:
        """Initialize an empty queue."""
        self._lock = threading.Lock()
        self._numbers = count()  # the order of arrival, for states and events alike
        self._states: dict[str, Publication] = {}
        self._queued_states: dict[str, int] = {}  # topics of queued states, and their numbers
        self._events: deque[tuple[int, Change]] = deque()
        self._singles: deque[Publication] = deque(maxlen=_MAX_SINGLES)
        self._unconfirmed: list[tuple[int, Change]] = []
        self._pictures: dict[tuple[str, str], SnapshotMessage] = {}
        self._dropped = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing is queued."""
        with self._lock:
            return not (self._queued_states or self._events or self._singles or self._pictures)

    def put_state(self, state: Publication, *, only_if_changed: bool = False) -> None:
        """Queue the newest state of a topic. A queued one is replaced in place."""
        with self._lock:
            if only_if_changed and self._states.get(state.topic) == state:
                return
            self._states[state.topic] = state
            self._queued_states.setdefault(state.topic, next(self._numbers))

    def put_event(self, message: Change) -> None:
        """Queue a change of an event or review item."""
        with self._lock:
            self._events.append((next(self._numbers), message))
            self._limit()

    def put_single(self, message: Publication) -> None:
        """Queue a message that is not repeated; beyond a hundred, the oldest is dropped."""
        with self._lock:
            self._singles.append(message)

    def put_picture(self, message: SnapshotMessage) -> None:
        """Queue an image to be rendered and published."""
        with self._lock:
            self._pictures[message.camera, message.label] = message

    def take_picture(self) -> SnapshotMessage | None:
        """Remove and return the oldest queued image, if any."""
        with self._lock:
            return self._pictures.pop(next(iter(self._pictures))) if self._pictures else None

    def take(self) -> Publication | Change | None:
        """Remove and return the oldest message; an event is kept until `confirm`."""
        with self._lock:
            topic = next(iter(self._queued_states), None)
            if self._events and (topic is None or self._events[0][0] < self._queued_states[topic]):
                self._unconfirmed.append(self._events.popleft())
                return self._unconfirmed[-1][1]
            if topic is None:
                return self._singles.popleft() if self._singles else None
            del self._queued_states[topic]
            return self._states[topic]

    def confirm(self) -> None:
        """Discard the events taken so far: they have been sent."""
        self._unconfirmed.clear()

    def start_over(self) -> int:
        """Queue all states and unconfirmed events for a new connection. Return the number of dropped events."""
        with self._lock:
            self._events.extendleft(reversed(self._unconfirmed))
            self._unconfirmed.clear()
            self._limit()
            self._queued_states = {topic: next(self._numbers) for topic in self._states}
            dropped, self._dropped = self._dropped, 0
            return dropped

    def _limit(self) -> None:
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
                self._events[place] = number, _continuing(dropped, message)
                return


def _continuing(dropped: Change, message: Change) -> Change:
    """Return a message with the `before` of the one before it, which was dropped."""
    match dropped, message:
        case EventMessage(), EventMessage():
            return replace(message, before=dropped.before)
        case ReviewMessage(), ReviewMessage():
            return replace(message, before=dropped.before)
    return message
