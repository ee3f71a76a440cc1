"""Lists the tree of recordings in both layouts; only names that fit the tree are looked up on disk."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..engine.disk.recording_paths import camera_name_error, is_recording_name


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingsTreeItem:
    """A folder or a recording; modified is epoch seconds, size bytes, None for a folder."""

    name: str
    is_folder: bool
    modified: float
    size: int | None


type Level = Callable[[str], bool]
"""Whether a name fits a part of a path."""


def _matching(pattern: str) -> Level:
    compiled = re.compile(pattern, re.ASCII)
    return lambda name: compiled.fullmatch(name) is not None


_MONTH: Final = r"\d{4}-(0[1-9]|1[0-2])"
_DAY: Final = r"(0[1-9]|[12]\d|3[01])"
_HOUR: Final[tuple[Level, ...]] = (
    _matching(r"[01]\d|2[0-3]"),
    lambda name: not camera_name_error(name),
    is_recording_name,
)
_LOCAL: Final[tuple[Level, ...]] = (_matching(_MONTH), _matching(_DAY), *_HOUR)
"""How each part of `YYYY-MM/DD/HH/<camera>/MM.SS.mp4` is checked."""
_UTC: Final[tuple[Level, ...]] = (_matching(f"{_MONTH}-{_DAY}"), *_HOUR)
"""How each part of `YYYY-MM-DD/HH/<camera>/MM.SS.mp4` is checked."""


def is_utc(parts: Sequence[str]) -> bool:
    """Return whether a path is in the layout of Frigate since 0.12, whose times are UTC."""
    return bool(parts) and _UTC[0](parts[0])


def is_hour(parts: Sequence[str]) -> bool:
    """Return whether a path is the folder of an hour."""
    return len(parts) == len(_levels(parts)) - 2


def camera_of(parts: Sequence[str]) -> str | None:
    """Return the camera in a path; None if the path is not that long."""
    place = len(_levels(parts)) - 2
    return parts[place] if len(parts) > place else None


def _levels(parts: Sequence[str]) -> tuple[Level, ...]:
    return _UTC if is_utc(parts) else _LOCAL


class RecordingsTree:
    """Recordings by month, day, hour and camera, or by date, hour and camera. Blocks, so not for the event loop.

    Links that lead out of the tree are ignored.
    """

    def __init__(self, root: Path) -> None:
        """Root is the folder of recordings; it need not exist."""
        self._root = root

    def items(self, *parts: str) -> list[RecordingsTreeItem] | None:
        """Return the contents of a folder, sorted by name; None if it is not a folder of the tree."""
        folder = self._path(parts)
        if folder is None or len(parts) == len(_levels(parts)):
            return None
        try:
            return sorted(self._scan(folder, parts), key=lambda item: item.name)
        except FileNotFoundError, NotADirectoryError:
            return None if parts else []

    def names(self, *parts: str) -> list[str]:
        """Return the names in a folder; empty if it is not a folder of the tree."""
        return [item.name for item in self.items(*parts) or ()]

    def has(self, *parts: str) -> bool:
        """Return whether the folder exists."""
        folder = self._path(parts)
        return folder is not None and len(parts) < len(_levels(parts)) and folder.is_dir()

    def file(self, *parts: str) -> Path | None:
        """Return a recording's path; None if it does not exist."""
        path = self._path(parts)
        if path is None or len(parts) != len(_levels(parts)) or path.is_symlink() or not path.is_file():
            return None
        return path

    def _path(self, parts: tuple[str, ...]) -> Path | None:
        levels = _levels(parts)
        if len(parts) > len(levels) or not all(fits(part) for fits, part in zip(levels, parts, strict=False)):
            return None
        path = self._root.joinpath(*parts)
        try:
            return path if path.resolve().is_relative_to(self._root.resolve()) else None
        except OSError, ValueError:  # circular links, characters that are not allowed in paths
            return None

    @staticmethod
    def _scan(folder: Path, parts: Sequence[str]) -> Iterator[RecordingsTreeItem]:
        levels = _levels(parts)
        is_folder = len(parts) < len(levels) - 1
        with os.scandir(folder) as entries:
            for entry in entries:
                if not (levels[len(parts)](entry.name) or (not parts and is_utc((entry.name,)))):
                    continue
                if not (entry.is_dir() if is_folder else entry.is_file(follow_symlinks=False)):
                    continue
                try:
                    found = entry.stat()
                except FileNotFoundError:  # deleted meanwhile
                    continue
                size = None if is_folder else found.st_size
                yield RecordingsTreeItem(name=entry.name, is_folder=is_folder, modified=found.st_mtime, size=size)
