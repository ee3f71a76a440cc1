"""Paths of recordings in the documented tree."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from itertools import count
from pathlib import Path
from typing import Final

_LONGEST_NAME_BYTES: Final = 200  # file systems take 255 for one part of a path
_ZONES_S: Final = 26 * 3600.0  # from UTC-12 to UTC+14
_ZONE_STEP_S: Final = 900.0
_NAME: Final = re.compile(r"(?P<minute>[0-5]\d)\.(?P<second>[0-5]\d)(?:-(?P<number>[1-9]\d*))?\.mp4", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingNames:
    """How recordings are named: in the zone's local time, or those of some cameras as Frigate does since 0.12."""

    zone: tzinfo
    utc_cameras: frozenset[str] = frozenset()

    def paths(self, start: float, camera: str) -> Iterator[Path]:
        """Yield a recording's path, then alternatives if it is taken."""
        return recording_paths(start, camera, None if camera in self.utc_cameras else self.zone)


def recording_path(start: float, camera: str, zone: tzinfo | None) -> Path:
    """Return `YYYY-MM/DD/HH/<camera>/MM.SS.mp4` in local time for a recording that starts at an epoch.

    Without a zone: `YYYY-MM-DD/HH/<camera>/MM.SS.mp4` in UTC. If clocks are set back, the repeated hour has other
    names: `MM.SS-2.mp4`.
    """
    return next(recording_paths(start, camera, zone))


def recording_paths(start: float, camera: str, zone: tzinfo | None) -> Iterator[Path]:
    """Yield a recording's path, then alternatives if it is taken: `MM.SS-2.mp4`, `MM.SS-3.mp4` and so on.

    In an hour that comes twice, even numbers mean the second time; no number and odd numbers mean the first.
    """
    local = datetime.fromtimestamp(math.floor(start), zone or UTC)
    day = f"{local:%Y-%m-%d}" if zone is None else f"{local:%Y-%m/%d}"
    folder = Path(day, f"{local:%H}", camera)
    is_double = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    if not local.fold:
        yield folder / f"{local:%M.%S}.mp4"
    for number in count(3 if is_double and not local.fold else 2, 2 if is_double else 1):
        yield folder / f"{local:%M.%S}-{number}.mp4"


def recording_start(path: Path, zone: tzinfo | None) -> float | None:
    """Return a recording's start by its path (epoch, whole seconds); None if it is no recording.

    Paths of Frigate since 0.12, `YYYY-MM-DD/HH/<camera>/MM.SS.mp4`, are in UTC; others in the zone, None: the system's.
    """
    if not 4 <= len(path.parts) <= 5:
        return None
    *day, hour, _, name = path.parts
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        local = datetime.strptime(f"{'-'.join(day)} {hour}", "%Y-%m-%d %H").replace(tzinfo=UTC)
    except ValueError:
        return None
    if len(path.parts) == 5:
        local = local.replace(tzinfo=zone)
    fold = 1 if found["number"] and int(found["number"]) % 2 == 0 else 0  # only matters in the repeated hour
    return local.replace(minute=int(found["minute"]), second=int(found["second"]), fold=fold).timestamp()


def is_in_another_zone(named: float, measured: float, tolerance_s: float) -> bool:
    """Return whether two starts of a recording, by its name and as measured, differ as time zones do."""
    apart_s = abs(named - measured)
    return apart_s <= _ZONES_S and abs(apart_s - round(apart_s / _ZONE_STEP_S) * _ZONE_STEP_S) <= tolerance_s


def is_recording_name(name: str) -> bool:
    """Return whether a file is named like a recording."""
    return _NAME.fullmatch(name) is not None


def camera_name_error(camera: str) -> str:
    """Return why a camera's name cannot name a folder; empty if it can."""
    if "/" in camera or "\\" in camera or not camera.isprintable():
        return "camera names cannot contain slashes or control characters, since they name the folders of recordings"
    if not camera or camera.startswith("."):
        return "camera names cannot be empty or start with a dot"
    if len(camera.encode(errors="replace")) > _LONGEST_NAME_BYTES:
        return f"camera names cannot be longer than {_LONGEST_NAME_BYTES} bytes"
    return ""
