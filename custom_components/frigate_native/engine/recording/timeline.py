"""From a stream's own seconds to the seconds of the machine's clock."""

from collections import deque
from typing import Final

from .spool import Span

_MEASURES: Final = 10
_JUMP_S: Final = 2.0  # more than packets are late by: the clock was set, or the stream stood still
_MOST_SLEW_S: Final = 0.05  # a segment; two clocks drift apart by less, and a segment is as long as its pictures


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

    def place(self, start_s: float, end_s: float, arrived: float, longest_s: float) -> Span:
        """Return when a segment was, from its stream times and when its end was seen (epoch).

        longest_s is what it can last at most: timestamps of some cameras jump by years.
        """
        length_s = min(max(end_s - start_s, 0.0), longest_s)
        difference = arrived - end_s
        if self._differences and abs(difference - min(self._differences)) > _JUMP_S:
            self._differences.clear()
            self._stream_end = None
        self._differences.append(difference)
        end = min(self._differences) + end_s
        if self._stream_end is None or abs(start_s - self._stream_end) > _JUMP_S:
            start = end - length_s
        else:
            start = self._end
            error = end - (start + length_s)
            end = start + length_s + max(min(error, _MOST_SLEW_S), -_MOST_SLEW_S)
        self._stream_end, self._end = end_s, end
        return Span(start=start, end=end)
