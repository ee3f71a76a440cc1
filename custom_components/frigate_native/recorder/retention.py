"""Deletes recordings after their retention time, or when the disk is full."""

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import tzinfo
from pathlib import Path
from typing import Final

from ..engine.concurrency import Clock
from ..engine.disk.deletion_clock import DeletionClock
from ..engine.disk.space import DiskSpace
from .archive import Archive, Recording

_LOGGER = logging.getLogger(__name__)

_DAY_S: Final = 86400.0
_ZONES_S: Final = 26 * 3600.0  # from UTC-12 to UTC+14
_EXPIRE_EVERY_S: Final = 600.0
_LAST_HOUR_S: Final = 3600.0  # never deleted to free up space
_MARGIN: Final = 1.1  # so that not every new segment needs another deletion
_PAUSE_BELOW: Final = 0.25  # of the space to keep free; recording resumes above twice that
_MB: Final = 1e6

DEFAULT_MIN_FREE: Final = 1 << 30


class Retention:
    """Deletes recordings that are too old or take too much space. `work` runs in one thread."""

    def __init__(
        self,
        recordings: Path,
        cache: Path,
        *,
        clock: Clock,
        zone: Callable[[], tzinfo],
        retain_days: Callable[[], Mapping[str, int]],
        min_free: int,
        every_s: float,
    ) -> None:
        """Prepare; zone and retain_days are read each time. min_free bytes are kept free on the disks."""
        self._every_s = every_s
        self._recordings = recordings
        self._cache = cache
        self._clock = clock
        self._zone = zone
        self._retain_days = retain_days
        self._min_free = min_free
        self._deletion_clock = DeletionClock(cache / "retention.txt", clock)
        self._is_full = False
        self._deleted_early: float | None = None  # when recordings were last deleted early

    @property
    def is_full(self) -> bool:
        """Whether the disk is too full to record."""
        return self._is_full

    def problems(self) -> tuple[str, ...]:
        """Return what is wrong with the disk or the clock, for people."""
        return tuple(filter(None, (self._disk_problem(), self._deletion_clock.problem)))

    def _disk_problem(self) -> str:
        if self._is_full:
            free_mb = self._free() / _MB
            return (
                f"the disk of {self._recordings} is full ({free_mb:.0f} MB free) and recording is paused; free up space"
            )
        if self._deleted_early is not None and self._clock.now() - self._deleted_early < _DAY_S:
            return (
                f"the disk of {self._recordings} is nearly full, so the oldest recordings are deleted before their"
                " retain_days end; lower record.retain_days or free up space"
            )
        return ""

    def work(self, stop: threading.Event) -> None:
        """Delete recordings until stopped."""
        expired_s, days = -_EXPIRE_EVERY_S, self._retain_days()
        while not stop.is_set():
            self.guard(stop.is_set)
            if self._clock.monotonic() - expired_s > _EXPIRE_EVERY_S or days != self._retain_days():
                expired_s, days = self._clock.monotonic(), self._retain_days()
                self.expire(stop.is_set)
            stop.wait(self._every_s)

    def expire(self, is_over: Callable[[], bool] = lambda: False) -> None:
        """Delete recordings older than their camera's retain_days; keep those of cameras without."""
        retain_days = self._retain_days()
        if not retain_days:
            return
        archive = Archive(self._recordings, self._zone())
        now = self._deletion_clock.time(archive.newest_hour)
        if now is None:
            return
        for hour in archive.hours():
            if is_over() or hour.start > now - min(retain_days.values()) * _DAY_S:
                return
            for camera in archive.cameras(hour):
                if camera in retain_days:
                    self._expire(archive, hour.folder / camera, now - retain_days[camera] * _DAY_S)

    def guard(self, is_over: Callable[[], bool] = lambda: False) -> None:
        """Delete the oldest recordings while space is short; note if that does not help."""
        free = self._free()
        if free < self._min_free:
            free = self._free_up_space(is_over)
        limit = self._min_free * _PAUSE_BELOW * (2 if self._is_full else 1)
        if (is_full := free < limit) != self._is_full:
            self._is_full = is_full
            if is_full:
                _LOGGER.error("Recording is paused: %s", self._disk_problem())
            else:
                _LOGGER.info("The disk of %s has free space again; recording resumes", self._recordings)

    @staticmethod
    def _expire(archive: Archive, folder: Path, before: float) -> None:
        for recording in archive.recordings(folder):
            if recording.start < before and not _ended_later(recording, before):
                with suppress(OSError):  # tried again next time
                    archive.remove(recording)
        archive.prune(folder)

    def _free_up_space(self, is_over: Callable[[], bool]) -> float:
        archive, newest = Archive(self._recordings, self._zone()), self._clock.now() - _LAST_HOUR_S
        for recording in archive.oldest():
            if is_over() or recording.start > newest or self._free_bytes(self._recordings) >= self._min_free * _MARGIN:
                break
            with suppress(OSError):
                archive.remove(recording)
            if self._deleted_early is None:
                _LOGGER.warning("The disk of %s is nearly full: the oldest recordings are deleted", self._recordings)
            self._deleted_early = self._clock.now()
        return self._free()

    def _free(self) -> float:
        """Return the free bytes of the fuller disk."""
        return min(self._free_bytes(self._recordings), self._free_bytes(self._cache))

    @staticmethod
    def _free_bytes(folder: Path) -> float:
        """Return the free bytes for this process; infinite if the disk cannot be read, so that recording continues."""
        try:
            return DiskSpace.of(folder).free
        except OSError:
            return float("inf")


def _ended_later(recording: Recording, time: float) -> bool:
    """Return whether a file was written after a time, although by its name, in another time zone, it began before."""
    try:
        end = recording.path.stat().st_mtime
    except OSError:
        return False
    return time < end <= recording.start + _ZONES_S
