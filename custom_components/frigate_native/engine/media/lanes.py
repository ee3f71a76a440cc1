"""Runs jobs that block, in threads that exist only while there is work."""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from ..concurrency import Deadline

_LOGGER = logging.getLogger(__name__)

_MOST_WAITING: Final = 1000  # jobs of a lane; each is an event of one camera

_GIVING_UP_S: Final = 1.0  # for a job to notice that it is to end

type Job = Callable[[], None]


class Abandoned(Exception):
    """A job gives up because the system stops; the next start does it again."""


class Lanes:
    """Runs the jobs of each lane in order, and different lanes in parallel.

    Threads are named after their lane, as in `fn:clips:front`. Jobs must end by themselves, and soon once `check`
    raises.
    """

    def __init__(self) -> None:
        """Start without threads."""
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[Job]] = {}
        self._threads: dict[str, threading.Thread] = {}  # the newest of each lane; it may have ended
        self._running: set[str] = set()
        self._is_open = True
        self._is_ending = threading.Event()
        self._has_given_up = False

    def submit(self, lane: str, job: Job) -> bool:
        """Run a job once its lane is free; False if the lane is full or `stop` was called. Returns at once."""
        with self._lock:
            waiting = self._waiting.setdefault(lane, deque())
            if not self._is_open or len(waiting) >= _MOST_WAITING:
                return False
            waiting.append(job)
            if lane not in self._running:
                self._running.add(lane)
                thread = threading.Thread(target=self._run, args=(lane,), name=f"fn:{lane}", daemon=True)
                self._threads[lane] = thread
                thread.start()
        return True

    def check(self) -> None:
        """Raise Abandoned if jobs must end now. Jobs call this regularly."""
        if self._is_ending.is_set():
            raise Abandoned

    def stop(self, timeout_s: float) -> bool:
        """Accept no more jobs and wait for the rest; return whether all are done. May be called twice.

        Jobs that take too long are abandoned: they would interfere with the next start's in the same folder.
        """
        with self._lock:
            self._is_open = False
            threads = list(self._threads.values())
        late = _join(threads, timeout_s)
        if late:
            self._give_up()
            _LOGGER.warning("Not finished within %.0f s, left for the next start: %s", timeout_s, _names(late))
            late = _join(late, _GIVING_UP_S)
        if late:
            _LOGGER.error("Not responding, possibly because of a disk that does not respond: %s", _names(late))
        return not late and not self._has_given_up

    def _give_up(self) -> None:
        self._is_ending.set()
        with self._lock:
            for waiting in self._waiting.values():
                self._has_given_up = self._has_given_up or bool(waiting)
                waiting.clear()

    def _run(self, lane: str) -> None:
        while (job := self._next(lane)) is not None:
            try:
                job()
            except Abandoned:
                self._has_given_up = True
            except Exception:
                _LOGGER.exception("A job in thread fn:%s failed; the thread continues with the next", lane)

    def _next(self, lane: str) -> Job | None:
        with self._lock:
            if self._waiting[lane]:
                return self._waiting[lane].popleft()
            self._running.discard(lane)
            return None


def _join(threads: Sequence[threading.Thread], timeout_s: float) -> list[threading.Thread]:
    """Wait for threads; return those that are still running."""
    deadline = Deadline(timeout_s)
    for thread in threads:
        thread.join(deadline.left_s())
    return [thread for thread in threads if thread.is_alive()]


def _names(threads: Sequence[threading.Thread]) -> str:
    return ", ".join(thread.name for thread in threads)
