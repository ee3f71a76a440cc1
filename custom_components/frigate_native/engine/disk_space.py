"""How full the disks are that hold media."""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

_MB: Final = 1e6
_MOUNTS: Final = Path("/proc/self/mounts")


def disk_space(paths: Iterable[Path]) -> dict[str, dict[str, Any]]:
    """Return total, used and free megabytes and the kind of file system by path; blocks.

    A folder that does not exist yet is measured where it will be made.
    """
    types = _mount_types()
    return {str(path): _space(path, types) for path in paths}


def _space(path: Path, types: Mapping[Path, str]) -> dict[str, Any]:
    folder = next(place for place in (path, *path.parents) if place.exists()).resolve()
    usage = shutil.disk_usage(folder)
    mount = next((place for place in (folder, *folder.parents) if place in types), None)
    return {
        "total": round(usage.total / _MB, 1),
        "used": round(usage.used / _MB, 1),
        "free": round(usage.free / _MB, 1),
        "mount_type": types[mount] if mount else "",
    }


def _mount_types() -> dict[Path, str]:
    """Return the kinds of file systems by where they are mounted; of several at one place the uppermost."""
    try:
        lines = _MOUNTS.read_text(errors="replace").splitlines()
    except OSError:  # not Linux
        return {}
    return {Path(fields[1].replace("\\040", " ")): fields[2] for line in lines if len(fields := line.split()) > 2}
