"""How full a disk is."""

import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskSpace:
    """Size of a disk and its free space, in bytes."""

    total: int
    used: int
    free: int

    @classmethod
    def of(cls, folder: Path) -> DiskSpace:
        """Measure the disk of an existing folder; blocks, OSError if the disk cannot be read."""
        usage = shutil.disk_usage(folder)
        return cls(total=usage.total, used=usage.used, free=usage.free)

    @classmethod
    def of_planned(cls, folder: Path) -> DiskSpace:
        """Measure the disk of a folder that may not exist yet; blocks, OSError if the disk cannot be read."""
        return cls.of(existing_parent(folder))


def existing_parent(folder: Path) -> Path:
    """Return the folder itself if it exists, or its nearest parent that does."""
    return next(path for path in (folder, *folder.parents) if path.exists())
