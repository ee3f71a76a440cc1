"""The files of exports on disk."""

from pathlib import Path

from ..media.files import delete_file, delete_unfinished
from ..messages import ExportState
from ..paths import MediaPaths
from ..store import StoredExport


class ExportFiles:
    """Finds and deletes the films and pictures of exports. Blocks for the disk."""

    def __init__(self, paths: MediaPaths) -> None:
        """Use the folders of a system, which need not exist."""
        self._films = paths.exports
        self._pictures = paths.export_thumbnails

    def film_path(self, export: StoredExport) -> Path | None:
        """Return where an export's film is or will be; None if no film has such a name."""
        return self._films / export.file if _is_plain(export.file) and export.file.endswith(".mp4") else None

    def picture_path(self, export: StoredExport) -> Path | None:
        """Return where an export's picture is or will be; None if no picture has such a name."""
        name = f"{export.id}.webp"
        return self._pictures / name if _is_plain(name) else None

    def film(self, export: StoredExport) -> Path | None:
        """Return a finished film that is there."""
        return _existing(self.film_path(export)) if export.state is ExportState.DONE else None

    def picture(self, export: StoredExport) -> Path | None:
        """Return a picture that is there."""
        return _existing(self.picture_path(export))

    def delete(self, export: StoredExport) -> None:
        """Delete an export's files."""
        for path in (self.film_path(export), self.picture_path(export)):
            if path is not None:
                delete_file(path)

    def delete_unfinished(self) -> None:
        """Delete what an interrupted run left behind."""
        delete_unfinished(self._films)


def _existing(path: Path | None) -> Path | None:
    return path if path is not None and path.is_file() and not path.is_symlink() else None


def _is_plain(name: str) -> bool:
    """Return whether a name is that of a visible file in a folder: another program may write to the database."""
    return name == Path(name).name and not name.startswith(".") and name.isprintable()
