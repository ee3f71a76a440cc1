"""Deletes clips and snapshots, and finds those that the database does not know."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .file_names import clean_path, clip_path, is_temporary, parse_media_name, snapshot_path

_LOGGER = logging.getLogger(__name__)

type MediaKey = tuple[str, str]
"""A camera and the id of one of its events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Orphans:
    """Files without an event in the database, and events whose clip is missing."""

    files: tuple[Path, ...]
    clips: tuple[MediaKey, ...]


def delete_media(folder: Path, events: Iterable[MediaKey], *, clips: bool = True, snapshots: bool = True) -> int:
    """Delete the clips, the snapshots or both of these events; return the bytes freed. Missing files are fine."""
    freed = 0
    for camera, event_id in events:
        with suppress(ValueError):  # no file has such a name
            freed += delete_file(clip_path(folder, camera, event_id)) if clips else 0
            freed += delete_file(snapshot_path(folder, camera, event_id)) if snapshots else 0
            freed += delete_file(clean_path(folder, camera, event_id)) if snapshots else 0
    return freed


def delete_file(path: Path) -> int:
    """Delete one file; return its size, 0 if it does not exist or cannot be deleted."""
    try:
        size = path.stat().st_size
        path.unlink()
    except FileNotFoundError:
        return 0
    except OSError as err:
        _LOGGER.warning("%s cannot be deleted: %s", path, err.strerror)
        return 0
    return size


def existing_file(folder: Path, camera: str, event_id: str, suffix: str) -> Path | None:
    """Return an event's `.mp4` or `.jpg`, a regular file in the folder itself; None if it does not exist."""
    try:
        path = clip_path(folder, camera, event_id).with_suffix(suffix)
    except ValueError:  # another program may write to the database
        return None
    return path if path.is_file() and not path.is_symlink() else None


def existing_clean_copy(folder: Path, camera: str, event_id: str) -> Path | None:
    """Return an event's picture without anything drawn on it, a regular file; None if it does not exist."""
    try:
        path = clean_path(folder, camera, event_id)
    except ValueError:  # another program may write to the database
        return None
    return path if path.is_file() and not path.is_symlink() else None


def find_orphans(folder: Path, events: Iterable[MediaKey], with_clip: Iterable[MediaKey] = ()) -> Orphans:
    """Compare the folder with the database: all its events, and those marked as having a clip."""
    known = set(events)
    found = dict(_media_files(folder))
    clips = {key for path, key in found.items() if path.suffix == ".mp4"}
    return Orphans(
        files=tuple(sorted(path for path, key in found.items() if key not in known)),
        clips=tuple(key for key in with_clip if key not in clips),
    )


def delete_unfinished(folder: Path) -> None:
    """Delete partial files that a crash left behind."""
    with suppress(OSError):
        for path in [path for path in folder.iterdir() if is_temporary(path.name)]:
            delete_file(path)


def _media_files(folder: Path) -> Iterator[tuple[Path, MediaKey]]:
    with suppress(OSError):
        for path in folder.iterdir():
            key = parse_media_name(path.name)
            if key is not None:
                yield path, key
