"""Writes snapshots, the pictures of events."""

from datetime import tzinfo
from pathlib import Path

from ..config.model import SnapshotsConfig
from ..errors import MediaError
from ..pictures import Picture, render_picture, style_from_config
from .file_names import temporary_path
from .files import delete_file


def write_snapshot(picture: Picture, config: SnapshotsConfig, path: Path, time_zone: tzinfo | None = None) -> None:
    """Draw a picture as the configuration wants it and write it; MediaError says why that is not possible.

    Its timestamp is that of time_zone, None: the system's.
    """
    jpeg = render_picture(picture, style_from_config(config, time_zone))
    temporary = temporary_path(path)
    try:
        temporary.write_bytes(jpeg)
        temporary.replace(path)
    except OSError as err:
        delete_file(temporary)
        raise MediaError(f"{path} cannot be written: {err.strerror}") from err
