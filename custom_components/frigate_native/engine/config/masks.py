"""Masks: polygons and pictures of the user become arrays that say where nothing counts."""

import base64
import binascii
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..errors import ConfigError
from ..geometry import Point, Size
from .polygon_fill import fill_polygon
from .problems import Problem
from .validators import points

type Mask = NDArray[np.uint8]  # (H, W) of the detect frame: 255, and 0 where masked

_PICTURE_ERRORS = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)  # what Pillow raises for bad files
_KINDS = "a mask is 'poly,x,y,x,y,…', 'base64,…' or the name of a picture beside the configuration"


def build_mask(sources: Sequence[str], size: Size, directory: Path, *, path: str = "mask") -> Mask | None:
    """Return the masks combined, (H, W) uint8: 255, and 0 where any of them masks; None without sources.

    size is that of the detect frame, directory the one that pictures are looked for in, path the place in the
    configuration for errors. Raises ConfigError for a mask that cannot be read or a picture of another size.
    """
    if not sources:
        return None
    mask = np.full((size.height, size.width), 255, np.uint8)
    for index, source in enumerate(sources):
        try:
            _apply(mask, source, size, directory)
        except Problem as error:
            place = path if len(sources) == 1 else f"{path}[{index}]"
            raise ConfigError(place, error.problem, error.mend) from error
    return mask


def check_mask(source: str, directory: Path) -> None:
    """Raise Problem for a mask that is wrong whatever the size of the frame."""
    if _polygon(source) is None:
        _open_picture(source, directory).close()


def _apply(mask: Mask, source: str, size: Size, directory: Path) -> None:
    polygon = _polygon(source)
    if polygon is not None:
        fill_polygon(mask, polygon, 0)
    else:
        mask[_gray(source, size, directory) == 0] = 0


def _polygon(source: str) -> tuple[Point, ...] | None:
    """Return the points of a polygon, None for another kind of mask."""
    first, comma, rest = source.strip().partition(",")
    if comma and first == "poly":
        return points(rest)
    if comma and first.lstrip("-").isdecimal():
        return points(source)
    return None


def _gray(source: str, size: Size, directory: Path) -> Mask:
    with _open_picture(source, directory) as picture:
        if picture.size != size:
            found = f"the picture is {picture.width}x{picture.height}, the detect frame {size.width}x{size.height}"
            raise Problem(found, f"a picture of {size.width}x{size.height}")
        try:
            return np.asarray(picture.convert("L"))
        except _PICTURE_ERRORS as error:
            raise Problem("the picture is damaged", "save it again, as PNG or BMP") from error


def _open_picture(source: str, directory: Path) -> Image.Image:
    """Return the picture, its header read and its pixels not."""
    first, comma, data = source.strip().partition(",")
    file = BytesIO(_decoded(data)) if comma and first == "base64" else _file(source.strip(), directory)
    try:
        return Image.open(file)
    except _PICTURE_ERRORS as error:
        raise Problem("not a picture that can be read", "a PNG, BMP or JPEG of the detect frame's size") from error


def _decoded(data: str) -> bytes:
    try:
        return base64.b64decode("".join(data.split()), validate=True)
    except binascii.Error as error:
        raise Problem("the text behind 'base64,' is not base64", "the whole picture file, base64 encoded") from error


def _file(name: str, directory: Path) -> Path:
    file = (directory / name).resolve()
    if not file.is_relative_to(directory.resolve()):
        raise Problem("the file is outside the configuration's directory", "put the picture beside the configuration")
    if not file.is_file():
        raise Problem(f"there is no file '{name[:60]}'", _KINDS)
    return file
