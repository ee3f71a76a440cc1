"""What all inputs of a recorder share."""

from collections.abc import Callable
from dataclasses import dataclass

from ..engine.concurrency import Clock
from .coverage import Coverage
from .segment_cache import SegmentCache
from .segment_finalizer import SegmentFinalizer


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """How long a recorder waits, in seconds.

    An ffmpeg process is restarted if it delivers no first frame within open_s, no further frame within stall_s, or
    writes nothing for late_s. It is also restarted if a segment takes late_s longer than two segments should.
    look_s is the interval between checks of the disks, settle_s how late a stream's first frames may be, stop_s how
    long stopping may take. A process that hangs in the kernel takes a second more.
    """

    open_s: float = 20.0
    stall_s: float = 8.0
    late_s: float = 30.0
    look_s: float = 5.0
    settle_s: float = 3.0
    stop_s: float = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecorderContext:
    """What all inputs of a recorder share; without rtmp_url nothing is restreamed."""

    cache: SegmentCache
    finalizer: SegmentFinalizer
    coverage: Coverage
    clock: Clock
    timeouts: Timeouts
    ffmpeg: str
    version: Callable[[], int]
    rtmp_url: str | None
