"""A common time limit for several waits."""

import time


class Deadline:
    """The latest moment to wait for, shared by waits one after the other or in parallel. For any thread."""

    def __init__(self, timeout_s: float) -> None:
        """Start the time now."""
        self._end_s = time.monotonic() + timeout_s

    def left_s(self) -> float:
        """Return the seconds left; 0.0 once it has passed."""
        return max(self._end_s - time.monotonic(), 0.0)
