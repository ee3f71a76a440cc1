"""What one camera has in the cache, and what of it is needed."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from .files import delete_file
from .segment import Segment

_SLACK_S: Final = 90.0  # kept beyond what is needed: an object proves true some time after it was first seen


class SegmentIndex:
    """One camera's segments and the events that hold them. Any thread may call it; its lock is never held long.

    Files are added and deleted by the camera's writer alone.
    """

    def __init__(self, camera: str, folder: Path, *, max_seconds: float, pre_capture_s: float) -> None:
        """Start empty."""
        self.camera = camera
        self.folder = folder
        self.problem: str | None = None  # why nothing comes, for people
        self.busy_since_s: float | None = None  # of the monotonic clock: a write that the disk has not done yet
        self._max_seconds = max_seconds
        self._slack_s = _SLACK_S + pre_capture_s
        self._condition = threading.Condition()
        self._segments: list[Segment] = []
        self._holds: dict[str, float] = {}

    @property
    def newest_end(self) -> float:
        """Up to when video is on disk, in epoch seconds; 0.0 when there is none."""
        with self._condition:
            return self._segments[-1].end if self._segments else 0.0

    def add(self, segment: Segment) -> None:
        """Know a new file; for the writer."""
        with self._condition:
            self._segments.append(segment)

    def written(self, segment: Segment, size: int, end: float) -> None:
        """Know that a file has grown, and wake those who wait for video; for the writer."""
        self.problem = None
        with self._condition:
            segment.size += size
            segment.end = end
            self._condition.notify_all()

    def wake(self) -> None:
        """Let those who wait look again."""
        with self._condition:
            self._condition.notify_all()

    def wait_beyond(self, time: float, timeout_s: float) -> None:
        """Return when there is video up to this time, when somebody wakes the waiting, or when time is up."""
        with self._condition:
            if not self._segments or self._segments[-1].end < time:
                self._condition.wait(timeout_s)

    def between(self, start: float, end: float) -> list[Segment]:
        """Return the segments that overlap a span of time, the oldest first."""
        with self._condition:
            return [each for each in self._segments if each.size and each.end > start and each.start < end]

    def hold(self, event_id: str, start: float) -> None:
        """Keep what an event needs that began then, until it is released."""
        with self._condition:
            self._holds.setdefault(event_id, start)

    def release(self, event_id: str) -> None:
        """Let go of an event."""
        with self._condition:
            self._holds.pop(event_id, None)

    def expire(self, now: float) -> int:
        """Delete what no event needs any more; return the bytes freed. The file under way always stays."""
        return self._delete(lambda segment: segment.end < self._needed_from(now) - self._slack_s)

    def drop_oldest(self) -> int:
        """Delete the oldest file for want of room, whoever needs it; return the bytes freed, 0 if there is none."""
        with self._condition:
            gone = self._segments.pop(0) if len(self._segments) > 1 else None
        return _deleted(gone) if gone else 0

    def clear(self) -> None:
        """Delete everything, the file under way too; for after the writer's end."""
        with self._condition:
            gone, self._segments = self._segments, []
        for segment in gone:
            _deleted(segment)

    def _needed_from(self, now: float) -> float:
        return max(min(self._holds.values(), default=now), now - self._max_seconds)

    def _delete(self, is_gone: Callable[[Segment], bool]) -> int:
        with self._condition:
            gone = [segment for segment in self._segments[:-1] if is_gone(segment)]
            self._segments = [segment for segment in self._segments if segment not in gone]
        return sum(map(_deleted, gone))


def _deleted(segment: Segment) -> int:
    delete_file(segment.path)
    return segment.size
