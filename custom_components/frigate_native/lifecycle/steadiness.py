"""Counts failures in a window, so that what fails again and again is not taken for working."""

import time
from collections import deque
from collections.abc import Callable
from typing import Final

WINDOW_S: Final = 600.0
_MOST_FAILURES: Final = 4  # within the window; a restart of a camera or router is one or two


class Steadiness:
    """Whether something has failed only a few times within ten minutes."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Start steady; now returns seconds."""
        self._now = now
        self._failures: deque[float] = deque(maxlen=_MOST_FAILURES + 1)

    def add_failure(self) -> None:
        """Note that it failed."""
        self._failures.append(self._now())

    @property
    def is_steady(self) -> bool:
        """Whether it failed at most four times within the window."""
        while self._failures and self._now() - self._failures[0] > WINDOW_S:
            self._failures.popleft()
        return len(self._failures) <= _MOST_FAILURES
