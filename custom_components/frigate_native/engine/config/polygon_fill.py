"""Fills polygons in arrays of pixels, edges included."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..geometry import Point

type Picture = NDArray[np.uint8]  # (H, W)
type Pixels = NDArray[np.int64]  # (N,) rows or columns

_FRACTION_BITS: Final = 16  # fixed point as OpenCV has it: the same pixels, not just nearly the same


def fill_polygon(picture: Picture, polygon: Sequence[Point], value: int) -> None:
    """Set the pixels inside the polygon and on its edges; what lies outside the picture is left out.

    Points are x, y in pixels. Where edges cross, the even-odd rule decides. The pixels are those of OpenCV's
    fillPoly on a picture that holds all points.
    """
    edges = [(polygon[index - 1], point) for index, point in enumerate(polygon)]
    for first, second in edges:
        _draw_line(picture, first, second, value)
    crossings = [_crossings(first, second, picture.shape[0]) for first, second in edges]
    rows = np.concatenate([row for row, _ in crossings])
    columns = np.concatenate([column for _, column in crossings])
    order = np.lexsort((columns, rows))
    firsts = -(-columns >> _FRACTION_BITS)  # rounded up: the first pixel whose centre is inside
    ends = (columns >> _FRACTION_BITS) + 1
    for left, right in zip(order[::2], order[1::2], strict=True):
        picture[rows[left], max(firsts[left], 0) : max(ends[right], 0)] = value


def _crossings(first: Point, second: Point, height: int) -> tuple[Pixels, Pixels]:
    """Return where an edge crosses the picture's rows, columns in fixed point; its lower end is the next edge's."""
    (top_x, top), (bottom_x, bottom) = sorted((first, second), key=lambda point: point[1])
    rows = np.arange(max(top, 0), min(bottom, height), dtype=np.int64)
    if not rows.size:
        return rows, rows
    step = _towards_zero((bottom_x - top_x) << _FRACTION_BITS, bottom - top)
    return rows, (top_x << _FRACTION_BITS) + step * (rows - top)


def _towards_zero(dividend: int, divisor: int) -> int:
    quotient = abs(dividend) // divisor
    return quotient if dividend >= 0 else -quotient


def _draw_line(picture: Picture, first: Point, second: Point, value: int) -> None:
    """Set the pixels of Bresenham's line, drawn from left to right; halves are rounded to its beginning."""
    (x1, y1), (x2, y2) = (first, second) if first[0] <= second[0] else (second, first)
    width, height = x2 - x1, abs(y2 - y1)
    length = max(width, height)
    steps = np.arange(length + 1, dtype=np.int64)
    columns = x1 + _shares(steps, width, length)
    rows = y1 + _shares(steps, height, length) * (1 if y2 >= y1 else -1)
    inside = (columns >= 0) & (columns < picture.shape[1]) & (rows >= 0) & (rows < picture.shape[0])
    picture[rows[inside], columns[inside]] = value


def _shares(steps: Pixels, part: int, length: int) -> Pixels:
    """Return steps * part / length, rounded, halves down."""
    if not length:
        return steps
    shares: Pixels = -((length - 2 * part * steps) // (2 * length))
    return shares
