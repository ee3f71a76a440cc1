"""The films of previews on disk, found by their names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..disk.recording_paths import camera_name_error
from ..media.file_names import temporary_path

LONGEST_S: Final = 3600.0
"""A film ends with the hour in which it begins."""

_NAME: Final = re.compile(r"(?P<start>\d+\.\d{3})-(?P<end>\d+\.\d{3})\.mp4", re.ASCII)
_UNFINISHED: Final = re.compile(r"\.(?P<start>\d+\.\d{3})\.mp4\.part", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A camera's film, in which a second lasts a second; epoch times of its first and last picture.

    An unfinished one grows: end is unknown then, and its last picture may be missing.
    """

    camera: str
    path: Path
    start: float
    end: float
    is_finished: bool = True


class PreviewFolder:
    """Finds films, one folder for each camera. Blocks for the disk; OSError if it cannot be read."""

    def __init__(self, root: Path) -> None:
        """Root need not exist."""
        self._root = root

    def cameras(self) -> list[str]:
        """Return the cameras that have a folder."""
        if not self._root.is_dir():
            return []
        return sorted(path.name for path in self._root.iterdir() if path.is_dir() and not camera_name_error(path.name))

    def films(self, camera: str) -> list[Film]:
        """Return all films of a camera in the order of time, the unfinished one too."""
        folder = self._root / camera
        if camera_name_error(camera) or not folder.is_dir():
            return []
        return sorted(_films(camera, folder), key=lambda film: (film.start, film.end))

    def between(self, camera: str, start: float, end: float) -> list[Film]:
        """Return the films of a camera that overlap a time range."""
        return [film for film in self.films(camera) if film.start <= end and film.end >= start]

    def file(self, camera: str, name: str) -> Path | None:
        """Return a finished film by its name, if it is there."""
        path = self._root / camera / name
        if camera_name_error(camera) or not _NAME.fullmatch(name) or path.is_symlink() or not path.is_file():
            return None
        return path

    def unfinished_path(self, camera: str, start: float) -> Path:
        """Return where a film is written that begins now."""
        return temporary_path(self._root / camera / f"{start:.3f}.mp4")

    def finished_path(self, camera: str, start: float, end: float) -> Path:
        """Return where a film stays."""
        return self._root / camera / f"{start:.3f}-{end:.3f}.mp4"


def _films(camera: str, folder: Path) -> Iterator[Film]:
    for path in folder.iterdir():
        if found := _NAME.fullmatch(path.name):
            yield Film(camera=camera, path=path, start=float(found["start"]), end=float(found["end"]))
        elif found := _UNFINISHED.fullmatch(path.name):
            start = float(found["start"])
            yield Film(camera=camera, path=path, start=start, end=hour_end(start), is_finished=False)


def hour_end(time: float) -> float:
    """Return when the hour of a time ends."""
    return (time // LONGEST_S + 1) * LONGEST_S
