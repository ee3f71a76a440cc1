"""Segments of the cameras' video, clips and snapshots of events, and how long their files are kept."""

from .files import MediaKey, Orphans, delete_media, existing_file, find_orphans
from .maker import ClipRequest
from .media import Media
from .names import clip_path, snapshot_path

__all__ = [
    "ClipRequest",
    "Media",
    "MediaKey",
    "Orphans",
    "clip_path",
    "delete_media",
    "existing_file",
    "find_orphans",
    "snapshot_path",
]
