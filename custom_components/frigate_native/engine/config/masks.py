"""Masks: polygons and pictures that say where motion or objects are ignored."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final, override

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ..errors import ConfigError
from ..geometry import Size
from .polygon_fill import fill_polygon
from .polygons import NUMBER, Polygon, polygon_of_text
from .problems import Problem

type FrameMask = NDArray[np.uint8]
"""(H, W) of the detect frame: 255, and 0 where masked."""

_PICTURE_ERRORS = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)  # what Pillow raises for bad files
_KINDS = "a mask is 'poly,x,y,x,y,…', 'base64,…' or the name of a picture beside the configuration"
_BASE64: Final = "base64"
_BLACK_BELOW: Final = 128  # the middle: JPEGs and soft brushes have no exact black


class MaskPicture:
    """The pixels of a picture that a person sees as black, which is where it masks."""

    __slots__ = ("black",)

    def __init__(self, black: NDArray[np.bool_]) -> None:
        """Hold black, (H, W)."""
        self.black = black

    @property
    def size(self) -> Size:
        """The picture's size, which the frame must have."""
        height, width = self.black.shape
        return Size(width, height)

    def scaled(self, size: Size) -> NDArray[np.bool_]:
        """Return black for a frame of this size: its nearest pixels."""
        if size == self.size:
            return self.black
        rows = np.arange(size.height) * self.size.height // size.height
        columns = np.arange(size.width) * self.size.width // size.width
        nearest: NDArray[np.bool_] = self.black[np.ix_(rows, columns)]
        return nearest

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, MaskPicture) and np.array_equal(self.black, other.black)

    @override
    def __hash__(self) -> int:
        return hash(self.black.tobytes())

    @override
    def __repr__(self) -> str:
        return f"picture of {self.size.width}x{self.size.height}"


@dataclass(frozen=True, slots=True)
class Mask:
    """One mask, read: a polygon, or a picture. source is its text in the file, without the data of a base64 picture."""

    source: str
    polygon: Polygon | None = None
    picture: MaskPicture | None = None


def read_mask(source: str, directory: Path) -> Mask:
    """Return the mask that a text stands for; raises Problem.

    directory is the one that pictures are looked for in.
    """
    text = source.strip()
    first, comma, rest = text.partition(",")
    if comma and first == _BASE64:
        return Mask(f"{_BASE64},…", picture=_read_picture(BytesIO(_decoded(rest))))
    if comma and first == "poly":
        return Mask(text, polygon=polygon_of_text(rest))
    if comma and NUMBER.fullmatch(first):
        return Mask(text, polygon=polygon_of_text(text))
    return Mask(text, picture=_read_picture(_file(text, directory)))


def fit_masks(masks: Mapping[str, Sequence[Mask]], size: Size, drawn_for: Size | None = None) -> FrameMask | None:
    """Return all masks combined for frames of this size; None when there are none.

    masks are by their place in the configuration, for errors. drawn_for is the size of the frame that the masks were
    made for; None: this one. Raises ConfigError for a picture of another size.
    """
    if not any(masks.values()):
        return None
    fitted = np.full((size.height, size.width), 255, np.uint8)
    for place, several in masks.items():
        for index, mask in enumerate(several):
            if mask.polygon is not None:
                fill_polygon(fitted, mask.polygon.fitted(size, drawn_for), 0)
            elif mask.picture is not None and mask.picture.size in (size, drawn_for):
                fitted[mask.picture.scaled(size)] = 0
            elif mask.picture is not None:
                raise _wrong_size(mask.picture.size, size, place if len(several) == 1 else f"{place}[{index}]")
    return fitted


def _wrong_size(found: Size, size: Size, place: str) -> ConfigError:
    problem = f"the picture is {found.width}x{found.height}, the detect frame {size.width}x{size.height}"
    return ConfigError(place, problem, f"a picture of {size.width}x{size.height}")


def _read_picture(file: BytesIO | Path) -> MaskPicture:
    try:
        picture = Image.open(file)
    except _PICTURE_ERRORS as error:
        raise Problem("not a picture that can be read", "a PNG, BMP or JPEG of the detect frame's size") from error
    with picture:
        try:
            return MaskPicture(np.asarray(_as_seen(picture)) < _BLACK_BELOW)
        except _PICTURE_ERRORS as error:
            raise Problem("the picture is damaged", "save it again, as PNG or BMP") from error


def _as_seen(picture: Image.Image) -> Image.Image:
    """Return the picture in gray, as it looks on a white page."""
    if not picture.has_transparency_data:
        return picture.convert("L")
    drawn = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", drawn.size, "white"), drawn).convert("L")


def _decoded(data: str) -> bytes:
    try:
        return base64.b64decode("".join(data.split()), validate=True)
    except binascii.Error as error:
        raise Problem("the text after 'base64,' is not base64", "the whole picture file, base64 encoded") from error


def _file(name: str, directory: Path) -> Path:
    file = (directory / name).resolve()
    if not file.is_relative_to(directory.resolve()):
        raise Problem("the file is outside the configuration's directory", "put the picture beside the configuration")
    if not file.is_file():
        raise Problem(f"there is no file '{name[:60]}'", _KINDS)
    return file
