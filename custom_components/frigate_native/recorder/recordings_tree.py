"""Lists the documented tree of recordings; only names that fit the tree are looked up on disk."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..engine.disk.recording_paths import camera_name_error, is_recording_name

CAMERA_PART: Final = 3
"""The place of the camera in the path of a recording, behind month, day and hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingsTreeItem:
    """A folder or a recording; modified is epoch seconds, size bytes, None for a folder."""

    name: str
    is_folder: bool
    modified: float
    size: int | None


def _matching(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.ASCII)
    return lambda name: compiled.fullmatch(name) is not None


_LEVELS: Final[tuple[Callable[[str], bool], ...]] = (
    _matching(r"\d{4}-(0[1-9]|1[0-2])"),
    _matching(r"0[1-9]|[12]\d|3[01]"),
    _matching(r"[01]\d|2[0-3]"),
    lambda name: not camera_name_error(name),
    is_recording_name,
)
"""How each part of `YYYY-MM/DD/HH/<camera>/MM.SS.mp4` is checked."""


class RecordingsTree:
    """Recordings by month, day, hour and camera. Blocks, so not for the event loop.

    Links that lead out of the tree are ignored.
    """

    def __init__(self, root: Path) -> None:
        """Root is the folder of recordings; it need not exist."""
        self._root = root

    def items(self, *parts: str) -> list[RecordingsTreeItem] | None:
        """Return the contents of a folder, sorted by name; None if it is not a folder of the tree."""
        folder = self._path(parts)
        if folder is None or len(parts) == len(_LEVELS):
            return None
        try:
            return sorted(self._scan(folder, len(parts)), key=lambda item: item.name)
        except FileNotFoundError, NotADirectoryError:
            return None if parts else []

    def names(self, *parts: str) -> list[str]:
        """Return the names in a folder; empty if it is not a folder of the tree."""
        return [item.name for item in self.items(*parts) or ()]

    def has(self, *parts: str) -> bool:
        """Return whether the folder exists."""
        folder = self._path(parts)
        return folder is not None and len(parts) < len(_LEVELS) and folder.is_dir()

    def file(self, *parts: str) -> Path | None:
        """Return a recording's path; None if it does not exist."""
        path = self._path(parts)
        if path is None or len(parts) != len(_LEVELS) or path.is_symlink() or not path.is_file():
            return None
        return path

    def _path(self, parts: tuple[str, ...]) -> Path | None:
        if len(parts) > len(_LEVELS) or not all(fits(part) for fits, part in zip(_LEVELS, parts, strict=False)):
            return None
        path = self._root.joinpath(*parts)
        try:
            return path if path.resolve().is_relative_to(self._root.resolve()) else None
        except OSError, ValueError:  # circular links, characters that are not allowed in paths
            return None

    @staticmethod
    def _scan(folder: Path, level: int) -> Iterator[RecordingsTreeItem]:
        is_folder = level < len(_LEVELS) - 1
        with os.scandir(folder) as entries:
            for entry in entries:
                if not _LEVELS[level](entry.name):
                    continue
                if not (entry.is_dir() if is_folder else entry.is_file(follow_symlinks=False)):
                    continue
                try:
                    found = entry.stat()
                except FileNotFoundError:  # deleted meanwhile
                    continue
                size = None if is_folder else found.st_size
                yield RecordingsTreeItem(name=entry.name, is_folder=is_folder, modified=found.st_mtime, size=size)
