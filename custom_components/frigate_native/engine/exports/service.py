"""Exports: queued, listed, renamed and deleted."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Final

from ..context import EngineContext
from ..disk.recording_paths import camera_name_error
from ..errors import MediaError, QueueFullError, StoreError
from ..media.assembly import TimeRange
from ..messages import ExportMessage, ExportState
from ..paths import MediaPaths
from ..store import EventStore, StoredExport
from .files import ExportFiles
from .naming import LONGEST_NAME, default_name, file_name, new_id
from .worker import UNFINISHED, ExportWorker

LONGEST_S: Final = 7 * 86_400.0
"""No export has a longer time range."""
FASTEST: Final = 1000.0
"""No time lapse is faster."""
MOST_WAITING: Final = 100

_WRITE_S: Final = 60.0

type Submit = Callable[[Callable[[EventStore], bool]], Future[bool]]
"""Runs a job in the storage thread."""


class ExportService:
    """Parts of the recordings as files that stay until a user deletes them. Any thread but the event loop may call it.

    Methods block for the database and raise StoreError if it cannot be used, unless they say otherwise. Nothing else
    deletes exports: neither retention nor a full disk.
    """

    def __init__(
        self,
        paths: MediaPaths,
        store: EventStore,
        submit: Submit,
        context: EngineContext,
        on_message: Callable[[ExportMessage], None],
    ) -> None:
        """Prepare; the folder of exports is created when it is needed."""
        self._store = store
        self._submit = submit
        self._context = context
        self._on_message = on_message
        self._files = ExportFiles(paths)
        self._worker = ExportWorker(
            paths.recordings, self._files, store, self._write, program=context.ffmpeg, on_message=on_message
        )

    def start(self) -> None:
        """Start the thread, which continues with what waits."""
        self._worker.start()

    def request_stop(self) -> None:
        """Ask the thread to end."""
        self._worker.request_stop()

    def stop(self) -> bool:
        """End the thread; what it was making is made again at the next start. May be called twice."""
        return self._worker.stop()

    def create(
        self, camera: str, span: TimeRange, *, name: str | None = None, title: str | None = None, speed: float = 1.0
    ) -> StoredExport:
        """Queue an export and return it; title is the camera's name for people.

        ValueError if a value cannot be used, MediaError if nothing is recorded, QueueFullError if too many wait.
        """
        _check(camera, span, speed)
        if not self._store.recordings.between(camera, span.start, span.end):
            raise MediaError("nothing is recorded at that time")
        if self._store.exports.count(UNFINISHED) >= MOST_WAITING:
            raise QueueFullError(f"{MOST_WAITING} exports are waiting; try again later")
        export_id, zone = new_id(camera), self._context.time_zone()
        export = StoredExport(
            id=export_id,
            camera=camera,
            name=(name or default_name(title or camera, span, zone))[:LONGEST_NAME],
            start=span.start,
            end=span.end,
            created=self._context.clock.now(),
            file=file_name(export_id, camera, span, zone),
            speed=speed,
        )

        def add(store: EventStore) -> bool:
            store.exports.add([export])
            return True

        self._write(add)
        self._notify(export, ExportState.QUEUED)
        self._worker.wake()
        return export

    def cancel(self, export_id: str) -> bool:
        """Give up an export that is not over, and forget it; return whether there was one."""
        export = self._store.exports.export(export_id)
        return export is not None and export.in_progress and self.delete([export_id]) > 0

    def rename(self, export_id: str, name: str) -> bool:
        """Give an export another name, for people; return whether it exists."""
        if not self._write(lambda store: store.exports.rename(export_id, name[:LONGEST_NAME])):
            return False
        if (export := self._store.exports.export(export_id)) is not None:
            self._notify(export, export.state)
        return True

    def delete(self, export_ids: Sequence[str]) -> int:
        """Delete exports with their files, cancelling those that are not over; return how many there were."""
        found = [export for one in export_ids if (export := self._store.exports.export(one)) is not None]
        ids = [export.id for export in found]
        self._write(lambda store: store.exports.delete(ids) > 0)
        self._worker.cancel(ids)
        for export in found:
            self._files.delete(export)
            self._notify(export, None)
        return len(found)

    def progress(self, export_id: str) -> float | None:
        """Return how far an export is, 0..1, while it is being made. Returns at once."""
        return self._worker.progress(export_id)

    def film(self, export: StoredExport) -> Path | None:
        """Return the file of a finished export, if it is there. Blocks for the disk only."""
        return self._files.film(export)

    def picture(self, export: StoredExport) -> Path | None:
        """Return the thumbnail of an export, a WebP, if it is there. Blocks for the disk only."""
        return self._files.picture(export)

    def _notify(self, export: StoredExport, state: ExportState | None) -> None:
        progress = 1.0 if state is ExportState.DONE else self.progress(export.id) or 0.0
        problem = export.problem if state is not None else None
        self._on_message(
            ExportMessage(export_id=export.id, camera=export.camera, state=state, progress=progress, problem=problem)
        )

    def _write(self, job: Callable[[EventStore], bool]) -> bool:
        try:
            return self._submit(job).result(_WRITE_S)
        except TimeoutError:
            raise StoreError("the storage thread is busy") from None


def _check(camera: str, span: TimeRange, speed: float) -> None:
    if error := camera_name_error(camera):
        raise ValueError(error)
    if not 0 < span.end - span.start <= LONGEST_S:
        raise ValueError(f"the end must be after the start, by {LONGEST_S / 86_400:.0f} days at most")
    if not 1 <= speed <= FASTEST:
        raise ValueError(f"the speed must be from 1 to {FASTEST:.0f}")
