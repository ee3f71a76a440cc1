"""The thread that looks after recordings."""

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Final

from ..concurrency import Worker
from ..config.model import Config
from ..context import EngineContext
from ..disk import DiskSpace
from ..disk.deletion_clock import DeletionClock
from ..errors import StoreError
from ..media.assembly import TimeRange
from ..messages import ActivityMessage, Message
from ..paths import MediaPaths
from ..store import EventStore, StoredEvent
from .activity import ActivityLog
from .chores import Chore, run_chores
from .cuts import RecordingCuts
from .event_clips import EventClips
from .folders import RecordingFolders
from .free_space import RecordingSpace
from .indexer import RecordingIndexer
from .kept_spans import ReviewSpans
from .retention import RecordingRemover, RecordingRetention
from .usage import Usage, measure_usage

_LOGGER = logging.getLogger(__name__)

_FOLLOW_EVERY_S: Final = 8.0
_HEAL_EVERY_S: Final = 86_400.0
_EXPIRE_EVERY_S: Final = 600.0
_FIRST_EXPIRY_S: Final = 60.0
_MEASURE_EVERY_S: Final = 600.0
_FREE_EVERY_S: Final = 60.0
_RETAIN_EVERY_S: Final = 60.0
_CHECKPOINT_EVERY_S: Final = 4.0
_LATE_S: Final = 30.0  # until a finished file is moved and found
_HEAL_AGAIN_S: Final = 600.0  # after the database could not be used
_WRITE_S: Final = 60.0
_STOP_S: Final = 5.0

type Submit = Callable[[Callable[[EventStore], None]], Future[None]]
"""Runs a job in the storage thread."""


class RecordingService:
    """Keeps the index of recordings up to date, and deletes what has expired. Any thread may call it."""

    def __init__(
        self, paths: MediaPaths, config: Config, store: EventStore, submit: Submit, context: EngineContext
    ) -> None:
        """Prepare; the folder of recordings need not exist."""
        self._root = root = paths.recordings
        self._store = store
        self._submit = submit
        self._clock = context.clock
        self._activity = ActivityLog()
        self._indexer = RecordingIndexer(
            RecordingFolders(root),
            store,
            self._write,
            activity=self._activity,
            zone=context.time_zone,
            clock=context.clock,
        )
        self._opening = 0  # the database that was healed
        self._is_behind = False  # files may be missing in the index
        self._healed_s = 0.0
        self._healing = Chore("comparing the index with the files", _HEAL_EVERY_S, self._heal)
        remover = RecordingRemover(root, self._write)
        deletion_clock = DeletionClock(paths.cache / "recordings.txt", context.clock)
        retention = RecordingRetention(config.cameras, store, remover, ReviewSpans(store), deletion_clock)
        self._space = RecordingSpace(root, store, remover)
        self._clips = EventClips(config, paths.clips, root, store)
        self.cuts = RecordingCuts(root, paths.cache / "cuts", store)
        self._usage = Usage()
        self._chores = (
            Chore("looking for new files", _FOLLOW_EVERY_S, self._follow),
            self._healing,
            Chore("deleting old files", _EXPIRE_EVERY_S, retention.steps, first_after_s=_FIRST_EXPIRY_S),
            Chore("measuring", _MEASURE_EVERY_S, self._measure),
            Chore("keeping clips of retained events", _RETAIN_EVERY_S, self._clips.keep_retained),
            Chore("tidying up the database", _CHECKPOINT_EVERY_S, self._checkpoint),
            Chore("freeing space", _FREE_EVERY_S, lambda: self._space.steps(self._usage)),
        )
        self._worker = Worker("fn:recordings", self._run)

    @property
    def usage(self) -> Usage:
        """How much space recordings take, as measured every ten minutes."""
        return self._usage

    def start(self) -> None:
        """Start the thread."""
        self._worker.start()

    def request_stop(self) -> None:
        """Ask the thread to end."""
        self._worker.request_stop()

    def stop(self) -> bool:
        """End the thread; return whether it ended. May be called twice."""
        return self._worker.stop(_STOP_S)

    def is_recorded(self, camera: str) -> bool:
        """Return whether files of the camera are currently arriving."""
        newest = self._indexer.newest(camera)
        if newest is None:
            return False
        return self._clock.now() - newest.end < 2 * (newest.end - newest.start) + _LATE_S

    def newest_end(self, camera: str) -> float:
        """Return when the newest known file ends, 0.0 without one."""
        newest = self._indexer.newest(camera)
        return newest.end if newest else 0.0

    def covered(self, camera: str, requested: TimeRange) -> TimeRange | None:
        """Return which part of a time range is recorded; blocks, StoreError if the database cannot be used."""
        found = self._store.recordings.between(camera, requested.start, requested.end)
        if not found:
            return None
        return TimeRange(
            start=max(found[0].start, requested.start), end=min(max(one.end for one in found), requested.end)
        )

    def clip(self, event: StoredEvent) -> Path | None:
        """Return the clip of an event, cut from recordings; None if there are none. Blocks, errors as `cut`."""
        requested = self._clips.range_of(event)
        if requested is None or self.covered(event.camera, requested) is None:
            return None
        return self.cuts.cut(event.camera, requested)

    def has_clip(self, event: StoredEvent) -> bool:
        """Return whether recordings hold a part of an event's clip. Blocks."""
        requested = self._clips.range_of(event)
        return requested is not None and self.covered(event.camera, requested) is not None

    def look_again(self) -> None:
        """Compare the index with all files soon."""
        self._healing.make_due()

    def receive(self, message: Message) -> None:
        """Note what a camera sees; returns at once."""
        if isinstance(message, ActivityMessage):
            self._activity.add(message)

    def _run(self, stop: threading.Event) -> None:
        self.cuts.clear()
        while not self._store.is_open:
            if stop.wait(0.5):
                return
        run_chores(self._chores, self._clock, stop)

    def _follow(self) -> Iterator[None]:
        now_s = self._clock.monotonic()
        if self._opening != self._store.openings:  # another database, which may know nothing
            self._opening = self._store.openings
            self._is_behind, self._healed_s = True, -_HEAL_AGAIN_S
        if self._is_behind and now_s - self._healed_s > _HEAL_AGAIN_S:
            self._is_behind, self._healed_s = False, now_s
            self._healing.make_due()
        yield from self._indexer.follow()

    def _heal(self) -> Iterator[None]:
        yield from self._indexer.heal()
        yield from self._measure()

    def _measure(self) -> Iterator[None]:
        free = DiskSpace.of_planned(self._root).free
        self._usage = measure_usage(self._store, self._clock.now(), free)
        yield

    def _checkpoint(self) -> Iterator[None]:
        """Spare the storage thread the wait for the disk."""
        self._store.checkpoint()
        yield

    def _write(self, job: Callable[[EventStore], None]) -> None:
        try:
            self._submit(job).result(_WRITE_S)
        except TimeoutError:
            self._is_behind = True
            raise StoreError("the storage thread is busy") from None
        except StoreError:
            self._is_behind = True
            raise
