"""Jobs that wait and block, in threads that are there only while there is something to do."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

_LOGGER = logging.getLogger(__name__)

_MOST_WAITING: Final = 1000  # jobs of a lane; each is an event of one camera

type Job = Callable[[], None]


class Lanes:
    """Runs the jobs of one lane one after the other, and lanes side by side: none waits for another's.

    A thread is called after its lane, as in `fn:clips:front`. Jobs must end by themselves.
    """

    def __init__(self) -> None:
        """Start without threads."""
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[Job]] = {}
        self._threads: dict[str, threading.Thread] = {}  # by lane, the latest; it may have ended
        self._running: set[str] = set()
        self._is_open = True

    def submit(self, lane: str, job: Job) -> bool:
        """Run a job as soon as its lane is free; False when the lane is full or everything ends. Returns at once."""
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

    def stop(self, timeout_s: float) -> bool:
        """Take no more jobs and wait until those that wait are done; return whether they are. May be called twice."""
        with self._lock:
            self._is_open = False
            threads = list(self._threads.values())
        end_s = time.monotonic() + timeout_s
        for thread in threads:
            thread.join(max(end_s - time.monotonic(), 0.0))
        late = [thread.name for thread in threads if thread.is_alive()]
        if late:
            _LOGGER.error("Not done within %.0f s: %s", timeout_s, ", ".join(late))
        return not late

    def _run(self, lane: str) -> None:
        while (job := self._next(lane)) is not None:
            try:
                job()
            except Exception:
                _LOGGER.exception("Thread fn:%s failed at one job and goes on", lane)

    def _next(self, lane: str) -> Job | None:
        with self._lock:
            if self._waiting[lane]:
                return self._waiting[lane].popleft()
            self._running.discard(lane)
            return None
