"""Names of media files: each contains the camera, and the time or the event."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

_STAMP: Final = "%Y%m%dT%H%M%S.%fZ"  # UTC, since local time repeats an hour in autumn
_SEGMENT: Final = re.compile(r"(?P<camera>[\w-]+)-(?P<stamp>\d{8}T\d{6}\.\d{6}Z)\.mp4", re.ASCII)
_ENDING: Final = r"(\.(mp4|jpg)|-clean\.webp)"
_MEDIA: Final = re.compile(r"(?P<camera>[\w-]+)-(?P<event_id>\d+(\.\d+)?-[a-z0-9]+)" + _ENDING, re.ASCII)
_PLAIN: Final = re.compile(r"[\w.-]+", re.ASCII)


def segment_name(camera: str, start: float) -> str:
    """Return the name of the segment that starts at this time, in epoch seconds."""
    return f"{camera}-{datetime.fromtimestamp(start, UTC).strftime(_STAMP)}.mp4"


def parse_segment_name(name: str) -> tuple[str, float] | None:
    """Return a segment's camera and start in epoch seconds; None for other files."""
    match = _SEGMENT.fullmatch(name)
    if match is None:
        return None
    try:
        start = datetime.strptime(match["stamp"], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return match["camera"], start.timestamp()


def clip_path(folder: Path, camera: str, event_id: str) -> Path:
    """Return the path of an event's clip; ValueError for invalid names."""
    return folder / f"{_stem(camera, event_id)}.mp4"


def snapshot_path(folder: Path, camera: str, event_id: str) -> Path:
    """Return the path of an event's snapshot; ValueError for invalid names."""
    return folder / f"{_stem(camera, event_id)}.jpg"


def clean_path(folder: Path, camera: str, event_id: str) -> Path:
    """Return the path of an event's picture without anything drawn on it; ValueError for invalid names."""
    return folder / f"{_stem(camera, event_id)}-clean.webp"


def parse_media_name(name: str) -> tuple[str, str] | None:
    """Return the camera and event id of a clip or snapshot; None for other files."""
    match = _MEDIA.fullmatch(name)
    return (match["camera"], match["event_id"]) if match else None


def temporary_path(path: Path) -> Path:
    """Return the path under which a file is written until it is complete; see `is_temporary`."""
    return path.with_name(f".{path.name}.part")


def is_temporary(name: str) -> bool:
    """Return whether a name is that of an unfinished file."""
    return name.startswith(".") and name.endswith((".mp4.part", ".jpg.part", ".webp.part"))


def _stem(camera: str, event_id: str) -> str:
    stem = f"{camera}-{event_id}"
    if not _PLAIN.fullmatch(stem):
        raise ValueError(f"not a valid camera name and event ID: {stem!r}")
    return stem
