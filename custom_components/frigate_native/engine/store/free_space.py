"""Which clips make room when the disk is nearly full."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from ..concurrency import Clock
from ..disk import DiskSpace
from ..errors import MediaError
from ..messages import DiskMessage
from .records import EventFilter
from .retention import FileRemover
from .store import EventStore

_LOGGER = logging.getLogger(__name__)

ROOM_EVERY_S: Final = 60.0
_LEAST_FREE: Final = 10**9  # bytes; of a small disk, as SD cards are:
_LEAST_SHARE: Final = 0.05  # of all its bytes. The recorder gives up recordings before it comes to this
_ENOUGH: Final = 1.1  # times that, so that not every clip needs another to go
_AT_EASE: Final = 1.5
_LAST_HOUR_S: Final = 3600.0  # of which no clip is given up
_BATCH: Final = 10  # clips
_MOST_BATCHES: Final = 20  # at a time: some disks are slow to tell what has become free
_REASON: Final = "its clip made room on a full disk"


class FreeSpaceJob:
    """Gives up the oldest clips that are not retained, a few at a time, until the disk has room again.

    The events stay. on_state is told in the storage's thread when room becomes short, and when it no longer is.
    """

    def __init__(
        self,
        folder: Path,
        remove_files: FileRemover,
        on_state: Callable[[DiskMessage], None],
        clock: Clock,
        *,
        measure: Callable[[Path], DiskSpace] = DiskSpace.of,
    ) -> None:
        """Take the clips' folder, and how to find out how full its disk is."""
        self._folder = folder
        self._remove_files = remove_files
        self._on_state = on_state
        self._clock = clock
        self._measure = measure
        self._is_short = False

    def steps(self, store: EventStore) -> Iterator[int]:
        """Make room if there is too little, one short transaction a step; each yields how many clips went."""
        try:
            if self._notify(self._measure(self._folder)):
                yield from self._make_room(store)
        except (OSError, MediaError) as err:
            _LOGGER.debug("No room can be made for clips: %s", err)  # the clips themselves tell what is wrong

    def _make_room(self, store: EventStore) -> Iterator[int]:
        oldest = EventFilter(
            has_clip=True,
            retained=False,
            before=self._clock.now() - _LAST_HOUR_S,
            limit=_BATCH,
            include_thumbnails=False,
            newest_first=False,
        )
        for _ in range(_MOST_BATCHES):
            events = store.events(oldest)
            if not events:
                return
            self._remove_files(events, clips=True, snapshots=False)
            store.clear_clips([event.id for event in events], _REASON)
            yield len(events)
            space = self._measure(self._folder)
            if space.free >= _floor(space) * _ENOUGH:
                return

    def _notify(self, space: DiskSpace) -> bool:
        """Tell of a change; return whether clips have to go."""
        floor = _floor(space)
        must_go = space.free < floor
        if must_go and not self._is_short:
            text = f"{space.free / 1e6:.0f} MB of {space.total / 1e6:.0f} MB are free, {floor / 1e6:.0f} MB should be"
            _LOGGER.warning(
                "The disk of %s is nearly full, so the oldest clips go before their time: %s", self._folder, text
            )
            self._is_short = True
            self._on_state(DiskMessage(has_room=False, path=self._folder, text=text))
        elif self._is_short and space.free >= floor * _AT_EASE:
            _LOGGER.info("The disk of %s has room again", self._folder)
            self._is_short = False
            self._on_state(DiskMessage(has_room=True, path=self._folder))
        return must_go


def _floor(space: DiskSpace) -> float:
    return min(_LEAST_FREE, space.total * _LEAST_SHARE)
