"""Converts a stream's timestamps to the machine's time."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .segment_cache import TimeRange

_MEASURES: Final = 5
_PAUSE_S: Final = 2.0  # a stream further behind was interrupted; less is packet delay
_MOST_SLEW_S: Final = 0.05  # per segment; two clocks drift less


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamSegment:
    """A segment in stream seconds, and when its end was reported (epoch).

    longest_s is its greatest possible length: timestamps of some cameras jump by years.
    """

    start: float
    end: float
    arrived: float
    longest_s: float

    @property
    def has_jumped(self) -> bool:
        """Whether its timestamps cannot be right."""
        return not 0 <= self.end - self.start <= self.longest_s

    @property
    def length_s(self) -> float:
        """The plausible length."""
        return min(max(self.end - self.start, 0.0), self.longest_s)


class Timeline:
    """Places the segments of one run in time: consecutive ones meet, and none ends after it was reported.

    ffmpeg reports the end of a segment when the next frame arrives. The earliest arrivals give the difference between
    both clocks; the rest is packet delay.
    """

    def __init__(self) -> None:
        """Start without segments."""
        self._differences: deque[float] = deque(maxlen=_MEASURES)
        self._end: float | None = None

    def place(self, segments: Iterable[StreamSegment]) -> list[TimeRange]:
        """Return when consecutive segments began and ended; the least delayed one places them all.

        So the first segments of a stream are best placed together, since servers and busy machines delay them most.
        """
        placed: list[TimeRange] = []
        waiting: list[StreamSegment] = []
        for segment in segments:
            if segment.has_jumped:  # later segments say nothing about earlier ones
                placed += map(self._place, waiting)
                waiting = []
                self._differences.clear()
            self._differences.append(segment.arrived - segment.end)
            waiting.append(segment)
        return [*placed, *map(self._place, waiting)]

    def shift(self, seconds: float) -> None:
        """Follow a step of the machine's clock; the next segment begins that much later or earlier."""
        self._differences = deque((each + seconds for each in self._differences), maxlen=_MEASURES)
        if self._end is not None:
            self._end += seconds

    def _place(self, segment: StreamSegment) -> TimeRange:
        end = min(min(self._differences) + segment.end, segment.arrived)
        if self._end is None:
            start = end - segment.length_s
        else:
            late_s = end - (self._end + segment.length_s)
            if late_s > _PAUSE_S and not segment.has_jumped:
                start = end - segment.length_s
            else:
                start = self._end
                end = max(start, end if segment.has_jumped else end - max(late_s - _MOST_SLEW_S, 0.0))
        self._end = end
        return TimeRange(start=start, end=end)
