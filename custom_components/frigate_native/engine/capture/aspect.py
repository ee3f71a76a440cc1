"""Pictures whose pixels are not square, as analog cameras and some substreams send them."""

from fractions import Fraction
from typing import Final

from av.video.frame import VideoFrame

from ..geometry import Size

_STRANGEST: Final = 4  # sides of a pixel; beyond it, the stream's word is not believed


def shown_size(picture: VideoFrame, aspect: Fraction | None) -> Size:
    """Return a picture's size as people should see it; aspect is width to height of its pixels, None if unknown."""
    if aspect is None or not Fraction(1, _STRANGEST) <= aspect <= _STRANGEST:
        return Size(picture.width, picture.height)
    return Size(round(picture.width * aspect / 2) * 2, picture.height)  # chroma has half the resolution


def with_square_pixels(picture: VideoFrame, aspect: Fraction | None) -> VideoFrame:
    """Return the picture as people should see it; one with square pixels is not touched."""
    size = shown_size(picture, aspect)
    if size == (picture.width, picture.height):
        return picture
    return picture.reformat(size.width, size.height, interpolation="BILINEAR", threads=1)
