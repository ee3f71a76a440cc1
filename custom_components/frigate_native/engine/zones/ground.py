"""Measure the ground of a zone: where a point of the frame is, in the unit of its sides."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..geometry import Point

CORNERS: Final = 4
_HIGHEST: Final = 1e5  # meters or feet; a point beyond the horizon is farther away, or on the wrong side

type GroundPoint = tuple[float, float]
"""(x, y) in the unit of the zone's sides."""


class Ground:
    """The flat ground of a zone with four corners, whose sides were measured.

    Sides alone leave the shape open, so it is taken as the one with the largest area, whose corners lie on a circle: a
    rectangle, or a trapezoid with equal legs, if the sides are those of one.
    """

    def __init__(self, corners: Sequence[Point], sides: Sequence[float]) -> None:
        """Take the four corners in pixels and the lengths of the sides that begin at them."""
        self._transform = _homography(corners, _largest_shape(*sides))

    def locate(self, point: Point) -> GroundPoint | None:
        """Return where a point of the frame is on the ground; None if it is at the horizon or above it."""
        x, y, scale = (float(value) for value in self._transform @ np.array((*point, 1.0)))
        if scale <= 0 or max(abs(x), abs(y)) > scale * _HIGHEST:
            return None
        return x / scale, y / scale


def is_measurable(corners: Sequence[object], sides: Sequence[float]) -> bool:
    """Return whether a zone has the corners and the sides of a possible shape."""
    return len(corners) == len(sides) == CORNERS and max(sides) < sum(sides) / 2


def _largest_shape(first: float, second: float, third: float, fourth: float) -> list[GroundPoint]:
    """Return the corners of the shape with these sides that fits into a circle."""
    product = (first * third + second * fourth) * (first * fourth + second * third)
    across = math.sqrt(product / (first * second + third * fourth))  # from the first corner to the third (Ptolemy)
    return [(0.0, 0.0), _beside(across, first, second, 1), (across, 0.0), _beside(across, fourth, third, -1)]


def _beside(across: float, near: float, far: float, side: int) -> GroundPoint:
    """Return the corner at these distances from both ends of the line across."""
    x = (near**2 - far**2 + across**2) / (2 * across)
    return x, side * math.sqrt(max(near**2 - x**2, 0.0))


def _homography(corners: Sequence[Point], places: Sequence[GroundPoint]) -> NDArray[np.float64]:
    """Return the matrix that maps corners in the frame to their places on the ground; positive inside."""
    rows = []
    for (x, y), (east, north) in zip(corners, places, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -east * x, -east * y])
        rows.append([0, 0, 0, x, y, 1, -north * x, -north * y])
    found = np.linalg.lstsq(np.array(rows, np.float64), np.array(places, np.float64).ravel(), rcond=None)[0]
    transform = np.append(found, 1.0).reshape(3, 3)
    inside = transform[2] @ np.array((*np.mean(corners, axis=0), 1.0))
    return transform if inside > 0 else -transform
