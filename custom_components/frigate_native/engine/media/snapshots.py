"""Writes snapshots, the pictures of events."""

from datetime import tzinfo
from pathlib import Path

from ..config.model import SnapshotsConfig
from ..errors import MediaError
from ..pictures import Picture, render_clean, render_picture, style_from_config
from .file_names import temporary_path
from .files import delete_file


def write_snapshot(picture: Picture, config: SnapshotsConfig, path: Path, time_zone: tzinfo | None = None) -> None:
    """Draw a picture as the configuration wants it and write it; MediaError says why that is not possible.

    Its timestamp is that of time_zone, None: the system's.
    """
    _write(render_picture(picture, style_from_config(config, time_zone)), path)


def write_clean_copy(picture: Picture, path: Path) -> None:
    """Write a picture without anything drawn on it, as WebP; MediaError says why that is not possible."""
    _write(render_clean(picture.frame), path)


def _write(content: bytes, path: Path) -> None:
    temporary = temporary_path(path)
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError as err:
        delete_file(temporary)
        raise MediaError(f"{path} cannot be written: {err.strerror}") from err
