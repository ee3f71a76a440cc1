"""How much of a disk the cached segments may use."""

import re
import threading
from pathlib import Path
from typing import Final

from ..disk import DiskSpace

_SIZE: Final = re.compile(r"(?P<number>\d+)(?P<unit>[kmg%]?)i?b?", re.IGNORECASE)
_FACTORS: Final = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
_FULL: Final = 0.9  # of a disk; if it is fuller and less than the following is free, segments are deleted
_LEAST_FREE: Final = 200 << 20  # bytes


def is_short(space: DiskSpace) -> bool:
    """Return whether a disk is nearly full: over 90 % used, and less than 200 MB free."""
    return space.free < _LEAST_FREE and space.free < space.total * (1 - _FULL)


def size_limit(text: str | None, folder: Path) -> int | None:
    """Return `tmpfs_cache_size` in bytes: a number with k, m, g, or % of the folder's disk; None for no limit."""
    match = _SIZE.fullmatch(text.strip()) if text else None
    if match is None:
        return None
    number, unit = int(match["number"]), match["unit"].lower()
    return DiskSpace.of(folder).total * number // 100 if unit == "%" else number * _FACTORS[unit]


class CacheBudget:
    """Counts the bytes that all cameras' segments use. Any thread may call it."""

    def __init__(self, limit: int | None = None) -> None:
        """Start at zero; without a limit, only the disk limits the cache."""
        self._limit = limit
        self._lock = threading.Lock()
        self._used = 0

    @property
    def used(self) -> int:
        """Bytes on disk now."""
        return self._used

    @property
    def is_exceeded(self) -> bool:
        """Whether more is used than the limit allows."""
        return self._limit is not None and self._used > self._limit

    def add(self, size: int) -> None:
        """Count bytes that were written or, if negative, deleted."""
        with self._lock:
            self._used += size
