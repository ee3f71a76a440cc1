"""Video cut from recordings on request, without re-encoding."""

import hashlib
import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from ..errors import MediaError
from ..media.assembly import TimeRange, assemble
from ..media.segment import Segment
from ..store import EventStore, Recording

_LOGGER = logging.getLogger(__name__)

MOST_SECONDS: Final = 3600.0
"""A longer time range is streamed, not cut."""

_AT_ONCE: Final = 2
_WAIT_S: Final = 60.0
_MOST_FILES: Final = 50
_MOST_BYTES: Final = 2 * 10**9
_KEPT_S: Final = 3600.0  # players come back for other parts of a file


class RecordingCuts:
    """Cuts time ranges from recordings and keeps the files for an hour. Any thread but the event loop may call it."""

    def __init__(self, root: Path, folder: Path, store: EventStore) -> None:
        """Root is the folder of recordings; folder is for cuts, everything in it may be deleted."""
        self._root = root
        self._folder = folder
        self._store = store
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._lock = threading.Lock()
        self._running: dict[str, threading.Lock] = {}

    def cut(self, camera: str, requested: TimeRange) -> Path:
        """Return an MP4 file with what is recorded of a time range, from the last key frame before it.

        MediaError if nothing is recorded, ValueError if the range is empty or longer than an hour.
        """
        if not 0 < requested.end - requested.start <= MOST_SECONDS:
            raise ValueError(f"the time range must be longer than 0 s and no longer than {MOST_SECONDS:.0f} s")
        recordings = self._store.recordings.between(camera, requested.start, requested.end)
        if not recordings:
            raise MediaError("nothing is recorded at that time")
        path = self._folder / f"{_key(requested, recordings)}.mp4"
        with self._turn(path.name):
            if not path.is_file():
                self._make_room()
                assemble(segments_of(self._root, recordings), requested, path)
            with suppress(OSError):
                path.touch()
        return path

    def clear(self) -> None:
        """Delete all cuts of an earlier run."""
        for path in self._files():
            path.unlink(missing_ok=True)

    @contextmanager
    def _turn(self, name: str) -> Iterator[None]:
        """Let two threads cut at once, and only one the same file; MediaError if that takes too long."""
        with self._lock:
            own = self._running.setdefault(name, threading.Lock())
        if not own.acquire(timeout=_WAIT_S):
            raise MediaError("too many clips are requested; try again")
        try:
            if not self._turns.acquire(timeout=_WAIT_S):
                raise MediaError("too many clips are requested; try again")
            try:
                yield
            finally:
                self._turns.release()
        finally:
            own.release()
            with self._lock:
                if not own.locked():
                    self._running.pop(name, None)

    def _make_room(self) -> None:
        """Delete what has not been used for an hour, and the oldest files beyond the limits."""
        found = sorted(((path.stat().st_mtime, path.stat().st_size, path) for path in self._files()), reverse=True)
        size = 0
        for number, (used, file_size, path) in enumerate(found, 1):
            size += file_size
            if number >= _MOST_FILES or size > _MOST_BYTES or used < time.time() - _KEPT_S:
                path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return list(self._folder.iterdir()) if self._folder.is_dir() else []


def segments_of(root: Path, recordings: Sequence[Recording]) -> list[Segment]:
    """Return recorded files as parts of a clip."""
    return [
        Segment(camera=one.camera, path=root / one.path, start=one.start, end=one.end, size=one.size, lead_s=0.0)
        for one in recordings
    ]


def _key(requested: TimeRange, recordings: Sequence[Recording]) -> str:
    """Return a name for a cut, another one when the recordings change."""
    facts = [requested.start, requested.end, *((one.path, one.size) for one in recordings)]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]
