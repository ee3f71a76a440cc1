"""Which of one camera's segments are in the cache, and which are still needed."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from .files import delete_file
from .segment import Segment

_SLACK_S: Final = 90.0  # kept beyond what is needed: an object is confirmed some time after it was first seen


class SegmentIndex:
    """One camera's segments and the events that need them. Any thread may call it; it never blocks for long.

    Files are added and deleted by the camera's writer alone.
    """

    def __init__(self, camera: str, folder: Path, *, max_seconds: float, pre_capture_s: float) -> None:
        """Start empty."""
        self.camera = camera
        self.folder = folder
        self.problem: str | None = None  # why no video arrives, for people
        self.busy_since_s: float | None = None  # monotonic time at which a write began that the disk has not completed
        self._max_seconds = max_seconds
        self._slack_s = _SLACK_S + pre_capture_s
        self._condition = threading.Condition()
        self._segments: list[Segment] = []
        self._holds: dict[str, float] = {}

    @property
    def newest_end(self) -> float:
        """End of the newest video on disk, in epoch seconds; 0.0 if there is none."""
        with self._condition:
            return self._segments[-1].end if self._segments else 0.0

    def add(self, segment: Segment) -> None:
        """Add a new file; for the writer."""
        with self._condition:
            self._segments.append(segment)

    def written(self, segment: Segment, size: int, end: float) -> None:
        """Note that a file has grown, and wake threads that wait for video; for the writer."""
        self.problem = None
        with self._condition:
            segment.size += size
            segment.end = end
            self._condition.notify_all()

    def wake(self) -> None:
        """Wake threads that wait for video."""
        with self._condition:
            self._condition.notify_all()

    def wait_beyond(self, time: float, timeout_s: float) -> None:
        """Return once there is video up to this time, after `wake`, or after the timeout."""
        with self._condition:
            if not self._segments or self._segments[-1].end < time:
                self._condition.wait(timeout_s)

    def between(self, start: float, end: float) -> list[Segment]:
        """Return the segments that overlap a time range, oldest first."""
        with self._condition:
            return [each for each in self._segments if each.size and each.end > start and each.start < end]

    def hold(self, event_id: str, start: float) -> None:
        """Keep the video that an event needs that began at this time, until it is released."""
        with self._condition:
            self._holds.setdefault(event_id, start)

    def release(self, event_id: str) -> None:
        """Stop keeping video for an event."""
        with self._condition:
            self._holds.pop(event_id, None)

    def expire(self, now: float) -> int:
        """Delete what no event needs any more; return the bytes freed. The file being written is kept."""
        return self._delete(lambda segment: segment.end < self._needed_from(now) - self._slack_s)

    def drop_oldest(self) -> int:
        """Delete the oldest file to make room, even if it is needed; return the bytes freed, 0 if there is none."""
        with self._condition:
            expired = self._segments.pop(0) if len(self._segments) > 1 else None
        return _deleted(expired) if expired else 0

    def clear(self) -> None:
        """Delete everything, including the file being written; call it after the writer has stopped."""
        with self._condition:
            expired, self._segments = self._segments, []
        for segment in expired:
            _deleted(segment)

    def _needed_from(self, now: float) -> float:
        return max(min(self._holds.values(), default=now), now - self._max_seconds)

    def _delete(self, is_expired: Callable[[Segment], bool]) -> int:
        with self._condition:
            expired = [segment for segment in self._segments[:-1] if is_expired(segment)]
            self._segments = [segment for segment in self._segments if segment not in expired]
        return sum(map(_deleted, expired))


def _deleted(segment: Segment) -> int:
    delete_file(segment.path)
    return segment.size
