"""Rates over the last ten seconds."""

import threading
from collections import deque

from .concurrency import Clock

_WINDOW_S = 10.0


class Rate:
    """Counts happenings per second over the last ten seconds. For any thread."""

    def __init__(self, clock: Clock) -> None:
        """Start counting now."""
        self._clock = clock
        self._start = clock.monotonic()
        self._lock = threading.Lock()
        self._happened: deque[tuple[float, int]] = deque()

    def add(self, count: int = 1) -> None:
        """Count `count` happenings now."""
        now = self._clock.monotonic()
        with self._lock:
            self._happened.append((now, count))
            self._forget(now)

    def per_second(self) -> float:
        """Return happenings per second, rounded to two decimals."""
        now = self._clock.monotonic()
        with self._lock:
            self._forget(now)
            total = sum(count for _, count in self._happened)
        return round(total / max(min(_WINDOW_S, now - self._start), 1.0), 2)

    def _forget(self, now: float) -> None:
        while self._happened and self._happened[0][0] < now - _WINDOW_S:
            self._happened.popleft()
