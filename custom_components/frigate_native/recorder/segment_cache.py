"""The cache of segments in progress: a folder per run of ffmpeg, with a journal of segment times."""

import os
import signal
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .command import SEGMENT_TEMPLATE

CACHE_VARIABLE: Final = "FRIGATE_NATIVE_SPOOL"
"""Environment variable of every recording ffmpeg, to find processes that outlived their recorder."""

_JOURNAL: Final = "journal.csv"
_BROKEN: Final = ".broken"
_MOST_BROKEN: Final = 100
_ENDING_S: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRange:
    """When a segment begins and ends, in epoch seconds."""

    start: float
    end: float


class SegmentRun:
    """The segments of one ffmpeg process. The input's thread writes them, the finalizer's thread removes them."""

    def __init__(self, folder: Path, *, is_open: bool) -> None:
        """Use a folder; the journal of an earlier run is read."""
        self.folder = folder
        self.is_open = is_open
        self._lock = threading.Lock()
        self._time_ranges = {} if is_open else _read_journal(folder / _JOURNAL)

    @property
    def camera(self) -> str:
        """The camera of these segments."""
        return self.folder.parent.name

    def note(self, name: str, time_range: TimeRange) -> None:
        """Note when a finished segment began and ended. OSError if that cannot be saved for a restart."""
        with self._lock:
            self._time_ranges[name] = time_range
        with (self.folder / _JOURNAL).open("a") as journal:
            journal.write(f"{name},{time_range.start:.6f},{time_range.end:.6f}\n")

    def files(self) -> list[Path]:
        """Return the segments in the folder, oldest first."""
        return sorted(self.folder.glob("*.mp4"))

    def time_range(self, name: str) -> TimeRange | None:
        """Return when a finished segment began and ended; None if ffmpeg did not report it."""
        with self._lock:
            return self._time_ranges.get(name)

    def start(self, name: str) -> float | None:
        """Return when an unfinished segment began, which is when the one before it ended; None if unknown."""
        number = int(name.partition(".")[0])
        before = self.time_range(SEGMENT_TEMPLATE % (number - 1)) if number else None
        return before.end if before else None

    def newest(self) -> tuple[str, int]:
        """Return the name and size of the segment in progress; an empty name and 0 if there is none."""
        with suppress(OSError):
            if files := self.files():
                return files[-1].name, files[-1].stat().st_size
        return "", 0

    def remove(self) -> None:
        """Delete the empty folder."""
        (self.folder / _JOURNAL).unlink(missing_ok=True)
        with suppress(OSError):  # not empty: it holds files of somebody else
            self.folder.rmdir()
            self.folder.parent.rmdir()


class SegmentCache:
    """The folder of all runs. Thread-safe."""

    def __init__(self, folder: Path) -> None:
        """Start empty; `adopt` finds the runs of an earlier recorder."""
        self.folder = folder
        self._lock = threading.Lock()
        self._runs: list[SegmentRun] = []

    def adopt(self) -> None:
        """Find the runs of an earlier recorder, and end processes that still write to them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        end_orphaned_processes(self.folder)
        folders = sorted(path for path in self.folder.glob("[!.]*/[0-9]*") if path.is_dir())
        with self._lock:
            self._runs = [SegmentRun(folder, is_open=False) for folder in folders]

    def open_run(self, camera: str, now: float) -> SegmentRun:
        """Return the folder for a new ffmpeg process. OSError if it cannot be created."""
        parent = self.folder / camera
        number = int(now * 1000)
        while True:
            parent.mkdir(parents=True, exist_ok=True)
            try:
                (parent / f"{number:015}").mkdir()
            except FileExistsError:
                number += 1
            else:
                break
        run = SegmentRun(parent / f"{number:015}", is_open=True)
        with self._lock:
            self._runs.append(run)
        return run

    def runs(self) -> list[SegmentRun]:
        """Return all runs that may hold segments, oldest first."""
        with self._lock:
            return list(self._runs)

    def forget(self, run: SegmentRun) -> None:
        """Delete a run that has ended and is empty."""
        with self._lock:
            self._runs.remove(run)
        run.remove()

    def set_aside(self, run: SegmentRun, file: Path) -> Path:
        """Move an unreadable segment out of the way; return its new path. Only the newest hundred are kept."""
        folder = self.folder / _BROKEN
        folder.mkdir(exist_ok=True)
        older = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in older[_MOST_BROKEN - 1 :]:
            path.unlink()
        return file.rename(folder / f"{run.camera}-{run.folder.name}-{file.name}")


def _read_journal(path: Path) -> dict[str, TimeRange]:
    time_ranges = {}
    with suppress(OSError):
        for line in path.read_text(errors="replace").splitlines():
            with suppress(ValueError):  # a line that a power cut left incomplete
                name, start, end = line.split(",")
                time_ranges[name] = TimeRange(start=float(start), end=float(end))
    return time_ranges


def end_orphaned_processes(folder: Path) -> None:
    """End every ffmpeg process that an earlier recorder of this folder left behind."""
    mark = f"{CACHE_VARIABLE}={folder}".encode()
    pids = [pid for pid in _processes() if mark in _environment(pid)]
    for number in (signal.SIGINT, signal.SIGKILL):
        for pid in pids:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, number)
        end_s = time.monotonic() + _ENDING_S
        while pids and time.monotonic() < end_s:
            pids = [pid for pid in pids if mark in _environment(pid)]
            time.sleep(0.05)


def _processes() -> list[int]:
    with suppress(OSError):
        return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return []


def _environment(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:  # ended, a zombie, or another user's
        return []
