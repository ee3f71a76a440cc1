"""Walks the tree of recordings from the oldest to the newest."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import tzinfo
from heapq import merge
from pathlib import Path
from typing import Final

from ..engine.disk.recording_paths import recording_start

_MONTH: Final = re.compile(r"\d{4}-\d\d")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")  # of Frigate since 0.12
_TWO_DIGITS: Final = re.compile(r"\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """The folder of one hour; `start` is its first second (epoch)."""

    folder: Path
    start: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A recorded file and its start (epoch)."""

    path: Path
    start: float


class Archive:
    """Finds recordings by time; ignores files that are not named like one."""

    def __init__(self, root: Path, zone: tzinfo) -> None:
        """Root holds folders of months in the zone's local time, and of dates in UTC (Frigate since 0.12)."""
        self._root = root
        self._zone = zone

    def hours(self) -> Iterator[Hour]:
        """Yield all hours, the oldest first."""
        yield from merge(
            self._hours(self._days()), self._hours(_folders(self._root, _DATE)), key=lambda hour: hour.start
        )

    def newest_hour(self) -> float | None:
        """Return when the newest hour with recordings begins (epoch); None without recordings."""
        return max((hour.start for hour in self.hours()), default=None)

    def cameras(self, hour: Hour) -> list[str]:
        """Return the cameras that have recordings in an hour."""
        return [path.name for path in _folders(hour.folder)]

    def recordings(self, folder: Path) -> list[Recording]:
        """Return a camera's recordings of one hour, the oldest first."""
        found = []
        with suppress(OSError):
            for path in folder.iterdir():
                start = self._start(path)
                if start is not None:
                    found.append(Recording(path=path, start=start))
        return sorted(found, key=lambda recording: (recording.start, recording.path.name))

    def oldest(self) -> Iterator[Recording]:
        """Yield the recordings of all cameras, the oldest first."""
        for hour in self.hours():
            found = [item for camera in self.cameras(hour) for item in self.recordings(hour.folder / camera)]
            yield from sorted(found, key=lambda recording: recording.start)

    def remove(self, recording: Recording) -> None:
        """Delete a recording, and the folders that are empty without it."""
        recording.path.unlink(missing_ok=True)
        self.prune(recording.path.parent)

    def prune(self, folder: Path) -> None:
        """Delete a folder below the root and its parents, as long as they are empty."""
        with suppress(OSError):  # not empty
            while folder != self._root:
                folder.rmdir()
                folder = folder.parent

    def _days(self) -> Iterator[Path]:
        for month in _folders(self._root, _MONTH):
            yield from _folders(month, _TWO_DIGITS)

    def _hours(self, days: Iterable[Path]) -> Iterator[Hour]:
        for day in days:
            for hour in _folders(day, _TWO_DIGITS):
                start = self._start(hour / "-" / "00.00.mp4")
                if start is not None:
                    yield Hour(folder=hour, start=start)

    def _start(self, path: Path) -> float | None:
        return recording_start(path.relative_to(self._root), self._zone)


def _folders(parent: Path, name: re.Pattern[str] | None = None) -> list[Path]:
    with suppress(OSError):
        return sorted(
            path
            for path in parent.iterdir()
            if not path.name.startswith(".") and path.is_dir() and (name is None or name.fullmatch(path.name))
        )
    return []
