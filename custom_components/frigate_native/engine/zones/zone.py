"""Whether an object stands in a polygon of the frame."""

from collections.abc import Sequence

from ..config.model import ZoneConfig
from ..geometry import Box, Point, area, bottom_centre


class Zone:
    """One zone of one camera; holds no state of objects."""

    def __init__(self, config: ZoneConfig) -> None:
        """Take the polygon and the filters of a zone's configuration."""
        self._config = config
        self._edges = list(zip(config.coordinates, config.coordinates[1:] + config.coordinates[:1], strict=True))

    @property
    def name(self) -> str:
        """The zone's name."""
        return self._config.name

    @property
    def coordinates(self) -> Sequence[Point]:
        """The polygon, in pixels of the frame."""
        return self._config.coordinates

    def holds(self, label: str, box: Box, score: float, was_inside: bool) -> bool:
        """Tell whether an object is in the zone: the middle of its lower edge is, or is exactly on the border.

        The zone's filter for the label (area in square pixels, computed score) is asked on entering only, so an
        object that has come in stays until it leaves.
        """
        return self._contains(bottom_centre(box)) and (was_inside or self._passes(label, box, score))

    def _passes(self, label: str, box: Box, score: float) -> bool:
        wanted = self._config.filters.get(label)
        if wanted is None:
            return True
        return wanted.min_area <= area(box) <= wanted.max_area and score >= wanted.threshold

    def _contains(self, point: Point) -> bool:
        """Cast a ray to the right and count the edges it crosses (even-odd rule); the border belongs to the zone."""
        x, y = point
        is_inside = False
        for (x1, y1), (x2, y2) in self._edges:
            side = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
            if side == 0 and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2):
                return True
            if (y1 > y) != (y2 > y) and (side > 0) == (y2 > y1):
                is_inside = not is_inside
        return is_inside
