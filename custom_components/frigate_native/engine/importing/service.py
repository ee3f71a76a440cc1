"""Runs imports in a thread of their own, one at a time."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..concurrency import Clock, Worker
from ..errors import FrigateNativeError, StoreError
from ..paths import MediaPaths
from ..store import EventStore, KeptTime
from .context import ImportContext
from .control import CancelledError, Control
from .events import EventImport
from .exports import ExportImport
from .recordings import RecordingImport
from .report import ImportReport, State
from .request import ImportRequest
from .reviews import ReviewImport
from .source import FrigateDatabase, ImportFailedError
from .transfer import MediaTransfer

_LOGGER = logging.getLogger(__name__)

_DAY_S: Final = 86_400.0
_WRITE_S: Final = 60.0
_STOP_S: Final = 10.0
_TABLES: Final = ("recordings", "event", "reviewsegment", "export")

type Submit = Callable[[Callable[[EventStore], object]], Future[object]]
"""Runs a job in the storage thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDatabase:
    """What a database is of: the version of its tables, its cameras, and how many rows each table has."""

    version: str
    cameras: tuple[str, ...]
    rows: dict[str, int]


class ImportService:
    """Imports what a Frigate installation has kept. Any thread may call it.

    An import that was interrupted is continued by starting it again: what is known is skipped.
    """

    def __init__(
        self,
        paths: MediaPaths,
        store: EventStore,
        submit: Submit,
        clock: Clock,
        on_files: Callable[[], None],
    ) -> None:
        """Prepare; on_files is called when files were added that are not in the index."""
        self._paths = paths
        self._store = store
        self._submit = submit
        self._clock = clock
        self._on_files = on_files
        self._lock = threading.Lock()
        self._report: ImportReport | None = None
        self._control = Control()
        self._worker: Worker | None = None

    @property
    def report(self) -> ImportReport | None:
        """The report of the running import or the last one."""
        return self._report

    @property
    def _is_running(self) -> bool:
        return self._report is not None and self._report.state is State.RUNNING

    def inspect(self, database: Path) -> FoundDatabase:
        """Return what a database is of; blocks, ImportFailedError if it cannot be read."""
        with FrigateDatabase(database, self._paths.cache / "import-inspect", Control()) as found:
            rows = {table: found.count(table) for table in _TABLES}
            return FoundDatabase(version=found.version, cameras=found.cameras(), rows=rows)

    def start(self, request: ImportRequest) -> Future[ImportReport]:
        """Start an import and return its report when it is over; ImportFailedError if one is running."""
        future = Future[ImportReport]()
        future.set_running_or_notify_cancel()  # the waiting caller may give up, the import continues
        with self._lock:
            if self._is_running:
                raise ImportFailedError("another import is running; wait until it has ended, or cancel it")
            report, control = ImportReport(is_trial=request.is_trial), Control()
            self._report, self._control = report, control
            self._worker = Worker("fn:import", lambda _: self._run(request, report, control, future))
            self._worker.start()
        return future

    def cancel(self) -> bool:
        """End the running import soon; return whether there is one. What was imported stays."""
        was_running = self._is_running
        self._control.cancel()
        return was_running

    def stop(self) -> bool:
        """End the running import and its thread; return whether it ended. May be called twice."""
        self._control.cancel()
        return self._worker is None or self._worker.stop(_STOP_S)

    def _run(
        self, request: ImportRequest, report: ImportReport, control: Control, future: Future[ImportReport]
    ) -> None:
        try:
            self._import(request, report, control)
            report.state = State.DONE
        except CancelledError:
            report.state = State.CANCELLED
        except (FrigateNativeError, OSError) as err:
            report.state, report.problem = State.FAILED, str(err)
        except Exception as err:
            _LOGGER.exception("The import of %s failed", request.database)
            report.state, report.problem = State.FAILED, f"unexpected error, see the log: {type(err).__name__}"
        _LOGGER.info("%s", report.to_text())
        future.set_result(report)

    def _import(self, request: ImportRequest, report: ImportReport, control: Control) -> None:
        transfer = MediaTransfer(request.media, self._paths, request.files, report)
        with FrigateDatabase(request.database, self._paths.cache / "import", control) as database:
            report.version = database.version
            report.total = sum(database.count(table) for table in _TABLES)
            context = ImportContext(
                request=request,
                database=database,
                paths=self._paths,
                store=self._store,
                write=self._write,
                transfer=transfer,
                report=report,
                control=control,
            )
            self._keep(context)
            for part in (RecordingImport, EventImport, ReviewImport, ExportImport):
                part(context).run()
        if not request.is_trial and not transfer.is_in_place("recordings"):
            self._on_files()

    def _keep(self, context: ImportContext) -> None:
        """Note first what must not expire at once: retention runs while an import does."""
        request = context.request
        until = self._clock.now() + request.keep_days * _DAY_S
        cameras = ((request.camera(name), start, end) for name, start, end in context.database.spans())
        spans = [KeptTime(camera=name, start=start, end=end, until=until) for name, start, end in cameras if name]
        if spans and not request.is_trial:
            self._write(lambda store: store.kept_times.add(spans))
            context.report.kept_until = until

    def _write(self, job: Callable[[EventStore], object]) -> None:
        try:
            self._submit(job).result(_WRITE_S)
        except TimeoutError:
            raise StoreError("the storage thread is busy") from None
