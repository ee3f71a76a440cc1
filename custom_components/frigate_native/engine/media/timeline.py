"""Converts a stream's own times to wall clock time."""

from typing import Final

from av.packet import Packet
from av.stream import Stream

_REORDER_S: Final = 0.5  # a first picture without a decoding time is decoded at most this long before it is shown
_STEP_BACK_S: Final = 0.5  # cameras' times are not exact; a longer step back starts a new timeline
_GAP_S: Final = 10.0
_LEAST_STEP_S: Final = 0.001  # MP4 counts sound in samples, which are longer than a tick of MPEG-TS
_EARLIER_S: Final = 0.5  # a server that starts with a burst of old pictures gives the first one a wrong time


class Track:
    """Keeps the decoding times of one stream increasing."""

    def __init__(self, stream: Stream) -> None:
        """Start a timeline."""
        assert stream.time_base is not None
        self.index = stream.index
        self.tick_s = float(stream.time_base)
        self._least_step = max(round(_LEAST_STEP_S / self.tick_s), 1)
        self._last: int | None = None

    def follows(self, packet: Packet[Stream]) -> bool:
        """Return whether a packet belongs to the timeline: not after the camera's clock jumps, or a long gap."""
        moment = packet.dts if packet.dts is not None else packet.pts
        if self._last is None or moment is None:
            return True
        return -_STEP_BACK_S < (moment - self._last) * self.tick_s < _GAP_S

    def times(self, packet: Packet[Stream], now: float) -> tuple[int, int]:
        """Return a packet's decoding and presentation time in ticks, estimated where missing."""
        dts = self._decoding_time(packet, now)
        if self._last is not None:
            dts = max(dts, self._last + self._least_step)
        self._last = dts
        return dts, max(dts, dts if packet.pts is None else packet.pts)

    def restart(self) -> None:
        """Start a new timeline."""
        self._last = None

    def _decoding_time(self, packet: Packet[Stream], now: float) -> int:
        if packet.dts is not None:
            return packet.dts
        if packet.pts is None:
            return round(now / self.tick_s)
        if self._last is not None:
            return self._last + self._least_step
        return packet.pts - round(_REORDER_S / self.tick_s)


class WallClock:
    """Estimates the wall clock time of a stream's time 0, as packets may arrive late but never early.

    The estimate is fixed for a whole segment and updated between segments.
    """

    def __init__(self) -> None:
        """Start without an estimate."""
        self._zero: float | None = None  # of the current segment
        self._seen: float | None = None  # the earliest since the segment began

    @property
    def is_wrong(self) -> bool:
        """Whether the current segment's estimate is clearly too late."""
        return self._zero is not None and self._seen is not None and self._seen < self._zero - _EARLIER_S

    def see(self, stream_s: float, now: float) -> None:
        """Update the estimate from a packet that has arrived now."""
        zero = now - stream_s
        self._seen = zero if self._seen is None else min(self._seen, zero)

    def begin_segment(self) -> None:
        """Use the new estimate; requires that a packet was seen."""
        self._zero, self._seen = self._seen, None

    def time(self, stream_s: float) -> float:
        """Return a stream's time in epoch seconds."""
        assert self._zero is not None
        return self._zero + stream_s

    def restart(self) -> None:
        """Start a new timeline."""
        self._zero = self._seen = None
