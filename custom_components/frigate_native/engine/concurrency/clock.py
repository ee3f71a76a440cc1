"""Time for the engine; tests and files can replace it."""

import time
from typing import Protocol, override

from .network_time import follows_network_time


class Clock(Protocol):
    """Wall-clock and monotonic time."""

    def now(self) -> float:
        """Return seconds since the epoch."""
        ...

    def monotonic(self) -> float:
        """Return seconds on a clock that never jumps."""
        ...

    def is_synchronized(self) -> bool:
        """Return whether the wall-clock time follows network time, as far as that is known."""
        return False


class SystemClock(Clock):
    """The machine's own clocks."""

    @override
    def now(self) -> float:
        return time.time()

    @override
    def monotonic(self) -> float:
        return time.monotonic()

    @override
    def is_synchronized(self) -> bool:
        return follows_network_time()
