"""Where a recording lies in the documented tree, and what its path tells."""

import math
import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from itertools import count
from pathlib import Path
from typing import Final

_LONGEST_NAME_BYTES: Final = 200  # file systems take 255 for one part of a path
_NAME: Final = re.compile(r"(?P<minute>[0-5]\d)\.(?P<second>[0-5]\d)(?:-(?P<number>[1-9]\d*))?\.mp4", re.ASCII)


def recording_path(start: float, camera: str, zone: tzinfo) -> Path:
    """Return `YYYY-MM/DD/HH/<camera>/MM.SS.mp4` in local time for a recording that starts at an epoch.

    An hour that comes twice in autumn is told apart: the second time it is `MM.SS-2.mp4`.
    """
    return next(recording_paths(start, camera, zone))


def recording_paths(start: float, camera: str, zone: tzinfo) -> Iterator[Path]:
    """Yield a recording's path, then those for when it is taken: `MM.SS-2.mp4`, `MM.SS-3.mp4` and so on.

    In an hour that comes twice, even numbers are the second time's, and no number and odd ones the first time's.
    """
    local = datetime.fromtimestamp(math.floor(start), zone)
    folder = Path(f"{local:%Y-%m}", f"{local:%d}", f"{local:%H}", camera)
    is_double = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    if not local.fold:
        yield folder / f"{local:%M.%S}.mp4"
    for number in count(3 if is_double and not local.fold else 2, 2 if is_double else 1):
        yield folder / f"{local:%M.%S}-{number}.mp4"


def recording_start(path: Path, zone: tzinfo) -> float | None:
    """Return the epoch, in whole seconds, that a path in the tree tells; None when it is no recording's."""
    if len(path.parts) != 5:
        return None
    month, day, hour, _, name = path.parts
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        local = datetime.strptime(f"{month}-{day} {hour}", "%Y-%m-%d %H").replace(tzinfo=zone)
    except ValueError:
        return None
    fold = 1 if found["number"] and int(found["number"]) % 2 == 0 else 0  # means nothing in all hours but one
    return local.replace(minute=int(found["minute"]), second=int(found["second"]), fold=fold).timestamp()


def is_recording_name(name: str) -> bool:
    """Tell whether a file is named as recordings are."""
    return _NAME.fullmatch(name) is not None


def camera_name_error(camera: str) -> str:
    """Return why no folder can have a camera's name; empty when it can."""
    if "/" in camera or "\\" in camera or not camera.isprintable():
        return "a camera's name must not contain slashes or control characters: recordings lie in a folder named so"
    if not camera or camera.startswith("."):
        return "a camera's name must not be empty or start with a dot"
    if len(camera.encode(errors="replace")) > _LONGEST_NAME_BYTES:
        return f"a camera's name must not be longer than {_LONGEST_NAME_BYTES} bytes"
    return ""
