"""What the engine saw at each camera in the last half hour, for the index of recordings."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ..messages import ActivityMessage

_MEMORY_S: Final = 1800  # with eight cameras some 3 MB
_UNWATCHED_S: Final = 10  # a longer time without frames may have hidden something


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Motion boxes and active objects, summed over the frames of a time range. None: it was not watched."""

    motion: int | None = None
    objects: int | None = None


class ActivityLog:
    """Sums of each second of the last half hour, by camera. Thread-safe."""

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.Lock()
        self._cameras: dict[str, OrderedDict[int, tuple[int, int]]] = {}

    def add(self, message: ActivityMessage) -> None:
        """Add what a camera saw within a second."""
        second = int(message.time)
        with self._lock:
            seconds = self._cameras.setdefault(message.camera, OrderedDict())
            motion, objects = seconds.get(second, (0, 0))
            seconds[second] = (motion + message.motion, objects + message.objects)
            while len(seconds) > _MEMORY_S:
                seconds.popitem(last=False)

    def newest(self, camera: str) -> float:
        """Return up to when a camera has been watched; 0.0 if it has not."""
        with self._lock:
            seconds = self._cameras.get(camera)
            return next(reversed(seconds)) + 1.0 if seconds else 0.0

    def between(self, camera: str, start: float, end: float) -> Activity:
        """Return what was seen in a time range; nothing counts only if the camera was watched all the time."""
        wanted = range(int(start), int(end) + 1)
        with self._lock:
            seconds = self._cameras.get(camera) or OrderedDict()
            seen = [(second, *seconds[second]) for second in wanted if second in seconds]
        motion, objects = sum(each[1] for each in seen), sum(each[2] for each in seen)
        times = [wanted.start - 1, *(each[0] for each in seen), wanted.stop]
        is_watched = max(after - before for before, after in pairwise(times)) <= _UNWATCHED_S
        if is_watched:
            return Activity(motion=motion, objects=objects)
        return Activity(motion=motion or None, objects=objects or None)
