"""Turns finished segments into plain MP4 files in the documented tree."""

import logging
import math
import os
import re
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ..engine.concurrency import Deadline
from ..engine.disk.recording_paths import RecordingNames
from .coverage import Coverage
from .segment_cache import SegmentCache, SegmentRun, TimeRange

_LOGGER = logging.getLogger(__name__)

UNFINISHED: Final = ".unfinished"
"""Folder in the tree, on the same file system, for incomplete files."""

_SAVE_S: Final = 10.0  # what a power cut may lose; the system itself writes after 30
_FFMPEG_TIMEOUT_S: Final = 120.0
_TICK_S: Final = 0.2
_MOST_TRIES: Final = 3
_NICENESS: Final = 10
_HEAD_BYTES: Final = 1 << 16
_QUIET: Final = ("-nostdin", "-nostats", "-hide_banner", "-loglevel", "error", "-progress", "pipe:1")
_PROGRESS: Final = re.compile(r"^(?:frame=\s*(?P<frames>\d+)|out_time_us=(?P<us>\d+))$", re.MULTILINE)


class SegmentFinalizer:
    """Moves segments from the cache to the tree. `work` runs in one thread, any thread may call `wake`."""

    def __init__(
        self,
        cache: SegmentCache,
        recordings: Path,
        coverage: Coverage,
        *,
        names: Callable[[], RecordingNames | None],
        now: Callable[[], float],
        ffmpeg: str,
        every_s: float,
    ) -> None:
        """Prepare. names is read each time, since a plan may change it; nothing is moved while it is None.

        now returns the epoch.
        """
        self._every_s = every_s
        self._cache = cache
        self._recordings = recordings
        self._coverage = coverage
        self._names = names
        self._now = now
        self._ffmpeg = ffmpeg
        self._awake = threading.Event()
        self._deadline: Deadline | None = None
        self._tries: dict[Path, int] = {}
        self._stuck: set[str] = set()  # cameras whose segments currently cannot be moved
        self._saved_s = 0.0

    def wake(self) -> None:
        """Report that a segment is finished or a run has ended."""
        self._awake.set()

    def finish_by(self, deadline: Deadline) -> None:
        """Stop moving segments at the deadline; the rest stays in the cache."""
        self._deadline = deadline

    def work(self, stop: threading.Event) -> None:
        """Move segments until stopped and woken, then those that are finished by then."""
        self._clear_unfinished()
        while not stop.is_set():
            self._awake.clear()
            self._empty()
            self._save_growing()
            self._awake.wait(self._every_s)
        self._empty()

    def _empty(self) -> None:
        """Move all finished segments."""
        names = self._names()
        if names is None:  # names would say another hour
            return
        for run in self._cache.runs():
            has_ended = not run.is_open  # read first, so that later files are not missed
            for file in run.files():
                if self._is_late():
                    return
                if (time_range := run.time_range(file.name)) or has_ended:
                    self._finalize_safely(run, file, time_range, names)
            if has_ended and not run.files():
                self._cache.forget(run)

    def _is_late(self) -> bool:
        return self._deadline is not None and self._deadline.left_s() <= 0

    def _save_growing(self) -> None:
        """Flush to the disk what ffmpeg has written."""
        if time.monotonic() - self._saved_s < _SAVE_S:
            return
        self._saved_s = time.monotonic()
        for run in self._cache.runs():
            with suppress(OSError):
                for file in run.files()[-1:]:
                    _sync(file)

    def _clear_unfinished(self) -> None:
        folder = self._recordings / UNFINISHED
        with suppress(OSError):
            for file in folder.iterdir():
                file.unlink()

    def _finalize_safely(
        self, run: SegmentRun, file: Path, time_range: TimeRange | None, names: RecordingNames
    ) -> None:
        """Move a segment; it stays in the cache if that is not possible now."""
        try:
            self._finalize(run, file, time_range or self._measure(run, file), names)
        except _UnreadableError as err:
            self._give_up(run, file, err)
        except (OSError, subprocess.SubprocessError) as err:
            if not self._is_late() and run.camera not in self._stuck:
                self._stuck.add(run.camera)
                _LOGGER.warning("%s: %s cannot be moved to the recordings yet: %s", run.camera, file.name, err)
        else:
            if run.camera in self._stuck:
                self._stuck.remove(run.camera)
                _LOGGER.info("%s: segments are being moved to the recordings again", run.camera)

    def _give_up(self, run: SegmentRun, file: Path, err: _UnreadableError) -> None:
        tries = self._tries[file] = self._tries.get(file, 0) + 1
        if tries < _MOST_TRIES and not err.is_empty:
            _LOGGER.debug("%s: %s cannot be read: %s", run.camera, file.name, err)
            return
        del self._tries[file]
        if err.is_empty:
            file.unlink()
            return
        kept = self._cache.set_aside(run, file)
        _LOGGER.warning("%s: a segment cannot be read (%s); it is kept as %s", run.camera, err, kept)

    def _measure(self, run: SegmentRun, file: Path) -> TimeRange:
        """Return when an unfinished segment began and ended, accurate to its last fragment of a second."""
        seconds = self._ffmpeg_run(file, "-f", "null", "-")
        written = file.stat().st_mtime
        known_start = run.start(file.name)
        start = written - seconds if known_start is None else known_start
        time_range = TimeRange(start=start, end=min(start + seconds, max(start, written)))
        run.note(file.name, time_range)  # where the next segment begins
        return time_range

    def _finalize(self, run: SegmentRun, file: Path, time_range: TimeRange, names: RecordingNames) -> None:
        part = self._recordings / UNFINISHED / f"{run.camera}-{run.folder.name}-{file.name}"
        part.parent.mkdir(parents=True, exist_ok=True)
        tag = ("-tag:v", "hvc1") if _is_hevc(file) else ()
        created = datetime.fromtimestamp(time_range.start, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        try:
            self._ffmpeg_run(
                file,
                *("-metadata", f"creation_time={created}", *tag),
                *("-movflags", "+faststart", "-f", "mp4", "-y", str(part)),
            )
            os.utime(part, (time_range.end, time_range.end))
            _sync(part)
            target = self._place(part, _paths(time_range, run.camera, names))
        finally:
            part.unlink(missing_ok=True)
        _sync(target.parent)
        file.unlink()
        self._coverage.add(run.camera, time_range, self._now())

    def _place(self, part: Path, paths: Iterator[Path]) -> Path:
        """Give a complete file the first free name, or the name it already had before a power cut."""
        written = part.stat()
        while True:
            target = self._recordings / next(paths)
            target.parent.mkdir(parents=True, exist_ok=True)
            if _link(part, target):
                return target
            there = target.stat()
            if (there.st_mtime_ns, there.st_size) == (written.st_mtime_ns, written.st_size):
                return target

    def _ffmpeg_run(self, file: Path, *output: str) -> float:
        """Copy a segment at low priority; return its length in seconds. _UnreadableError if it has no frames."""
        command = [self._ffmpeg, *_QUIET, "-i", str(file), "-map", "0", "-c", "copy", *output]
        with subprocess.Popen(  # noqa: S603  # our own arguments
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            if self._deadline is None:
                with suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, process.pid, _NICENESS)
            progress, errors = self._await(process)
        frames, us = _progress(progress)
        if process.returncode or not frames:
            last = (errors.strip().splitlines() or ["it has no frames"])[-1]
            if "No space left" in errors:
                raise OSError(f"no space left on the recordings' disk ({last})")
            raise _UnreadableError(last, is_empty=not _has_pictures(file))
        return us / 1e6

    def _await(self, process: subprocess.Popen[str]) -> tuple[str, str]:
        end_s = time.monotonic() + _FFMPEG_TIMEOUT_S
        while True:
            try:
                return process.communicate(timeout=_TICK_S)
            except subprocess.TimeoutExpired:
                if self._is_late() or time.monotonic() > end_s:
                    process.kill()
                    raise


def _paths(time_range: TimeRange, camera: str, names: RecordingNames) -> Iterator[Path]:
    """Yield paths for a segment, exact ones first."""
    paths = names.paths(time_range.start, camera)
    yield next(paths)
    if (second := math.ceil(time_range.start)) <= time_range.end:  # the first name may belong to a shorter one
        yield next(names.paths(second, camera))
    yield from paths


class _UnreadableError(Exception):
    def __init__(self, text: str, *, is_empty: bool) -> None:
        super().__init__(text)
        self.is_empty = is_empty


def _progress(output: str) -> tuple[int, int]:
    frames = us = 0
    for found in _PROGRESS.finditer(output):
        if found["frames"]:
            frames = int(found["frames"])
        else:
            us = int(found["us"])
    return frames, us


def _has_pictures(file: Path) -> bool:
    """Return whether a file holds any media data, and not only the header of a segment."""
    return b"mdat" in _head(file)


def _is_hevc(file: Path) -> bool:
    """Return whether a file holds H.265 with a tag that some players do not know."""
    return b"hev1" in _head(file)


def _head(file: Path) -> bytes:
    """Return the start of a segment, with its (empty) index."""
    with file.open("rb") as data:
        return data.read(_HEAD_BYTES)


def _link(part: Path, target: Path) -> bool:
    """Give a file a name atomically; False if the name is taken. Works on file systems without links."""
    try:
        os.link(part, target)
    except FileExistsError:
        return False
    except OSError:  # exFAT, some network shares; only this thread creates names here
        if target.exists():
            return False
        part.rename(target)
    return True


def _sync(path: Path) -> None:
    """Flush a file or folder to the disk; some network shares cannot."""
    fd = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(fd)
    finally:
        os.close(fd)
