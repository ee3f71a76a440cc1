"""Rates per second over the last ten seconds."""

import threading
from collections import deque

from .concurrency import Clock

_WINDOW_S = 10.0


class Rate:
    """Counts occurrences per second over the last ten seconds. For any thread."""

    def __init__(self, clock: Clock) -> None:
        """Start counting now."""
        self._clock = clock
        self._start = clock.monotonic()
        self._lock = threading.Lock()
        self._occurrences: deque[tuple[float, int]] = deque()

    def add(self, count: int = 1) -> None:
        """Count `count` occurrences now."""
        now = self._clock.monotonic()
        with self._lock:
            self._occurrences.append((now, count))
            self._drop_old(now)

    def per_second(self) -> float:
        """Return occurrences per second, rounded to two decimals."""
        now = self._clock.monotonic()
        with self._lock:
            self._drop_old(now)
            total = sum(count for _, count in self._occurrences)
        return round(total / max(min(_WINDOW_S, now - self._start), 1.0), 2)

    def _drop_old(self, now: float) -> None:
        while self._occurrences and self._occurrences[0][0] < now - _WINDOW_S:
            self._occurrences.popleft()
