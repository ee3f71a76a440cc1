"""From a stream's own seconds to the seconds of the machine's clock."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from .segment_cache import TimeRange

_MEASURES: Final = 5
_PAUSE_S: Final = 2.0  # a stream whose own time falls behind by more stood still; less is how late packets are
_MOST_SLEW_S: Final = 0.05  # a segment; two clocks drift apart by less, and a segment is as long as its pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamSegment:
    """A segment in its stream's own seconds, and when its end was seen (epoch).

    longest_s is what it can last at most: timestamps of some cameras jump by years.
    """

    start: float
    end: float
    arrived: float
    longest_s: float

    @property
    def has_jumped(self) -> bool:
        """Tell whether its timestamps cannot be true."""
        return not 0 <= self.end - self.start <= self.longest_s

    @property
    def length_s(self) -> float:
        """How long it was as far as one can tell."""
        return min(max(self.end - self.start, 0.0), self.longest_s)


class Timeline:
    """Places one run's segments in time: those that follow each other meet, and none ends after it was seen.

    ffmpeg tells of a segment's end when the picture after it arrives: the earliest arrivals give the difference
    between both clocks, the rest is how late packets are.
    """

    def __init__(self) -> None:
        """Know nothing yet."""
        self._differences: deque[float] = deque(maxlen=_MEASURES)
        self._end: float | None = None

    def place(self, segments: Iterable[StreamSegment]) -> list[TimeRange]:
        """Return when segments were that followed each other; the one that was the least late tells for all.

        So a stream's first segments are better placed together: a player, a server and a busy machine hold back
        what comes first.
        """
        placed: list[TimeRange] = []
        waiting: list[StreamSegment] = []
        for segment in segments:
            if segment.has_jumped:  # what comes after it tells nothing of what came before
                placed += map(self._place, waiting)
                waiting = []
                self._differences.clear()
            self._differences.append(segment.arrived - segment.end)
            waiting.append(segment)
        return [*placed, *map(self._place, waiting)]

    def shift(self, seconds: float) -> None:
        """Follow the machine's clock, which was set; the next segment begins that much later, or earlier."""
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
