"""Imports recorded files with their times."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..disk.recording_paths import camera_name_error, recording_start
from ..recordings.folders import RecordingFolders
from ..store import LONGEST_S, Recording
from .context import ImportContext, in_batches
from .report import FileOutcome, Kind, Outcome
from .values import Row, RowError, span, text, whole

_COLUMNS: Final = ("id", "camera", "path", "start_time", "end_time", "objects", "motion", "dBFS")
_FOLDER: Final = "recordings"
_LONGEST_PATH: Final = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    recording: Recording
    file: Path


class RecordingImport:
    """Imports the rows of `recordings` whose files are there; times are those of the rows, not of the names."""

    def __init__(self, context: ImportContext) -> None:
        """Prepare."""
        self._context = context
        self._folder = ""
        self._known: dict[str, Recording] = {}

    def run(self) -> None:
        """Import all rows, then files without rows."""
        context = self._context
        rows = context.database.rows("recordings", _COLUMNS, "path")
        for batch in in_batches(context, Kind.RECORDINGS, rows, self._read):
            with context.control.half_of_the_time():
                self._import(batch)
        self._import_others()

    def _read(self, row: Row) -> _Found | Outcome:
        context = self._context
        camera = context.camera(row)
        if not camera:
            return Outcome.LEFT_OUT
        relative = context.transfer.relative(text(row, "path", 1000), _FOLDER)
        start, end = span(row, LONGEST_S)
        path = self._target(relative, camera)
        file = context.transfer.find(_FOLDER, relative) or self._moved(path)
        if file is None:
            return Outcome.MISSING
        recording = Recording(
            camera=camera,
            path=path,
            start=start,
            end=end,
            size=file.stat().st_size,
            motion=whole(row, "motion"),
            objects=whole(row, "objects"),
            sound=whole(row, "dBFS"),
        )
        return _Found(recording=recording, file=file)

    def _target(self, relative: str, camera: str) -> str:
        """Return the path of a file in our folder."""
        if recording_start(Path(relative), None) is None or len(relative) > _LONGEST_PATH:
            raise RowError("the file is not named like a recording")
        if self._context.transfer.is_in_place(_FOLDER):
            return relative
        *hour, _, name = relative.split("/")
        return "/".join((*hour, camera, name))

    def _moved(self, path: str) -> Path | None:
        """Return the file that an earlier run has moved."""
        file = self._context.paths.recordings / path
        return file if file.is_file() and not file.is_symlink() else None

    def _import(self, batch: list[_Found]) -> None:
        context = self._context
        accepted: list[Recording] = []
        for found in batch:
            known = self._known_one(found.recording)
            if known == found.recording:
                context.report.count(Kind.RECORDINGS, Outcome.KNOWN)
            elif self._bring(found):
                context.report.count(Kind.RECORDINGS, Outcome.CHANGED if known else Outcome.ADDED)
                accepted.append(found.recording)
        if accepted and not context.request.is_trial:
            context.write(lambda store: store.recordings.add(accepted))

    def _known_one(self, recording: Recording) -> Recording | None:
        if recording.folder != self._folder:  # rows come by folder
            self._folder = recording.folder
            self._known = {one.path: one for one in self._context.store.recordings.in_folder(self._folder)}
        return self._known.get(recording.path)

    def _bring(self, found: _Found) -> bool:
        context = self._context
        try:
            context.transfer.bring(found.file, context.paths.recordings / found.recording.path)
        except RowError as err:
            context.report.refuse(Kind.RECORDINGS, found.recording.path, str(err))
            return False
        return True

    def _import_others(self) -> None:
        """Bring files that are not in the database; the index finds them by their names."""
        context = self._context
        for folder in RecordingFolders(context.request.media / _FOLDER).all():
            context.control.check()
            for path in self._without_row(folder):
                context.report.files[FileOutcome.WITHOUT_ROW] += 1
                self._bring_other(path)

    def _without_row(self, folder: str) -> Iterator[str]:
        files = RecordingFolders(self._context.request.media / _FOLDER).files(folder)
        known = self._context.database.recorded_in(folder) if files else frozenset()
        yield from (file.path for file in files if file.path.rpartition("/")[2] not in known)

    def _bring_other(self, path: str) -> None:
        context = self._context
        camera = context.request.camera(path.split("/")[-2])
        if context.transfer.is_in_place(_FOLDER) or not camera or camera_name_error(camera):
            return
        try:
            if (file := context.transfer.find(_FOLDER, path)) is not None:
                context.transfer.bring(file, context.paths.recordings / self._target(path, camera))
        except RowError as err:
            context.report.note(f"recording {path!r}: {err}")
