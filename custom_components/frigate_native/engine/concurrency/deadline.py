"""A common time limit for several waits."""

from .clock import Clock, SystemClock


class Deadline:
    """The latest moment to wait for, shared by waits one after the other or in parallel. For any thread."""

    def __init__(self, timeout_s: float, clock: Clock | None = None) -> None:
        """Start the time now."""
        self._clock = clock or SystemClock()
        self._end_s = self._clock.monotonic() + timeout_s

    def left_s(self) -> float:
        """Return the seconds left; 0.0 once it has passed."""
        return max(self._end_s - self._clock.monotonic(), 0.0)

    @property
    def has_passed(self) -> bool:
        """Whether no time is left."""
        return self._clock.monotonic() >= self._end_s
