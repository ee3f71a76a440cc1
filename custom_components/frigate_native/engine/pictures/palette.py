"""Colors that are the same in every picture."""

from typing import Final
from zlib import crc32

type Color = tuple[int, int, int]  # red, green, blue; 0..255

WHITE: Final[Color] = (255, 255, 255)
BLACK: Final[Color] = (0, 0, 0)
GREEN: Final[Color] = (40, 200, 80)
BLUE: Final[Color] = (40, 110, 255)
PALE_BLUE: Final[Color] = (120, 180, 255)

# Twelve hues that differ from each other and from grass, asphalt and sky.
_PALETTE: Final[tuple[Color, ...]] = (
    (255, 138, 0),
    (0, 188, 242),
    (255, 64, 129),
    (138, 211, 55),
    (156, 95, 255),
    (255, 214, 0),
    (0, 200, 150),
    (244, 67, 54),
    (92, 124, 250),
    (214, 92, 214),
    (196, 140, 90),
    (64, 224, 208),
)
# Labels that often appear together must not share a hue.
_COMMON: Final = ("person", "car", "dog", "cat", "bicycle", "bird", "bus", "motorcycle", "truck", "package")


def label_color(label: str) -> Color:
    """Return a label's color, the same in every process."""
    if label in _COMMON:
        return _PALETTE[_COMMON.index(label)]
    return _PALETTE[crc32(label.encode()) % len(_PALETTE)]


def nth_color(index: int) -> Color:
    """Return the color of a camera's n-th zone."""
    return _PALETTE[(index * 5 + 1) % len(_PALETTE)]


def readable_on(color: Color) -> Color:
    """Return black or white, whichever is easier to read on a color (luma as in ITU-R BT.601)."""
    luma = 0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2]
    return BLACK if luma > 140 else WHITE
