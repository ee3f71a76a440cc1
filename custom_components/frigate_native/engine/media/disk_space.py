"""How much room there is on a disk, and how much the segments may take."""

import re
import shutil
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_SIZE: Final = re.compile(r"(?P<number>\d+)(?P<unit>[kmg%]?)i?b?", re.IGNORECASE)
_FACTORS: Final = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
_FULL: Final = 0.9  # of a disk; fuller than that, and with less than this left, segments make room
_LEAST_FREE: Final = 200 << 20  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskSpace:
    """Bytes of the disk that a folder is on."""

    total: int
    free: int

    @classmethod
    def of(cls, folder: Path) -> DiskSpace:
        """Look; OSError when the folder is not there."""
        usage = shutil.disk_usage(folder)
        return cls(total=usage.total, free=usage.free)

    @property
    def is_short(self) -> bool:
        """Tell whether the disk is nearly full: more than 90 %, and less than 200 MB left."""
        return self.free < _LEAST_FREE and self.free < self.total * (1 - _FULL)


def size_limit(text: str | None, folder: Path) -> int | None:
    """Return `tmpfs_cache_size` in bytes: a number with k, m, g, or % of the folder's disk; None for no limit."""
    match = _SIZE.fullmatch(text.strip()) if text else None
    if match is None:
        return None
    number, unit = int(match["number"]), match["unit"].lower()
    return DiskSpace.of(folder).total * number // 100 if unit == "%" else number * _FACTORS[unit]


class CacheBudget:
    """How many bytes all cameras' segments take together. Any thread may call it."""

    def __init__(self, limit: int | None = None) -> None:
        """Start with nothing taken; without a limit only the disk's end is one."""
        self._limit = limit
        self._lock = threading.Lock()
        self._taken = 0

    @property
    def taken(self) -> int:
        """Bytes that are on disk now."""
        return self._taken

    @property
    def is_exceeded(self) -> bool:
        """Tell whether there is more than there may be."""
        return self._limit is not None and self._taken > self._limit

    def take(self, size: int) -> None:
        """Count bytes that were written, or, below zero, deleted."""
        with self._lock:
            self._taken += size
