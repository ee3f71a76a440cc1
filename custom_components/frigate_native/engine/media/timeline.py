"""From a stream's own times to the wall clock's."""

from typing import Final

from av.packet import Packet
from av.stream import Stream

_REORDER_S: Final = 0.5  # a first picture without a decoding time is decoded at most so much before it is shown
_STEP_BACK_S: Final = 0.5  # a camera's times stumble; what goes back further is another timeline
_GAP_S: Final = 10.0
_EARLIER_S: Final = 0.5  # a server that begins with a burst of old pictures gives the first one a wrong time


class Track:
    """Keeps the decoding times of one stream increasing."""

    def __init__(self, stream: Stream) -> None:
        """Start a timeline."""
        assert stream.time_base is not None
        self.index = stream.index
        self.tick_s = float(stream.time_base)
        self._last: int | None = None

    def follows(self, packet: Packet[Stream]) -> bool:
        """Tell whether a packet belongs to the timeline: False after a jump of the camera's clock, or a long gap."""
        moment = packet.dts if packet.dts is not None else packet.pts
        if self._last is None or moment is None:
            return True
        return -_STEP_BACK_S < (moment - self._last) * self.tick_s < _GAP_S

    def times(self, packet: Packet[Stream], now: float) -> tuple[int, int]:
        """Return a packet's decoding and presentation time, in ticks; those that it lacks are guessed."""
        dts = self._decoding_time(packet, now)
        if self._last is not None:
            dts = max(dts, self._last + 1)
        self._last = dts
        return dts, max(dts, dts if packet.pts is None else packet.pts)

    def restart(self) -> None:
        """Forget the past: a new timeline begins."""
        self._last = None

    def _decoding_time(self, packet: Packet[Stream], now: float) -> int:
        if packet.dts is not None:
            return packet.dts
        if packet.pts is None:
            return round(now / self.tick_s)
        if self._last is not None:
            return self._last + 1
        return packet.pts - round(_REORDER_S / self.tick_s)


class WallClock:
    """Finds out at which time of day a stream's time 0 was; packets may come late, but never early.

    That moment holds for a whole segment; the next one begins with what was learned meanwhile.
    """

    def __init__(self) -> None:
        """Know nothing."""
        self._zero: float | None = None  # as used by the segment under way
        self._seen: float | None = None  # the earliest that was seen since it began

    @property
    def is_wrong(self) -> bool:
        """Tell whether the segment under way has clearly too late a time."""
        return self._zero is not None and self._seen is not None and self._seen < self._zero - _EARLIER_S

    def see(self, stream_s: float, now: float) -> None:
        """Learn from a packet of this time that has arrived now."""
        zero = now - stream_s
        self._seen = zero if self._seen is None else min(self._seen, zero)

    def begin_segment(self) -> None:
        """Use what was learned; something must have been seen."""
        self._zero, self._seen = self._seen, None

    def time(self, stream_s: float) -> float:
        """Return the epoch seconds of a stream's time."""
        assert self._zero is not None
        return self._zero + stream_s

    def restart(self) -> None:
        """Forget everything: a new timeline begins."""
        self._zero = self._seen = None
