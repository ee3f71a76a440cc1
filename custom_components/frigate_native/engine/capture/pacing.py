"""When a picture is due: limits to a rate, and playing files in real time."""

import threading
from typing import Final

from ..concurrency import Clock

_SLACK_S: Final = 0.001  # clocks are not exact, and a picture a millisecond early is on time
_MAX_LATE_S: Final = 0.5  # reading that falls further behind does not hurry to catch up
_MAX_EARLY_S: Final = 10.0  # a longer gap is damage to the stream's times, and no reason to show nothing for hours


class RateLimit:
    """Lets through at most `fps` pictures per second on average; None: all.

    Pictures of a stream with just this rate may come early or late by up to one interval without being
    lost (the generic cell rate algorithm, ITU-T I.371).
    """

    def __init__(self, fps: float | None) -> None:
        """Start with the next picture due at once."""
        self._interval_s = 1 / fps if fps else 0.0
        self._due_s = float("-inf")

    def admits(self, time_s: float) -> bool:
        """Tell whether a picture at this time (seconds, never falling) may pass, and count it if so."""
        if time_s < self._due_s - self._interval_s - _SLACK_S:
            return False
        self._due_s = max(self._due_s, time_s) + self._interval_s
        return True


class Pacer:
    """Holds packets back until their time has come, as ffmpeg's `-re` does."""

    def __init__(self, stop: threading.Event, clock: Clock) -> None:
        """Take the first packet's time as now."""
        self._stop = stop
        self._clock = clock
        self._start_s: float | None = None

    def wait(self, time_s: float) -> None:
        """Return when stream time `time_s` has come, or `stop` is set."""
        now_s = self._clock.monotonic()
        if self._start_s is None:
            self._start_s = now_s - time_s
        delay_s = self._start_s + time_s - now_s
        if not -_MAX_LATE_S <= delay_s <= _MAX_EARLY_S:
            self._start_s, delay_s = now_s - time_s, 0.0
        if delay_s > 0:
            self._stop.wait(delay_s)
