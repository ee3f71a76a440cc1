"""Thumbnails of several objects at once."""

from math import ceil
from typing import Final

from ..geometry import Box, Size
from .canvas import Canvas
from .compression import to_webp
from .picture import ScenePicture

HEIGHT_PX: Final = 180
_QUALITY: Final = 60  # WebP
_MARGIN: Final = 1.25  # size of the crop to that of the box
_LEAST_PX: Final = 200  # of the crop's shorter side, in the frame
_ASPECT: Final = 16 / 9


def render_scene(picture: ScenePicture) -> bytes:
    """Return the objects with some of their surroundings, 16:9, as WebP; where they fill more, the whole frame."""
    part = _crop(picture.box, picture.frame.size)
    return to_webp(Canvas(picture.frame, part, HEIGHT_PX).image, _QUALITY)


def _crop(box: Box, size: Size) -> Box:
    x1, y1, x2, y2 = box
    height = ceil(max((y2 - y1) * _MARGIN, (x2 - x1) * _MARGIN / _ASPECT, _LEAST_PX))
    width = ceil(height * _ASPECT)
    if width > size.width or height > size.height:
        return (0, 0, *size)
    left = min(max((x1 + x2 - width) // 2, 0), size.width - width)
    top = min(max((y1 + y2 - height) // 2, 0), size.height - height)
    return left, top, left + width, top + height
