"""Segments of the cameras' video, and the clips and snapshots of events."""

from .clip_maker import ClipRequest, clip_range
from .file_names import clean_path, clip_path, snapshot_path
from .files import MediaKey, Orphans, delete_media, existing_clean_copy, existing_file, find_orphans
from .media import Media

__all__ = [
    "ClipRequest",
    "Media",
    "MediaKey",
    "Orphans",
    "clean_path",
    "clip_path",
    "clip_range",
    "delete_media",
    "existing_clean_copy",
    "existing_file",
    "find_orphans",
    "snapshot_path",
]
