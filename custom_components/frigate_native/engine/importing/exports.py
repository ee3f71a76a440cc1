"""Imports exported films."""

from pathlib import Path
from typing import Final

from ..messages import ExportState
from ..recordings.mp4 import mp4_seconds
from ..store import StoredExport
from .context import ImportContext, in_batches
from .pictures import as_webp
from .report import Kind, Outcome
from .values import Row, RowError, flag, text, time

_COLUMNS: Final = ("id", "camera", "name", "date", "video_path", "thumb_path", "in_progress")


class ExportImport:
    """Imports finished exports with their films and pictures."""

    def __init__(self, context: ImportContext) -> None:
        """Prepare."""
        self._context = context

    def run(self) -> None:
        """Import all rows."""
        context = self._context
        for batch in in_batches(context, Kind.EXPORTS, context.database.rows("export", _COLUMNS, "id"), self._read):
            context.report.count(Kind.EXPORTS, Outcome.ADDED, len(batch))
            if not context.request.is_trial:
                context.write(lambda store, batch=batch: store.exports.add(batch))  # type: ignore[misc]

    def _read(self, row: Row) -> StoredExport | Outcome:
        camera = self._context.camera(row)
        if not camera:
            return Outcome.LEFT_OUT
        if flag(row, "in_progress"):
            return Outcome.UNFINISHED
        export_id, start = text(row, "id"), time(row, "date")
        if export_id != Path(export_id).name or export_id.startswith("."):
            raise RowError("its ID cannot name a file")
        if self._context.store.exports.export(export_id) is not None:
            return Outcome.KNOWN
        file = self._film(row)
        if file is None:
            return Outcome.MISSING
        seconds = mp4_seconds(file) or 0.0
        self._bring_picture(row, export_id)
        return StoredExport(
            id=export_id,
            camera=camera,
            name=text(row, "name"),
            start=start,
            end=start + seconds,
            created=file.stat().st_mtime,
            file=file.name,
            state=ExportState.DONE,
            size=file.stat().st_size,
            seconds=seconds,
        )

    def _film(self, row: Row) -> Path | None:
        """Bring the film, and return its file."""
        transfer = self._context.transfer
        relative = transfer.relative(text(row, "video_path", 1000), "exports")
        if "/" in relative or relative.startswith(".") or not relative.endswith(".mp4"):
            raise RowError("the file is no film in the folder exports")
        target = self._context.paths.exports / relative
        file = transfer.find("exports", relative)
        if file is None:
            return target if target.is_file() and not target.is_symlink() else None
        transfer.bring(file, target)
        return file if self._context.request.is_trial else target

    def _bring_picture(self, row: Row, export_id: str) -> None:
        path = row.get("thumb_path")
        target = self._context.paths.export_thumbnails / f"{export_id}.webp"
        if self._context.request.is_trial or not isinstance(path, str) or not path or target.exists():
            return
        try:
            file = self._context.transfer.find("clips", self._context.transfer.relative(path, "clips"))
            webp = as_webp(file) if file is not None else None
            if webp is not None:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(webp)
        except (RowError, OSError) as err:
            self._context.report.note(f"picture of export {export_id}: {err}")
