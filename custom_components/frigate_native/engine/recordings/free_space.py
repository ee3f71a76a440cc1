"""Deletes the oldest recordings before the disk is full."""

import logging
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Final

from ..disk import DiskSpace
from ..store import EventStore, Recording
from .retention import BATCH, RecordingRemover
from .usage import Usage

_LOGGER = logging.getLogger(__name__)

_LAST_HOUR_S: Final = 3600.0  # whose recordings stay


class RecordingSpace:
    """Keeps as much space free as an hour of all cameras takes. For one thread."""

    def __init__(
        self,
        root: Path,
        store: EventStore,
        remover: RecordingRemover,
        *,
        measure: Callable[[Path], DiskSpace] = DiskSpace.of,
    ) -> None:
        """Watch the disk of the folder, as measured by `measure`."""
        self._root = root
        self._store = store
        self._remover = remover
        self._measure = measure
        self._is_short = False

    def steps(self, usage: Usage) -> Iterator[int]:
        """Delete the oldest recordings of all cameras if needed; yield the bytes freed by each batch.

        No clock matters here: recordings of the hour before the newest one stay.
        """
        needed = usage.per_hour
        if not self._root.is_dir() or not self._notify(needed):
            return
        freed = 0
        newest = self._store.recordings.newest()
        before = newest - _LAST_HOUR_S if newest is not None else 0.0
        while freed < needed and (batch := self._store.recordings.oldest_of_all(BATCH, before)):
            enough = _first(batch, needed - freed)
            if not self._remover.remove(enough):
                return  # they cannot be deleted
            freed += sum(one.size for one in enough)
            yield freed

    def _notify(self, needed: float) -> bool:
        space = self._measure(self._root)
        is_short = space.free < needed
        if is_short and not self._is_short:
            _LOGGER.warning(
                "The disk of %s is nearly full (%.0f MB free, %.0f MB are needed for an hour), so the oldest recordings"
                " are deleted early",
                self._root,
                space.free / 1e6,
                needed / 1e6,
            )
        self._is_short = is_short
        return is_short


def _first(recordings: list[Recording], size: float) -> list[Recording]:
    """Return the first recordings that together have a size, or all."""
    sums = accumulate(one.size for one in recordings)
    return [one for one, total in zip(recordings, sums, strict=True) if total - one.size < size]
