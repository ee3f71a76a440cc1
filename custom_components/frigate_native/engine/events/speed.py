"""Estimate how fast an object moves over the ground of zones whose sides were measured."""

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ..geometry import Point, bottom_centre
from ..objects import TrackedObject
from ..zones import GroundPoint, Zone

_OVER_S: Final = 1.0  # a speed is that of the last second: single boxes wobble
_LEAST_S: Final = 0.3
_KEPT: Final = 10


@dataclass(frozen=True, slots=True)
class _Step:
    time: float
    point: Point
    place: GroundPoint


@dataclass(slots=True)
class SpeedMeter:
    """One object's speed while it moves in a measured zone, its average there, and its direction in the frame.

    Speeds are in km/h, or mph where sides are in feet; angle is in degrees: 0 to the right, 90 down.
    """

    current: float = 0.0
    angle: float = 0.0
    _zone: str = ""
    _steps: deque[_Step] = field(default_factory=deque)
    _speeds: deque[float] = field(default_factory=lambda: deque(maxlen=_KEPT))

    @property
    def average(self) -> float:
        """The mean of its latest speeds."""
        return sum(self._speeds) / len(self._speeds) if self._speeds else 0.0

    def follow(self, tracked: TrackedObject, zones: Sequence[Zone]) -> None:
        """Measure again after a detection run; zones are those that the object is in."""
        zone = next((zone for zone in zones if zone.ground is not None), None)
        point = bottom_centre(tracked.box)
        place = zone.ground.locate(point) if zone is not None and zone.ground is not None else None
        if zone is None or place is None or tracked.is_stationary:
            self.current = 0.0
            self._steps.clear()
        elif tracked.is_seen:
            if zone.name != self._zone:
                self._zone = zone.name
                self._steps.clear()
            self._add(_Step(tracked.frame_time, point, place), zone.per_hour)

    def _add(self, step: _Step, per_hour: float) -> None:
        self._steps.append(step)
        while step.time - self._steps[0].time > _OVER_S and len(self._steps) > 2:
            self._steps.popleft()
        first = self._steps[0]
        if (elapsed_s := step.time - first.time) < _LEAST_S:
            return
        self.current = math.dist(first.place, step.place) / elapsed_s * per_hour
        self._speeds.append(self.current)
        across, down = step.point[0] - first.point[0], step.point[1] - first.point[1]
        self.angle = math.degrees(math.atan2(down, across)) % 360
