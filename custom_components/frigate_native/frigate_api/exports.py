"""Exports as today's Frigate lists them."""

from typing import Any, Final

from ..engine.store import StoredExport

_FOLDER: Final = "/media/frigate/exports"
_THUMBNAILS: Final = "/media/frigate/clips/export"


def export_row(export: StoredExport) -> dict[str, Any]:
    """Return an export; its paths are those in Frigate's container."""
    return {
        "id": export.id,
        "camera": export.camera,
        "name": export.name,
        "date": export.start,
        "video_path": f"{_FOLDER}/{export.file}",
        "thumb_path": f"{_THUMBNAILS}/{export.id}.webp",
        "in_progress": export.in_progress,
    }
