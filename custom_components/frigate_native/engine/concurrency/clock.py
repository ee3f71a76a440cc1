"""Time for the engine; tests and files can replace it."""

import time
from typing import Protocol, override


class Clock(Protocol):
    """Wall-clock and monotonic time."""

    def now(self) -> float:
        """Return seconds since the epoch."""
        ...

    def monotonic(self) -> float:
        """Return seconds on a clock that never jumps."""
        ...


class SystemClock(Clock):
    """The machine's own clocks."""

    @override
    def now(self) -> float:
        return time.time()

    @override
    def monotonic(self) -> float:
        return time.monotonic()
