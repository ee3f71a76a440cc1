"""Remember the way of an object through the frame."""

import math
from dataclasses import dataclass, field
from typing import Final

from ..geometry import Box, Size, bottom_centre

_STEP: Final = 0.05  # of the frame: shorter ways are not remembered
_FIRST: Final = 2  # points that are always remembered
_MOST: Final = 256
_DECIMALS: Final = 4

type PathPoint = tuple[tuple[float, float], float]
"""The bottom center of a box as fractions of the frame's width and height, and its time."""


@dataclass(slots=True)
class Path:
    """The points of one object's way. When there are too many, every second one is forgotten."""

    points: list[PathPoint] = field(default_factory=list)

    def follow(self, box: Box, size: Size, time: float) -> None:
        """Add the place of a sighting, if it is far enough from the last one."""
        x, y = bottom_centre(box)
        point = round(x / size.width, _DECIMALS), round(y / size.height, _DECIMALS)
        if len(self.points) >= _FIRST and math.dist(point, self.points[-1][0]) < _STEP:
            return
        self.points.append((point, time))
        if len(self.points) > _MOST:
            del self.points[1:-1:2]
