"""Counts objects per camera and zone; a zone may belong to several cameras."""

import threading
from collections.abc import Callable, Iterable, Mapping

from ..config.model import CameraConfig
from ..messages import CountMessage

type CountKey = tuple[str, str]
"""(camera or zone name, label)"""


class CountBoard:
    """Adds up the counts of all cameras and reports every change. For any thread."""

    def __init__(self, cameras: Iterable[CameraConfig], on_message: Callable[[CountMessage], None]) -> None:
        """Start with zero for every tracked label of every camera and zone."""
        self._on_message = on_message
        self._lock = threading.Lock()
        self._by_camera: dict[CountKey, dict[str, int]] = {}
        self._zones: set[str] = set()
        for camera in cameras:
            self._zones |= set(camera.zones)
            for label in camera.objects.track:
                for place in (camera.name, *camera.zones):
                    self._by_camera.setdefault((place, label), {})[camera.name] = 0

    def totals(self) -> dict[CountKey, int]:
        """Return all counts."""
        with self._lock:
            return {key: sum(counts.values()) for key, counts in self._by_camera.items()}

    def report(self, camera: str, counts: Mapping[CountKey, int]) -> None:
        """Update a camera's counts; those that it does not report are zero."""
        with self._lock:
            for key, by_camera in self._by_camera.items():
                count = counts.get(key, 0)
                if camera in by_camera and by_camera[camera] != count:
                    by_camera[camera] = count
                    self._notify(key, sum(by_camera.values()))

    def _notify(self, key: CountKey, count: int) -> None:
        """Report a count with the lock held, so that messages are sent in the order of changes."""
        name, label = key
        self._on_message(CountMessage(place=name, is_zone=name in self._zones, label=label, count=count))
