"""What waits to be published, bounded, with the policy of what gives way."""

import threading
from collections import deque
from dataclasses import dataclass
from typing import Final

from ..messages import EventMessage, EventType, SnapshotMessage

MOST_EVENTS: Final = 1000
_GIVES_WAY = (EventType.UPDATE, EventType.NEW, EventType.END)


@dataclass(frozen=True, slots=True)
class Count:
    """A count that is due on its topic."""

    topic: str
    count: int


type Item = EventMessage | Count | SnapshotMessage


class Outbox:
    """Hands what engine threads report to the one thread that publishes; putting never blocks.

    Of counts and snapshots only the newest of each topic is kept. Events are kept in order, a thousand at most: when
    more come while the broker is away, the oldest update gives way, then the oldest beginning, then the oldest end.
    """

    def __init__(self) -> None:
        """Start empty and open."""
        self._condition = threading.Condition()
        self._events: deque[EventMessage] = deque()
        self._counts: dict[str, Count] = {}
        self._snapshots: dict[tuple[str, str], SnapshotMessage] = {}
        self._is_open = True
        self.dropped = 0

    def put(self, item: Item) -> None:
        """Leave something to be published."""
        with self._condition:
            if isinstance(item, EventMessage):
                self._events.append(item)
                self._make_room()
            elif isinstance(item, Count):
                self._counts[item.topic] = item
            else:
                self._snapshots[item.camera, item.label] = item
            self._condition.notify()

    def put_back(self, item: Item) -> None:
        """Return what could not be published; something newer wins over it."""
        with self._condition:
            if isinstance(item, EventMessage):
                self._events.appendleft(item)
                self._make_room()
            elif isinstance(item, Count):
                self._counts.setdefault(item.topic, item)
            else:
                self._snapshots.setdefault((item.camera, item.label), item)

    def take(self, timeout_s: float) -> Item | None:
        """Return the next thing to publish, None when nothing came in time or the box is closed."""
        with self._condition:
            if self._is_open and not (self._events or self._counts or self._snapshots):
                self._condition.wait(timeout_s)
            if self._events:
                return self._events.popleft()
            if self._counts:
                return self._counts.pop(next(iter(self._counts)))
            if self._snapshots:
                return self._snapshots.pop(next(iter(self._snapshots)))
            return None

    def close(self) -> None:
        """Wake whoever waits in `take`, now and from now on."""
        with self._condition:
            self._is_open = False
            self._condition.notify_all()

    def _make_room(self) -> None:
        if len(self._events) <= MOST_EVENTS:
            return
        for kind in _GIVES_WAY:
            for index, event in enumerate(self._events):
                if event.type is kind:
                    del self._events[index]
                    self.dropped += 1
                    return
