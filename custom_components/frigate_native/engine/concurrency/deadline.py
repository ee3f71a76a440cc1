"""One limit for several waits."""

import time


class Deadline:
    """A moment up to which things are waited for, one after the other or side by side. For any thread."""

    def __init__(self, timeout_s: float) -> None:
        """Let the time begin to run."""
        self._end_s = time.monotonic() + timeout_s

    def left_s(self) -> float:
        """Return how many seconds are left; 0.0 when it has passed."""
        return max(self._end_s - time.monotonic(), 0.0)
