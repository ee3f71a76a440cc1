"""What the storage thread still has to write: states of events, and jobs."""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ..errors import StoreError
from ..messages import EventMessage, EventType
from .store import EventStore

MOST_EVENTS: Final = 2000
MOST_JOBS: Final = 4000  # a clip and a snapshot of each event
_MOST_PICTURES: Final = 64  # each holds a frame, a few MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Work with the store; `waits`: it is kept until the database can be used, instead of failing at once."""

    work: Callable[[EventStore], Any]
    waits: bool
    future: Future[Any] = field(default_factory=Future)

    def fail(self, text: str) -> None:
        """Report to the submitter that it will not be done."""
        if self.future.running() or self.future.set_running_or_notify_cancel():
            self.future.set_exception(StoreError(text))


class PendingWrites:
    """Takes messages and jobs from any thread without blocking, and hands them to the storage thread.

    Only the newest message of each event is kept, as it contains everything before it. If there are too many, those of
    ongoing events are dropped first, since later ones repeat them; ends are dropped last, and lose their pictures when
    many are pending. If there are too many jobs, further ones are refused.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._condition = threading.Condition()
        self._current: dict[str, EventMessage] = {}
        self._changed: dict[str, EventMessage] = {}
        self._jobs: deque[Job] = deque()
        self._is_closed = False
        self.lost = 0  # ends that were dropped
        self.lost_jobs = 0  # jobs that were refused

    def put(self, message: EventMessage) -> None:
        """Add an event's newest state."""
        with self._condition:
            event_id = message.after.id
            self._current[event_id] = message
            if message.type is EventType.END and len(self._changed) >= _MOST_PICTURES:
                message = replace(message, picture=None)
            self._changed.pop(event_id, None)
            self._changed[event_id] = message
            if len(self._changed) > MOST_EVENTS:
                self._drop_one()
            if message.type is EventType.END:
                del self._current[event_id]
            self._condition.notify()

    def add(self, job: Job) -> bool:
        """Add a job; return whether it was accepted."""
        with self._condition:
            if self._is_closed:
                return False
            if len(self._jobs) >= MOST_JOBS:
                self.lost_jobs += 1
                return False
            self._jobs.append(job)
            self._condition.notify()
            return True

    def wait(self, timeout_s: float) -> None:
        """Return once something is pending, or after the timeout."""
        with self._condition:
            if not (self._changed or self._jobs or self._is_closed):
                self._condition.wait(timeout_s)

    def pause(self, timeout_s: float) -> None:
        """Return once a job is pending or after `close`, or after the timeout."""
        with self._condition:
            self._condition.wait_for(lambda: self._jobs or self._is_closed, timeout_s)

    def take(self) -> tuple[list[EventMessage], list[Job]]:
        """Return and remove all that is pending."""
        with self._condition:
            messages, self._changed = list(self._changed.values()), {}
            jobs = list(self._jobs)
            self._jobs.clear()
            return messages, jobs

    def close(self) -> None:
        """Accept no more jobs and wake the storage thread."""
        with self._condition:
            self._is_closed = True
            self._condition.notify()

    def newest(self, event_id: str) -> EventMessage | None:
        """Return the newest message of an event that is ongoing or still pending."""
        with self._condition:
            return self._current.get(event_id) or self._changed.get(event_id)

    def current(self) -> list[EventMessage]:
        """Return the newest message of each ongoing event."""
        with self._condition:
            return list(self._current.values())

    def _drop_one(self) -> None:
        ongoing = (key for key, message in self._changed.items() if message.type is not EventType.END)
        event_id = next(ongoing, None)
        if event_id is None:
            event_id = next(iter(self._changed))
            self.lost += 1
        del self._changed[event_id]
