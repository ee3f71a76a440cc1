"""Deletes recordings that nothing keeps any more."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from ..config.model import CameraConfig, RecordConfig
from ..disk.deletion_clock import DeletionClock
from ..store import EventStore, Recording
from .indexer import Write
from .kept_spans import KeptSpans, SpanCursor

_LOGGER = logging.getLogger(__name__)

_DAY_S: Final = 86_400.0
_GRACE_S: Final = 600.0  # until an event of a recording is stored for sure
BATCH: Final = 50  # recordings; measured: script/benchmark_recordings


class RecordingRetention:
    """Deletes recordings of configured cameras, a few at a time. For one thread.

    A recording is kept for `continuous.days`, with motion, objects or sound for `motion.days`, and while an alert or a
    detection of its time keeps it. Without detection at its time, it is kept for the longest of these times.
    """

    def __init__(
        self,
        cameras: Mapping[str, CameraConfig],
        store: EventStore,
        remover: RecordingRemover,
        spans: KeptSpans,
        clock: DeletionClock,
    ) -> None:
        """Prepare; recordings of other cameras are kept."""
        self._cameras = cameras
        self._store = store
        self._remover = remover
        self._spans = spans
        self._clock = clock

    def steps(self) -> Iterator[int]:
        """Delete what has expired; yield the number of deleted recordings after each batch."""
        now = self._clock.time(self._store.recordings.newest)
        if now is None:
            return
        for name in self._store.recordings.cameras():
            if camera := self._cameras.get(name):
                yield from self._expire(camera, now)

    def _expire(self, camera: CameraConfig, now: float) -> Iterator[int]:
        cursor = SpanCursor(self._spans.of(camera, now))
        before = now - max(camera.record.continuous.days * _DAY_S, _GRACE_S)
        for batch in self._store.recordings.batches(camera.name, before, BATCH):
            expired = [one for one in batch if not is_kept(camera.record, one, now) and not cursor.keeps(one)]
            self._remover.remove(expired)
            yield len(expired)


class RecordingRemover:
    """Deletes recorded files, then their rows: what is interrupted is done again."""

    def __init__(self, root: Path, write: Write) -> None:
        """Root is the folder of recordings."""
        self._root = root
        self._write = write

    def remove(self, recordings: Sequence[Recording]) -> int:
        """Delete recordings and the folders that are empty then; return the bytes freed. Failures are logged."""
        gone = [one for one in recordings if self._delete(one)]
        if gone:
            self._write(lambda store: store.recordings.remove(gone))
        for folder in {one.folder for one in gone}:
            self._prune(self._root / folder)
        return sum(one.size for one in gone)

    def _delete(self, one: Recording) -> bool:
        try:
            (self._root / one.path).unlink(missing_ok=True)
        except OSError as err:
            _LOGGER.warning("The recording %s cannot be deleted: %s", one.path, err.strerror)
            return False
        return True

    def _prune(self, folder: Path) -> None:
        with suppress(OSError):  # not empty
            while folder != self._root:
                folder.rmdir()
                folder = folder.parent


def is_kept(record: RecordConfig, recording: Recording, now: float) -> bool:
    """Return whether a recording is kept for what it holds, whatever happened at its time."""
    age_s = now - recording.end
    if age_s < max(record.continuous.days * _DAY_S, _GRACE_S):
        return True
    if not recording.is_watched:
        return age_s < record.longest_days * _DAY_S
    return recording.has_motion and age_s < record.motion.days * _DAY_S
