"""Disk usage for `/api/stats`."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from .space import DiskSpace, existing_parent

_MB: Final = 1e6
_MOUNTS: Final = Path("/proc/self/mounts")


def disk_report(paths: Iterable[Path]) -> dict[str, dict[str, Any]]:
    """Return total, used and free megabytes and the file system type by path; blocks.

    A folder that does not exist yet is measured where it will be created.
    """
    types = _mount_types()
    return {str(path): _report(existing_parent(path).resolve(), types) for path in paths}


def _report(folder: Path, types: Mapping[Path, str]) -> dict[str, Any]:
    space = DiskSpace.of(folder)
    mount = next((path for path in (folder, *folder.parents) if path in types), None)
    return {
        "total": round(space.total / _MB, 1),
        "used": round(space.used / _MB, 1),
        "free": round(space.free / _MB, 1),
        "mount_type": types[mount] if mount else "",
    }


def _mount_types() -> dict[Path, str]:
    """Return file system types by mount point; of several on one mount point, the uppermost."""
    try:
        lines = _MOUNTS.read_text(errors="replace").splitlines()
    except OSError:  # not Linux
        return {}
    return {Path(fields[1].replace("\\040", " ")): fields[2] for line in lines if len(fields := line.split()) > 2}
