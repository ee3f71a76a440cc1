"""Pictures of imported events and reviews, in the formats that are stored here."""

from base64 import b64decode
from binascii import Error as Base64Error
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image

from ..pictures.compression import to_jpeg, to_webp

_THUMBNAIL_LINES: Final = 175
_MOST_BYTES: Final = 40_000_000
_MOST_PIXELS: Final = 40_000_000
_QUALITY: Final = 90
_JPEG: Final = b"\xff\xd8\xff"


def decode_thumbnail(text: object) -> bytes | None:
    """Return the JPEG of a column; None if it holds none."""
    if not isinstance(text, str) or not text or len(text) > _MOST_BYTES:
        return None
    try:
        data = b64decode(text, validate=True)
    except Base64Error, ValueError:
        return None
    return data if data.startswith(_JPEG) else None


def read_webp(path: Path) -> bytes | None:
    """Return a WebP file's content; None if it holds none."""
    data = _read(path)
    return data if data is not None and data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def as_jpeg(path: Path, height: int | None = None) -> bytes | None:
    """Return a picture as JPEG, not higher than this; None if the file holds no picture."""
    image = _opened(path, height)
    return None if image is None else to_jpeg(image, _QUALITY)


def as_webp(path: Path) -> bytes | None:
    """Return a picture as WebP; None if the file holds no picture."""
    image = _opened(path, None)
    return None if image is None else to_webp(image, _QUALITY)


def as_thumbnail(path: Path) -> bytes | None:
    """Return a picture as the thumbnail of an event."""
    return as_jpeg(path, _THUMBNAIL_LINES)


def _opened(path: Path, height: int | None) -> Image.Image | None:
    data = _read(path)
    if data is None:
        return None
    with suppress(OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        image: Image.Image = Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP"))
        if image.width * image.height > _MOST_PIXELS:
            return None
        if height is not None and image.height > height:
            image = image.resize((max(round(image.width * height / image.height), 1), height))
        return image.convert("RGB")
    return None


def _read(path: Path) -> bytes | None:
    with suppress(OSError):
        if path.stat().st_size <= _MOST_BYTES:
            return path.read_bytes()
    return None
