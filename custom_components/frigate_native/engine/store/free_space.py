"""Deletes clips when the disk is nearly full."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import batched
from pathlib import Path
from typing import Final

from ..concurrency import Clock
from ..disk import DiskSpace
from ..errors import MediaError
from ..messages import DiskMessage
from .records import EventFilter, StoredEvent
from .retention import FileRemover
from .store import EventStore

_LOGGER = logging.getLogger(__name__)

FREE_SPACE_EVERY_S: Final = 60.0
_LEAST_FREE: Final = 10**9  # bytes; on a small disk, such as an SD card:
_LEAST_SHARE: Final = 0.05  # of its size. The recorder deletes recordings before this is reached
_MARGIN: Final = 1.1  # times that, so that not every new clip deletes another
_RECOVERED: Final = 1.5
_LAST_HOUR_S: Final = 3600.0  # whose clips are kept
_BATCH: Final = 10  # clips
_PAGE: Final = 100
_MOST_BATCHES: Final = 20  # at a time, since some disks report free space late
_REASON: Final = "its clip was deleted because the disk was full"


class FreeSpaceJob:
    """Deletes the oldest clips that are not retained, a few at a time, until the disk has enough free space.

    The events are kept. on_state is called in the storage thread when free space becomes low, and when it no longer is.
    """

    def __init__(
        self,
        folder: Path,
        remove_files: FileRemover,
        on_state: Callable[[DiskMessage], None],
        clock: Clock,
        *,
        measure: Callable[[Path], DiskSpace] = DiskSpace.of,
        has_file: Callable[[StoredEvent], bool] = lambda _: True,
    ) -> None:
        """Watch the disk of the clips folder, as measured by `measure`. Clips without a file are left alone."""
        self._has_file = has_file
        self._folder = folder
        self._remove_files = remove_files
        self._on_state = on_state
        self._clock = clock
        self._measure = measure
        self._is_short = False

    def steps(self, store: EventStore) -> Iterator[int]:
        """Delete clips if needed, in one short transaction per step; yield the number deleted in each."""
        try:
            if self._notify(self._measure(self._folder)):
                yield from self._delete_oldest(store)
        except (OSError, MediaError) as err:
            _LOGGER.debug("Clips cannot be deleted to free space: %s", err)  # writing clips reports the same problem

    def _delete_oldest(self, store: EventStore) -> Iterator[int]:
        number = 0
        for events in self._pages(store):
            for batch in batched(filter(self._has_file, events), _BATCH, strict=False):
                self._remove_files(batch, clips=True, snapshots=False)
                store.clear_clips([event.id for event in batch], _REASON)
                yield len(batch)
                number += 1
                space = self._measure(self._folder)
                if number == _MOST_BATCHES or space.free >= _floor(space) * _MARGIN:
                    return
            yield 0

    def _pages(self, store: EventStore) -> Iterator[list[StoredEvent]]:
        """Yield events with a clip, the oldest first."""
        page = EventFilter(
            has_clip=True,
            retained=False,
            before=self._clock.now() - _LAST_HOUR_S,
            limit=_PAGE,
            include_thumbnails=False,
            newest_first=False,
        )
        while events := store.events(page):
            yield events
            page = replace(page, older_than=events[-1].cursor)

    def _notify(self, space: DiskSpace) -> bool:
        """Report a change; return whether clips must be deleted."""
        floor = _floor(space)
        is_too_full = space.free < floor
        if is_too_full and not self._is_short:
            text = f"{space.free / 1e6:.0f} MB of {space.total / 1e6:.0f} MB are free, {floor / 1e6:.0f} MB are needed"
            _LOGGER.warning(
                "The disk of %s is nearly full, so the oldest clips are deleted early: %s", self._folder, text
            )
            self._is_short = True
            self._on_state(DiskMessage(has_room=False, path=self._folder, text=text))
        elif self._is_short and space.free >= floor * _RECOVERED:
            _LOGGER.info("The disk of %s has enough free space again", self._folder)
            self._is_short = False
            self._on_state(DiskMessage(has_room=True, path=self._folder))
        return is_too_full


def _floor(space: DiskSpace) -> float:
    return min(_LEAST_FREE, space.total * _LEAST_SHARE)
