"""From a stream's own seconds to the seconds of the machine's clock."""

from collections import deque
from typing import Final

from .spool import Span

_MEASURES: Final = 10
_JUMP_S: Final = 2.0  # more than packets are late by: the clock was set, or the stream stood still


class Timeline:
    """Places one run's segments in time; segments that follow each other meet exactly.

    ffmpeg tells of a segment's end when the picture after it arrives: its earliest arrivals give the difference
    between both clocks, the rest is how late packets are.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._differences: deque[float] = deque(maxlen=_MEASURES)
        self._stream_end: float | None = None
        self._end = 0.0

    def place(self, start_s: float, end_s: float, arrived: float) -> Span:
        """Return when a segment was, from its stream times and when its end was seen (epoch)."""
        difference = arrived - end_s
        if self._differences and abs(difference - min(self._differences)) > _JUMP_S:
            self._differences.clear()
            self._stream_end = None
        self._differences.append(difference)
        end = min(self._differences) + end_s
        follows = self._stream_end is not None and abs(start_s - self._stream_end) < _JUMP_S
        start = self._end if follows else end - (end_s - start_s)
        self._stream_end, self._end = end_s, end
        return Span(start=start, end=max(end, start))
