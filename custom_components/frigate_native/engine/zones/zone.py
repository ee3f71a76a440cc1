"""Check whether objects are in a zone."""

from collections.abc import Sequence
from typing import Final

from ..config.model import UnitSystem, ZoneConfig
from ..geometry import Box, Point, area, bottom_centre, ratio
from .ground import Ground, is_measurable

_PER_HOUR: Final = {UnitSystem.METRIC: 3.6, UnitSystem.IMPERIAL: 3600 / 5280}


class Zone:
    """A zone of a camera; has no state per object."""

    def __init__(self, config: ZoneConfig) -> None:
        """Read the zone's polygon, in pixels, and its filters."""
        self._config = config
        corners = config.coordinates.pixels
        self._edges = list(zip(corners, corners[1:] + corners[:1], strict=True))
        self.ground = Ground(corners, config.distances) if is_measurable(corners, config.distances) else None

    @property
    def name(self) -> str:
        """The zone's name."""
        return self._config.name

    @property
    def inertia(self) -> int:
        """The number of frames in a row that an object must be seen in the zone to enter it."""
        return self._config.inertia

    @property
    def loitering_s(self) -> int:
        """The time that it must stay after that."""
        return self._config.loitering_time

    @property
    def speed_threshold(self) -> float:
        """The speed above which an object is in a zone with measured sides, in km/h or mph."""
        return self._config.speed_threshold or 0.0

    @property
    def per_hour(self) -> float:
        """The speed of one unit of its sides a second: in km/h for meters, in mph for feet."""
        return _PER_HOUR[self._config.unit_system]

    @property
    def coordinates(self) -> Sequence[Point]:
        """The polygon, in pixels of the frame."""
        return self._config.coordinates.pixels

    def holds(self, label: str, box: Box, score: float, was_inside: bool) -> bool:
        """Return whether the bottom center of an object's box is in the zone or on its border.

        The zone's labels and the filter for the label (area in square pixels, ratio, computed score) apply only on
        entering, so an object that has entered stays until it leaves.
        """
        return self._contains(bottom_centre(box)) and (was_inside or self._passes(label, box, score))

    def _passes(self, label: str, box: Box, score: float) -> bool:
        if self._config.objects and label not in self._config.objects:
            return False
        label_filter = self._config.filters.get(label)
        if label_filter is None:
            return True
        return (
            label_filter.min_area <= area(box) <= label_filter.max_area
            and label_filter.min_ratio <= ratio(box) <= label_filter.max_ratio
            and score >= label_filter.threshold
        )

    def _contains(self, point: Point) -> bool:
        """Cast a ray to the right and count crossed edges (even-odd rule); the border belongs to the zone."""
        x, y = point
        is_inside = False
        for (x1, y1), (x2, y2) in self._edges:
            side = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
            if side == 0 and min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2):
                return True
            if (y1 > y) != (y2 > y) and (side > 0) == (y2 > y1):
                is_inside = not is_inside
        return is_inside
