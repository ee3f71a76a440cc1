"""The folders of recordings on disk, as an index needs them: what cannot be read is an error, never empty."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Final

from ..disk.recording_paths import camera_name_error, is_in_another_zone, is_recording_name, recording_start
from ..store import LONGEST_S, Recording
from .mp4 import mp4_seconds

_DAY: Final = re.compile(r"\d{4}-\d\d(?:/\d\d|-\d\d)", re.ASCII)
_TWO_DIGITS: Final = re.compile(r"\d\d", re.ASCII)
_NAMED_S: Final = 1.5  # names are whole seconds, usually rounded down


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """A recorded file in a folder, and its size in bytes."""

    path: str
    size: int


class RecordingFolders:
    """Finds recordings in both layouts: `YYYY-MM/DD/HH/<camera>` local, and `YYYY-MM-DD/HH/<camera>` UTC. Blocks.

    Paths are relative to the root. OSError if a disk cannot be read.
    """

    def __init__(self, root: Path) -> None:
        """Root need not exist."""
        self.root = root

    def exists(self) -> bool:
        """Return whether the recordings are there: a disk that is not mounted leaves no or an empty folder."""
        return any(True for _ in _entries(self.root))

    def all(self) -> Iterator[str]:
        """Yield the folders of all hours and cameras, the newest hours of a layout first."""
        for day in self._days():
            for hour in _names(self.root / day, _TWO_DIGITS):
                yield from self.of_hour(f"{day}/{hour}")

    def of_hour(self, hour: str) -> list[str]:
        """Return the folders of all cameras in an hour."""
        return [f"{hour}/{name}" for name in _names(self.root / hour) if not camera_name_error(name)]

    def at(self, time: float, zone: tzinfo | None) -> Iterator[str]:
        """Yield the hours in which recordings of a time are, one for each layout."""
        utc = datetime.fromtimestamp(time, UTC)
        yield f"{utc.astimezone(zone):%Y-%m/%d/%H}"
        yield f"{utc:%Y-%m-%d/%H}"

    def files(self, folder: str) -> list[FoundFile]:
        """Return the recorded files in a folder; none if it does not exist."""
        return [
            FoundFile(path=f"{folder}/{entry.name}", size=entry.stat().st_size)
            for entry in _entries(self.root / folder)
            if is_recording_name(entry.name) and entry.is_file(follow_symlinks=False)
        ]

    def modified(self, folder: str) -> int:
        """Return when a file was last added to a folder or removed, in nanoseconds; 0 if it does not exist."""
        try:
            return (self.root / folder).stat().st_mtime_ns
        except FileNotFoundError, NotADirectoryError:
            return 0

    def read(self, file: FoundFile, zone: tzinfo | None) -> Recording | None:
        """Return what a file holds; None if it cannot be played.

        Recorders here name a file by its first whole second, and give it the time of its end; others only name it.
        The name may be in the local time of another zone than today's.
        """
        path = self.root / file.path
        named = recording_start(Path(file.path), zone)
        seconds = mp4_seconds(path)
        if named is None or seconds is None or seconds > LONGEST_S:
            return None
        start = path.stat().st_mtime - seconds
        start = start if is_in_another_zone(named, start, _NAMED_S) else named
        camera = file.path.rsplit("/", 2)[1]
        return Recording(camera=camera, path=file.path, start=start, end=start + seconds, size=file.size)

    def _days(self) -> Iterator[str]:
        months = _names(self.root)
        for name in months:
            days = [f"{name}/{day}" for day in _names(self.root / name, _TWO_DIGITS)] if len(name) == 7 else [name]
            yield from (day for day in days if _DAY.fullmatch(day))


def _names(folder: Path, pattern: re.Pattern[str] | None = None) -> list[str]:
    """Return the folders in a folder, those with the greatest names first."""
    found = (entry.name for entry in _entries(folder) if not entry.name.startswith(".") and entry.is_dir())
    return sorted((name for name in found if pattern is None or pattern.fullmatch(name)), reverse=True)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError, NotADirectoryError:
        return []
