"""Counts objects per camera and zone; a zone may belong to several cameras."""

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from ..config.model import CameraConfig
from ..messages import ALL_LABELS, CountMessage

type CountKey = tuple[str, str]
"""(camera or zone name, label or ALL_LABELS)"""


class Count(NamedTuple):
    """A number of objects, and of those among them that are not stationary."""

    total: int
    active: int

    def plus(self, other: Count) -> Count:
        """Return the sum."""
        return Count(self.total + other.total, self.active + other.active)


NOTHING: Final = Count(0, 0)


class CountBoard:
    """Adds up the counts of all cameras and reports every change. For any thread."""

    def __init__(self, cameras: Iterable[CameraConfig], on_message: Callable[[CountMessage], None]) -> None:
        """Start with zero for every tracked label of every camera and zone."""
        self._on_message = on_message
        self._lock = threading.Lock()
        self._by_camera: dict[CountKey, dict[str, Count]] = {}
        self._zones: set[str] = set()
        for camera in cameras:
            self._zones |= set(camera.zones)
            for label in (*camera.objects.track, ALL_LABELS):
                for place in (camera.name, *camera.zones):
                    self._by_camera.setdefault((place, label), {})[camera.name] = NOTHING

    def totals(self) -> dict[CountKey, Count]:
        """Return all counts."""
        with self._lock:
            return {key: _sum(counts) for key, counts in self._by_camera.items()}

    def report(self, camera: str, counts: Mapping[CountKey, Count]) -> None:
        """Update a camera's counts; those that it does not report are zero."""
        with self._lock:
            for key, by_camera in self._by_camera.items():
                count = counts.get(key, NOTHING)
                if camera in by_camera and by_camera[camera] != count:
                    by_camera[camera] = count
                    self._notify(key, _sum(by_camera))

    def _notify(self, key: CountKey, count: Count) -> None:
        """Report a count with the lock held, so that messages are sent in the order of changes."""
        place, label = key
        self._on_message(
            CountMessage(place=place, is_zone=place in self._zones, label=label, count=count.total, active=count.active)
        )


def _sum(counts: Mapping[str, Count]) -> Count:
    total = NOTHING
    for count in counts.values():
        total = total.plus(count)
    return total
