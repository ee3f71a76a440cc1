"""A scaled part of a frame, with drawing methods in pixels of the frame."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from math import ceil
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from ..config.masks import FrameMask
from ..frame import Frame, Rgb
from ..geometry import Box, Point, Size, intersection_area
from .lettering import edged, font, font_for_width, to_ascii
from .palette import BLACK, WHITE, Color, readable_on

_MOST_HEIGHT: Final = 4320  # px, 8K; more would cost memory without benefit
_TIME_FORMAT: Final = "%m/%d/%Y %H:%M:%S"
_LEAST_TIME_WIDTH: Final = 150  # px
_TIME_SHARE: Final = 0.33  # of the picture's width


class Canvas:
    """The pixels of `part`, scaled to `height` (None: not scaled), cut at the frame's right and bottom edge.

    All coordinates are pixels of the frame; lines and letters are sized for the resulting picture.
    """

    def __init__(self, frame: Frame, part: Box, height: int | None, mask: FrameMask | None = None) -> None:
        """Convert and scale only the visible part; areas hidden by a mask (of the whole frame) are black."""
        self._part = _visible(part, frame.size)
        self._size = _shown_size(self._part, height)
        pixels = _pixels(frame, self._part, self._size)
        if mask is not None:
            pixels[_shown_mask(mask, self._part, self._size) == 0] = 0
        self.image = Image.fromarray(pixels)
        self._draw = ImageDraw.Draw(self.image)
        shorter = min(self._size)
        self.line_px = max(2, round(shorter / 360))
        self._font = font(round(shorter / 48))
        self._pad_px = max(3, round(self._font.size / 4))

    def outline(self, box: Box, color: Color, width_px: int) -> None:
        """Draw the outline of the visible part of a box."""
        if intersection_area(box, self._part):
            self._draw.rectangle(self._shown_box(box), outline=color, width=width_px)

    def polygon(self, points: Sequence[Point], color: Color, width_px: int) -> None:
        """Draw a closed line through the points."""
        shown = [self._shown(*point) for point in (*points, points[0], points[1])]
        self._draw.line(shown, fill=color, width=width_px, joint="curve")

    def tag(self, box: Box, text: str, color: Color) -> None:
        """Write on a filled tag above a box, or at the top edge if there is no room above."""
        if not intersection_area(box, self._part):
            return
        ascent, descent = self._font.getmetrics()
        line = to_ascii(text)
        width, height = ceil(self._font.getlength(line)) + 2 * self._pad_px, ascent + descent + self._pad_px
        left, top, _, _ = self._shown_box(box)
        x, y = max(0, min(left, self._size.width - width)), max(0, top - height + 1)
        self._draw.rectangle((x, y, x + width - 1, y + height - 1), fill=color)
        origin = x + self._pad_px, y + self._pad_px // 2 + ascent
        self._draw.text(origin, line, font=self._font, fill=readable_on(color), anchor="ls")

    def timestamp(self, time: float, time_zone: tzinfo | None, at_top: bool = False) -> None:
        """Write an epoch time as local time, at the bottom or top left, a third of the picture wide."""
        text = datetime.fromtimestamp(time, UTC).astimezone(time_zone).strftime(_TIME_FORMAT)
        room = self._size.width - 2 * self.line_px
        size_px = int(font_for_width(text, min(room, max(_LEAST_TIME_WIDTH, _TIME_SHARE * self._size.width))).size)
        edge = max(1, round(size_px / 14))
        letters = edged(text, size_px, edge)
        left, top, _, bottom = letters.covered.getbbox() or (0, 0, *letters.covered.size)
        corner = 2 * edge - left, 2 * edge - top if at_top else self._size.height - 2 * edge - bottom
        self.image.paste(BLACK, corner, letters.covered)
        self.image.paste(WHITE, corner, letters.inside)

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        x1, y1, x2, y2 = self._part
        return (x - x1) * self._size.width / (x2 - x1), (y - y1) * self._size.height / (y2 - y1)

    def _shown_box(self, box: Box) -> Box:
        """Return the visible part of a box in pixels of the picture, inclusive as in Pillow."""
        (x1, y1), (x2, y2) = self._shown(box[0], box[1]), self._shown(box[2], box[3])
        left, top = max(0, min(round(x1), self._size.width - 1)), max(0, min(round(y1), self._size.height - 1))
        right, bottom = min(round(x2), self._size.width), min(round(y2), self._size.height)
        return left, top, max(left, right - 1), max(top, bottom - 1)


def _visible(part: Box, size: Size) -> Box:
    """Limit a part to the frame and move its corner to even pixels, as color has half the resolution."""
    x1, y1 = part[0] // 2 * 2, part[1] // 2 * 2
    return x1, y1, min(x1 + part[2] - part[0], size.width), min(y1 + part[3] - part[1], size.height)


def _shown_size(part: Box, height: int | None) -> Size:
    own = Size(part[2] - part[0], part[3] - part[1])
    if height is None:
        return own
    target = max(1, min(height, _MOST_HEIGHT))
    return Size(max(1, target * own.width // own.height), target)


def _pixels(frame: Frame, part: Box, size: Size) -> Rgb:
    if part == (0, 0, *frame.size):
        return frame.to_rgb(size)
    pixels = np.empty((size.height, size.width, 3), np.uint8)
    frame.crop_rgb(part, pixels)
    return pixels


def _shown_mask(mask: FrameMask, part: Box, size: Size) -> FrameMask:
    """Return the visible part of a mask, (h, w) of the picture, by nearest pixel."""
    x1, y1, x2, y2 = part
    rows = y1 + np.arange(size.height) * (y2 - y1) // size.height
    columns = x1 + np.arange(size.width) * (x2 - x1) // size.width
    shown: FrameMask = mask[rows][:, columns]
    return shown
