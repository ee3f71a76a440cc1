"""Time as the engine sees it, so that tests and files can bring their own."""

import time
from typing import Protocol, override


class Clock(Protocol):
    """A source of wall-clock and monotonic time."""

    def now(self) -> float:
        """Return seconds since the epoch."""
        ...

    def monotonic(self) -> float:
        """Return seconds of a clock that never jumps."""
        ...


class SystemClock(Clock):
    """The machine's own clocks."""

    @override
    def now(self) -> float:
        return time.time()

    @override
    def monotonic(self) -> float:
        return time.monotonic()
