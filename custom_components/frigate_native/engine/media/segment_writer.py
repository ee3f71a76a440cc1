"""Writes one camera's segments to disk in a thread of its own, and deletes those no longer needed."""

import logging
import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from ..concurrency import Clock, Worker
from ..disk import DiskSpace
from .cache_budget import CacheBudget, is_short
from .segment import Segment
from .segment_index import SegmentIndex

_LOGGER = logging.getLogger(__name__)

_MAX_QUEUED: Final = 16 << 20  # bytes: half a minute of a 4 Mbit/s stream
_EXPIRE_EVERY_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Chunk:
    """The next part of a segment, and the end of its video with it; the last one closes the file."""

    segment: Segment
    data: bytes
    end: float
    is_last: bool = False


class SegmentFile(Protocol):
    """What a segment is written to."""

    def write(self, data: bytes, /) -> int:
        """Write the data; blocks while the disk does."""
        ...

    def close(self) -> None:
        """Close the file."""
        ...


def open_segment(path: Path) -> SegmentFile:
    """Create a segment's file; readers see each write at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("wb", buffering=0)


class SegmentWriter:
    """The thread that owns a camera's files in the cache; a disk that stalls blocks only this thread.

    The queue is bounded. If the disk is too slow, parts are refused and a gap in the camera's clips is logged.
    """

    def __init__(
        self,
        index: SegmentIndex,
        budget: CacheBudget,
        clock: Clock,
        *,
        max_queued: int = _MAX_QUEUED,
    ) -> None:
        """Prepare the thread."""
        self._index = index
        self._budget = budget
        self._clock = clock
        self._max_queued = max_queued
        self._condition = threading.Condition()
        self._queue: deque[Chunk] = deque()
        self._queued_bytes = 0
        self._has_refused = False
        self._file: tuple[Segment, SegmentFile] | None = None
        self._lost: Segment | None = None  # whose file failed; its remaining parts are dropped
        self._expired_s = 0.0
        self._worker = Worker(f"fn:{index.camera}:cache", self._run)

    def start(self) -> None:
        """Start the thread; once only."""
        self._worker.start()

    def request_stop(self) -> None:
        """Ask the thread to write what is queued and end."""
        self._worker.request_stop()
        with self._condition:
            self._condition.notify_all()

    def stop(self, timeout_s: float) -> bool:
        """End the thread and wait for it; False if the disk blocks it."""
        self.request_stop()
        return self._worker.stop(timeout_s)

    def offer(self, chunk: Chunk) -> bool:
        """Queue a part; False if the queue is full. Returns at once."""
        with self._condition:
            is_refused = self._queued_bytes + len(chunk.data) > self._max_queued
            if not is_refused:
                self._queue.append(chunk)
                self._queued_bytes += len(chunk.data)
                self._condition.notify()
        if is_refused != self._has_refused and chunk.data:
            self._has_refused = is_refused
            self._log(is_refused)
        return not is_refused

    def _log(self, is_refused: bool) -> None:
        if is_refused:
            self._index.problem = "the disk of the clip cache is too slow"
            _LOGGER.warning("Camera %s: %s; its clips have a gap", self._index.camera, self._index.problem)
        else:
            _LOGGER.info("Camera %s: the clip cache can be written again", self._index.camera)

    def _run(self, stop: threading.Event) -> None:
        while True:
            chunk = self._next(stop)
            if chunk is not None:
                self._write(chunk)
            elif stop.is_set():
                break
            now_s = self._clock.monotonic()
            if now_s - self._expired_s >= _EXPIRE_EVERY_S:
                self._expired_s = now_s
                self._make_room()
        self._close()

    def _next(self, stop: threading.Event) -> Chunk | None:
        with self._condition:
            if not self._queue and not stop.is_set():
                self._condition.wait(_EXPIRE_EVERY_S)
            if not self._queue:
                return None
            chunk = self._queue.popleft()
            self._queued_bytes -= len(chunk.data)
            return chunk

    def _write(self, chunk: Chunk) -> None:
        if chunk.segment is self._lost:
            return
        self._index.busy_since_s = self._clock.monotonic()
        try:
            if chunk.data:
                self._put(chunk)
        except OSError as err:
            self._lost = chunk.segment
            self._fail(f"the clip cache cannot be written: {err.strerror}")
            self._close()
        if chunk.is_last and self._file is not None and self._file[0] is chunk.segment:
            self._close()
        self._index.busy_since_s = None

    def _put(self, chunk: Chunk) -> None:
        if self._file is None or self._file[0] is not chunk.segment:
            self._close()
            self._make_room()
            self._file = chunk.segment, open_segment(chunk.segment.path)
            self._index.add(chunk.segment)
        left = memoryview(chunk.data)
        while left:
            left = left[self._file[1].write(bytes(left)) :]
        self._budget.add(len(chunk.data))
        self._index.written(chunk.segment, len(chunk.data), chunk.end)

    def _close(self) -> None:
        if self._file is not None:
            file, self._file = self._file[1], None
            file.close()

    def _fail(self, problem: str) -> None:
        if problem != self._index.problem:
            _LOGGER.warning("Camera %s: %s", self._index.camera, problem)
        self._index.problem = problem

    def _make_room(self) -> None:
        """Delete expired segments, then the oldest while the cache or the disk is too full."""
        self._budget.add(-self._index.expire(self._clock.now()))
        while (self._budget.is_exceeded or self._is_disk_short()) and (freed := self._index.drop_oldest()):
            self._budget.add(-freed)

    def _is_disk_short(self) -> bool:
        folder = self._index.folder
        return folder.exists() and is_short(DiskSpace.of(folder))
