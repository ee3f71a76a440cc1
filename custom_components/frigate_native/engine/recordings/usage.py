"""How much space the recordings of each camera take, and for how long the disk lasts."""

from dataclasses import dataclass, field
from typing import Final

from ..store import EventStore

_HOUR_S: Final = 3600.0
_DAY_S: Final = 86_400.0
_RECENT_S: Final = 6 * _HOUR_S  # the bit rate may have changed before
_MOST_PER_HOUR: Final = 10_000 * 2**20  # more is a wrong measurement


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraUsage:
    """Recordings of a camera: bytes, bytes per recorded hour, and days since the first one."""

    size: int
    per_hour: float
    days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """Recordings of all cameras, by name, and the free bytes of their disk."""

    cameras: dict[str, CameraUsage] = field(default_factory=dict)
    free: int = 0

    @property
    def size(self) -> int:
        """The bytes that recordings of all cameras take."""
        return sum(camera.size for camera in self.cameras.values())

    @property
    def per_hour(self) -> float:
        """The bytes that an hour of all cameras takes."""
        return sum(camera.per_hour for camera in self.cameras.values())

    def expected_days(self, free: float) -> float | None:
        """Return for how many days recordings of all cameras fit the disk; None if nothing is recorded."""
        if not self.per_hour:
            return None
        return (self.size + free) / (self.per_hour * _DAY_S / _HOUR_S)


def measure_usage(store: EventStore, now: float, free: int = 0) -> Usage:
    """Measure it; blocks for a moment, StoreError if the database cannot be used."""
    found = ((name, _camera(store, name, now)) for name in store.recordings.cameras())
    return Usage(cameras={name: usage for name, usage in found if usage is not None}, free=free)


def _camera(store: EventStore, name: str, now: float) -> CameraUsage | None:
    total = store.recordings.total(name)
    if total is None:
        return None
    recent = store.recordings.total(name, now - _RECENT_S)
    per_hour = recent.size / recent.seconds * _HOUR_S if recent and recent.seconds > 0 else 0.0
    days = max(now - total.first, 0.0) / _DAY_S
    return CameraUsage(size=total.size, per_hour=min(per_hour, _MOST_PER_HOUR), days=days)
