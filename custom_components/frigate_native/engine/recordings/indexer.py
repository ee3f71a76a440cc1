"""Keeps the index of recordings in step with the files on disk."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import tzinfo
from typing import Final

from ..concurrency import Clock
from ..store import EventStore, Recording
from .activity import ActivityLog
from .folders import FoundFile, RecordingFolders

_LOGGER = logging.getLogger(__name__)

_RECENT_S: Final = 3600.0
_LOOKS: Final = 2
_WAIT_S: Final = 60.0  # for the engine to process the frames of a recorded file
_BATCH: Final = 200  # rows; measured: script/benchmark_recordings
_MOST_UNREADABLE: Final = 10_000

type Write = Callable[[Callable[[EventStore], None]], None]
"""Does a job in the storage thread and returns when it is done; StoreError if the database cannot be used."""


class RecordingIndexer:
    """Compares folders with the index. For one thread.

    Both methods yield after each folder; OSError if a disk cannot be read, StoreError if the database cannot be used.
    What is missing is added when they are called again.
    """

    def __init__(
        self,
        folders: RecordingFolders,
        store: EventStore,
        write: Write,
        *,
        activity: ActivityLog,
        zone: Callable[[], tzinfo | None],
        clock: Clock,
    ) -> None:
        """Prepare. zone is that of the folders in local time."""
        self._folders = folders
        self._store = store
        self._write = write
        self._activity = activity
        self._zone = zone
        self._clock = clock
        self._newest: dict[str, Recording] = {}
        self._looks: dict[str, tuple[int, int]] = {}  # when a folder was modified, and how often compared since
        self._unreadable: dict[str, int] = {}  # sizes of files that cannot be played, to read them only once

    def follow(self) -> Iterator[None]:
        """Add what was recorded lately."""
        if not self._folders.exists():
            return
        now = self._clock.now()
        hours = {hour for time in (now - _RECENT_S, now) for hour in self._folders.at(time, self._zone())}
        for hour in sorted(hours):
            for folder in self._folders.of_hour(hour):
                self._look(folder)
                yield
        self._looks = {folder: look for folder, look in self._looks.items() if folder.rpartition("/")[0] in hours}

    def heal(self) -> Iterator[None]:
        """Compare everything: add what is not in the index, and remove what has no file any more."""
        found = set[str]()
        for folder in self._folders.all():
            found.add(folder)
            self._sync(folder)
            yield
        if not found:  # more likely the disk is not mounted than everything deleted
            return
        for folder in self._store.recordings.folders():
            if folder not in found:
                self._sync(folder)
                yield

    def newest(self, camera: str) -> Recording | None:
        """Return the newest file of a camera that was added since the start. Any thread may call it."""
        return self._newest.get(camera)

    def _look(self, folder: str) -> None:
        """Compare a folder, unless that has been done twice since a file was added or removed: times may be coarse."""
        modified = self._folders.modified(folder)
        before, looks = self._looks.get(folder, (0, 0))
        looks = looks if modified == before else 0
        if looks < _LOOKS and self._sync(folder):
            self._looks[folder] = (modified, looks + 1)

    def _sync(self, folder: str) -> bool:
        """Compare a folder; return whether nothing in it waits for the engine."""
        files = {file.path: file for file in self._folders.files(folder)}
        known = {one.path: one for one in self._store.recordings.in_folder(folder)}
        read = {path: self._read(file) for path, file in files.items() if not _is_known(known, file)}
        gone = [one for path, one in known.items() if path not in files or (path in read and read[path] is None)]
        if gone and self._folders.exists():
            _LOGGER.info("Recordings: %d files in %s are gone or cannot be played", len(gone), folder)
            self._in_batches(gone, lambda store, batch: store.recordings.remove(batch))
        found = [one for one in read.values() if one is not None]
        changed = [one for one in found if one.path in known]
        self._in_batches(changed, lambda store, batch: store.recordings.change(batch))
        unknown = [one for one in found if one.path not in known]
        new = [self._with_figures(one) for one in unknown if self._is_due(one)]
        self._in_batches(new, lambda store, batch: store.recordings.add(batch))
        for one in new:
            before = self._newest.get(one.camera)
            self._newest[one.camera] = one if before is None or before.end < one.end else before
        return len(new) == len(unknown)

    def _in_batches(
        self, recordings: Sequence[Recording], job: Callable[[EventStore, Sequence[Recording]], None]
    ) -> None:
        for index in range(0, len(recordings), _BATCH):
            batch = recordings[index : index + _BATCH]
            self._write(lambda store, batch=batch: job(store, batch))  # type: ignore[misc]

    def _read(self, file: FoundFile) -> Recording | None:
        if self._unreadable.get(file.path) == file.size:
            return None
        try:
            recording = self._folders.read(file, self._zone())
        except FileNotFoundError:
            return None
        if recording is None:
            if len(self._unreadable) >= _MOST_UNREADABLE:
                self._unreadable.clear()
            self._unreadable[file.path] = file.size
            _LOGGER.warning("The recording %s cannot be played, so it is not in the index", file.path)
        return recording

    def _is_due(self, one: Recording) -> bool:
        """Return whether all that the engine saw in a file's time is known, or will not be."""
        watched_until = self._activity.newest(one.camera)
        return not 0 < watched_until < one.end or self._clock.now() - one.end > _WAIT_S

    def _with_figures(self, one: Recording) -> Recording:
        activity = self._activity.between(one.camera, one.start, one.end)
        return replace(one, motion=activity.motion, objects=activity.objects)


def _is_known(known: dict[str, Recording], file: FoundFile) -> bool:
    return file.path in known and known[file.path].size == file.size
