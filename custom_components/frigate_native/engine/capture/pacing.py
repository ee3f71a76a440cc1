"""Limits pictures to a rate and plays files in real time."""

import threading
from typing import Final

from ..concurrency import Clock

_SLACK_S: Final = 0.001  # clocks are inexact: a picture one millisecond early is on time
_MAX_LATE_S: Final = 0.5  # beyond this delay, reading does not catch up
_MAX_EARLY_S: Final = 10.0  # a longer gap means broken timestamps and is skipped


class RateLimit:
    """Passes at most `fps` pictures per second on average; None: all.

    Pictures of a stream with exactly this rate may be early or late by up to one interval without being dropped
    (generic cell rate algorithm, ITU-T I.371).
    """

    def __init__(self, fps: float | None) -> None:
        """Pass the first picture at once."""
        self._interval_s = 1 / fps if fps else 0.0
        self._due_s = float("-inf")

    def admits(self, time_s: float) -> bool:
        """Return whether a picture at this time (seconds, never decreasing) passes; if so, count it."""
        if time_s < self._due_s - self._interval_s - _SLACK_S:
            return False
        self._due_s = max(self._due_s, time_s) + self._interval_s
        return True


class Pacer:
    """Delays packets until they are due, like ffmpeg's `-re`."""

    def __init__(self, stop: threading.Event, clock: Clock) -> None:
        """Prepare; the first packet is due at once."""
        self._stop = stop
        self._clock = clock
        self._start_s: float | None = None

    def wait(self, time_s: float) -> None:
        """Return when a packet with stream time `time_s` is due, or `stop` is set."""
        now_s = self._clock.monotonic()
        if self._start_s is None:
            self._start_s = now_s - time_s
        delay_s = self._start_s + time_s - now_s
        if not -_MAX_LATE_S <= delay_s <= _MAX_EARLY_S:
            self._start_s, delay_s = now_s - time_s, 0.0
        if delay_s > 0:
            self._stop.wait(delay_s)
