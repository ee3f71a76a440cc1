"""The thread that makes exports."""

import logging
import threading
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Final

from ..concurrency import Worker
from ..errors import MediaError, StoreError
from ..media.assembly import TimeRange
from ..media.lanes import Abandoned
from ..messages import ExportMessage, ExportState
from ..store import EventStore, ExportFilter, StoredExport
from .files import ExportFiles
from .job import ExportJob
from .maker import Finished, draw_thumbnail, make_export
from .run import Run

_LOGGER = logging.getLogger(__name__)

UNFINISHED: Final = ExportFilter(in_progress=True)

_STOP_S: Final = 5.0
_RETRY_S: Final = 5.0  # while the database cannot be used
_INTERRUPTED: Final = "Home Assistant ended before it was finished"

type Write = Callable[[Callable[[EventStore], bool]], bool]
"""Does a job in the storage thread and waits for it; StoreError if the database cannot be used."""


class ExportWorker:
    """Makes the waiting exports one after the other, the oldest first. Any thread may call it."""

    def __init__(
        self,
        recordings: Path,
        files: ExportFiles,
        store: EventStore,
        write: Write,
        *,
        program: str,
        on_message: Callable[[ExportMessage], None],
    ) -> None:
        """Prepare; recordings is their folder, program is ffmpeg's name or path."""
        self._recordings = recordings
        self._files = files
        self._store = store
        self._write = write
        self._program = program
        self._on_message = on_message
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._current: Run | None = None
        self._worker = Worker("fn:exports", self._run)

    def start(self) -> None:
        """Start the thread."""
        self._worker.start()

    def wake(self) -> None:
        """Look for waiting exports now."""
        self._wake.set()

    def request_stop(self) -> None:
        """Ask the thread to end."""
        self._worker.request_stop()
        self._wake.set()

    def stop(self) -> bool:
        """End the thread; what it was making waits for the next start. May be called twice."""
        self.request_stop()
        return self._worker.stop(_STOP_S)

    def cancel(self, export_ids: Collection[str]) -> None:
        """Give up what is being made if it is one of these."""
        with self._lock:
            if self._current is not None and self._current.export.id in export_ids:
                self._current.cancel()

    def progress(self, export_id: str) -> float | None:
        """Return how far an export is, 0..1, while it is being made."""
        with self._lock:
            run = self._current
        return run.progress if run is not None and run.export.id == export_id else None

    def _run(self, stop: threading.Event) -> None:
        is_clean = False
        while True:
            self._wake.clear()
            if stop.is_set():
                return
            try:
                is_clean = is_clean or self._clean()
                has_more = self._make_next(stop)
            except StoreError as err:
                _LOGGER.debug("Exports wait for the database: %s", err)
                self._wake.wait(_RETRY_S)
            else:
                self._wake.wait(0.0 if has_more else None)

    def _clean(self) -> bool:
        """Give up what an interrupted run was making; what waited is made now."""
        for export in self._store.exports.exports(UNFINISHED):
            if export.state is ExportState.RUNNING:
                self._set_state(export, ExportState.FAILED, _INTERRUPTED)
        self._files.delete_unfinished()
        return True

    def _make_next(self, stop: threading.Event) -> bool:
        """Make the oldest waiting export; return whether there was one."""
        waiting = [one for one in self._store.exports.exports(UNFINISHED) if one.state is ExportState.QUEUED]
        if not waiting:
            return False
        export = waiting[-1]
        run = Run(export, stop, lambda progress: self._notify(export, ExportState.RUNNING, progress=progress))
        with self._lock:
            self._current = run
        try:
            if self._set_state(export, ExportState.RUNNING):
                self._make(export, run)
        except Abandoned:
            if stop.is_set():
                self._set_state(export, ExportState.QUEUED)
        finally:
            with self._lock:
                self._current = None
        return True

    def _make(self, export: StoredExport, run: Run) -> None:
        try:
            finished = self._write_film(export, run)
        except (MediaError, OSError) as err:
            _LOGGER.warning("Camera %s: the export %s failed: %s", export.camera, export.name, err)
            self._set_state(export, ExportState.FAILED, str(err))
            return
        self._draw(export)
        size, seconds, problem = finished.size, finished.seconds, finished.problem
        if self._write(lambda store: store.exports.finish(export.id, size=size, seconds=seconds, problem=problem)):
            self._notify(export, ExportState.DONE, problem, 1.0)
        else:  # deleted meanwhile
            self._files.delete(export)

    def _write_film(self, export: StoredExport, run: Run) -> Finished:
        path = self._files.film_path(export)
        if path is None:
            raise MediaError(f"no file can have the name {export.file!r}")
        recordings = self._store.recordings.between(export.camera, export.start, export.end)
        if not recordings:
            raise MediaError("its recordings have been deleted")
        span = TimeRange(start=export.start, end=export.end)
        job = ExportJob(folder=self._recordings, recordings=recordings, span=span, speed=export.speed, path=path)
        return make_export(job, self._program, run)

    def _draw(self, export: StoredExport) -> None:
        film, picture = self._files.film_path(export), self._files.picture_path(export)
        try:
            if film is not None and picture is not None:
                draw_thumbnail(film, picture)
        except MediaError as err:
            _LOGGER.warning("Camera %s: the export %s has no picture: %s", export.camera, export.name, err)

    def _set_state(self, export: StoredExport, state: ExportState, problem: str | None = None) -> bool:
        is_there = self._write(lambda store: store.exports.set_state(export.id, state, problem))
        if is_there:
            self._notify(export, state, problem)
        return is_there

    def _notify(
        self, export: StoredExport, state: ExportState, problem: str | None = None, progress: float = 0.0
    ) -> None:
        self._on_message(
            ExportMessage(export_id=export.id, camera=export.camera, state=state, progress=progress, problem=problem)
        )
