"""What all parts of an import work with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from ..disk.recording_paths import camera_name_error
from ..paths import MediaPaths
from ..store import EventStore
from .control import Control
from .report import ImportReport, Kind, Outcome
from .request import ImportRequest
from .source import FrigateDatabase
from .transfer import MediaTransfer
from .values import Row, RowError, text

BATCH: Final = 50  # rows that are written at once

type Write = Callable[[Callable[[EventStore], object]], None]
"""Does a job in the storage thread and waits for it; StoreError if the database cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportContext:
    """An import: from where, to where, how, and what became of it."""

    request: ImportRequest
    database: FrigateDatabase
    paths: MediaPaths
    store: EventStore
    write: Write
    transfer: MediaTransfer
    report: ImportReport
    control: Control

    def camera(self, row: Row) -> str:
        """Return our name of a row's camera, empty if it is left out; RowError for an impossible one."""
        name = self.request.camera(text(row, "camera"))
        if name and (error := camera_name_error(name)):
            raise RowError(error)
        return name


def in_batches[T](
    context: ImportContext, kind: Kind, rows: Iterator[Row], read: Callable[[Row], T | Outcome]
) -> Iterator[list[T]]:
    """Yield what rows hold, some at a time; count those that hold nothing to import, or cannot be read."""
    batch: list[T] = []
    for row in rows:
        context.control.check()
        try:
            made = read(row)
        except RowError as err:
            context.report.refuse(kind, row.get("id"), str(err))
            continue
        if isinstance(made, Outcome):
            context.report.count(kind, made)
            continue
        batch.append(made)
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
