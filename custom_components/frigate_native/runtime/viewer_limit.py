"""Limits what viewers do at the same time."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from .viewer import Viewer


class ViewerLimit:
    """Counts what is going on for viewers with and without login apart. For the event loop."""

    def __init__(self, *, per_door: int, per_viewer: int) -> None:
        """Allow per_door at the same time with login and as many without, and per_viewer for each viewer."""
        self._per_door = per_door
        self._per_viewer = per_viewer
        self._active: Counter[Viewer] = Counter()

    @property
    def count(self) -> int:
        """Number of what is going on."""
        return self._active.total()

    @contextmanager
    def async_entered(self, viewer: Viewer) -> Iterator[bool]:
        """Count one more during the context; yields False if there are too many."""
        if not self._has_place(viewer):
            yield False
            return
        self._active[viewer] += 1
        try:
            yield True
        finally:
            self._active[viewer] -= 1
            if not self._active[viewer]:
                del self._active[viewer]

    def _has_place(self, viewer: Viewer) -> bool:
        at_door = sum(count for other, count in self._active.items() if other.is_public == viewer.is_public)
        return at_door < self._per_door and self._active[viewer] < self._per_viewer
