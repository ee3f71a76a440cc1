"""Link the detections of all frames to identities, with the whole file known: the reference for an online tracker.

This takes two steps, after Huang, Wu, Nevatia: Robust object tracking by hierarchical association of detection
responses (ECCV 2008). First, overlapping detections with similar appearance are joined in neighbouring frames. Then
these pieces are joined end to start, first over short gaps, then over longer ones: the best assignment is a
minimum-cost path cover, found by the Hungarian method. A cost is the distance between the extrapolated end and start
of two pieces, and their difference in appearance.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from custom_components.frigate_native.engine.geometry import Box, area, iou

from .appearance import Appearance, blend, dissimilarity
from .assignment import assign
from .tracks import CERTAIN_SCORE, Sighting, Track, filled

_STEP_S: Final = 0.25  # first step: a detection may be missing for this long
_STEP_IOU: Final = 0.3  # minimum, with the extrapolated box
_STEPS_BACK: Final = 5  # sightings to estimate velocity from
_MAX_STEP_COST: Final = 1.0
_APPEARANCE_GAIN: Final = 0.1
_GAPS_S: Final = (0.5, 1.0, 2.0)  # second step
_MAX_MISS: Final = 0.6  # mean of both distances, in sizes of the object
_MISS_GROWTH: Final = 0.3  # added for each second of the gap
_MAX_DISSIMILARITY: Final = 0.6
_MAX_JOIN_COST: Final = 1.3
_MAX_SIZE_RATIO: Final = 2.0  # of areas, in either direction
_NEAR_S: Final = 1.0  # from a piece's end: velocity, size and appearance are taken here
_VELOCITY_LASTS_S: Final = 1.0  # people do not walk straight on for longer
_MIN_SIGHTINGS: Final = 3  # certain sightings


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedSighting:
    """A sighting with its frame, time in seconds and appearance."""

    frame: int
    time: float
    seen: Sighting
    appearance: Appearance


@dataclass(frozen=True, slots=True)
class _End:
    """A piece near its end or start: time, centre, velocity in pixels per second, size and appearance."""

    time: float
    centre: NDArray[np.float64]
    velocity: NDArray[np.float64]
    area: float
    appearance: Appearance

    def at(self, time: float) -> NDArray[np.float64]:
        """Return the expected centre at another time."""
        by_s = max(-_VELOCITY_LASTS_S, min(time - self.time, _VELOCITY_LASTS_S))
        return self.centre + self.velocity * by_s


class _Piece:
    """Sightings of one object, in order."""

    def __init__(self, sightings: list[TimedSighting]) -> None:
        self.sightings = sightings

    @cached_property
    def first(self) -> _End:
        return _end(self.sightings, self.sightings[0].time)

    @cached_property
    def last(self) -> _End:
        return _end(self.sightings, self.sightings[-1].time)


def link(sightings: Sequence[Sequence[TimedSighting]], times: Sequence[float]) -> list[Track]:
    """Return the identities among the sightings of one label, frame by frame, sorted by start.

    times are those of all frames. Gaps of at most two seconds are interpolated. Identities with fewer than
    three certain sightings are dropped.
    """
    pieces = _pieces(sightings)
    for gap_s in _GAPS_S:
        pieces = _joined(pieces, gap_s)
    true = [piece for piece in pieces if sum(map(_is_certain, piece.sightings)) >= _MIN_SIGHTINGS]
    true.sort(key=lambda piece: piece.sightings[0].frame)
    return [_track(number, piece.sightings, times) for number, piece in enumerate(true, 1)]


def _is_certain(sighting: TimedSighting) -> bool:
    return sighting.seen.score >= CERTAIN_SCORE


class _OpenPiece:
    """A piece that grows from frame to frame."""

    def __init__(self, sighting: TimedSighting) -> None:
        self.sightings = [sighting]
        self._appearance = sighting.appearance

    def cost(self, sighting: TimedSighting) -> float | None:
        """Return the cost of continuing the piece with a sighting, or None if impossible."""
        overlap = iou(self._expected(sighting.time), sighting.seen.box)
        difference = dissimilarity(self._appearance, sighting.appearance)
        return None if overlap < _STEP_IOU or difference > _MAX_DISSIMILARITY else 1 - overlap + difference

    def add(self, sighting: TimedSighting) -> None:
        """Add the next sighting."""
        self.sightings.append(sighting)
        self._appearance = blend(self._appearance, sighting.appearance, _APPEARANCE_GAIN)

    def _expected(self, time: float) -> Box:
        """Return the latest box, extrapolated from the last few frames."""
        last = self.sightings[-1]
        before = self.sightings[-_STEPS_BACK] if len(self.sightings) >= _STEPS_BACK else self.sightings[0]
        share = (time - last.time) / (last.time - before.time) if before is not last else 0.0
        x, y = ((new - old) * share for old, new in zip(_centre(before.seen.box), _centre(last.seen.box), strict=True))
        x1, y1, x2, y2 = last.seen.box
        return round(x1 + x), round(y1 + y), round(x2 + x), round(y2 + y)


def _pieces(frames: Iterable[Sequence[TimedSighting]]) -> list[_Piece]:
    """Join overlapping sightings with similar appearance from frame to frame."""
    pieces: list[_OpenPiece] = []
    open_pieces: list[_OpenPiece] = []
    for found in frames:
        if not found:
            continue
        open_pieces = [piece for piece in open_pieces if found[0].time - piece.sightings[-1].time <= _STEP_S]
        follower = assign([[piece.cost(sighting) for sighting in found] for piece in open_pieces], _MAX_STEP_COST)
        for row, column in follower.items():
            open_pieces[row].add(found[column])
        begun = [_OpenPiece(sighting) for column, sighting in enumerate(found) if column not in follower.values()]
        open_pieces += begun
        pieces += begun
    return [_Piece(piece.sightings) for piece in pieces]


def _joined(pieces: Sequence[_Piece], gap_s: float) -> list[_Piece]:
    """Join pieces end to start over gaps of up to this length, with the minimal sum of costs."""
    costs = [[_cost(before, after, gap_s) for after in pieces] for before in pieces]
    follower = assign(costs, _MAX_JOIN_COST)
    followed = set(follower.values())
    return [_chain(pieces, follower, first) for first in range(len(pieces)) if first not in followed]


def _chain(pieces: Sequence[_Piece], follower: dict[int, int], at: int) -> _Piece:
    sightings = list(pieces[at].sightings)
    while at in follower:
        at = follower[at]
        sightings += pieces[at].sightings
    return _Piece(sightings)


def _cost(before: _Piece, after: _Piece, max_s: float) -> float | None:
    """Return the cost of continuing one piece with another, or None if impossible."""
    gap_s = after.sightings[0].time - before.sightings[-1].time
    if not 0 < gap_s <= max_s:
        return None
    end, begin = before.last, after.first
    small, large = sorted((end.area, begin.area))
    miss = float(np.hypot(*(end.at(begin.time) - begin.centre)) + np.hypot(*(begin.at(end.time) - end.centre))) / 2
    share = miss / math.sqrt(large) / (_MAX_MISS + _MISS_GROWTH * gap_s)
    difference = dissimilarity(end.appearance, begin.appearance) / _MAX_DISSIMILARITY
    if large > small * _MAX_SIZE_RATIO or share > 1 or difference > 1:
        return None
    return share + difference


def _end(sightings: Sequence[TimedSighting], time: float) -> _End:
    """Return a straight line through the sightings near this time, and the object's appearance there."""
    near = [sighting for sighting in sightings if abs(sighting.time - time) <= _NEAR_S]
    centres = np.array([_centre(sighting.seen.box) for sighting in near])
    if len(near) >= 4:
        ages = np.array([sighting.time - time for sighting in near])
        velocity, centre = np.polyfit(ages, centres, 1)
    else:
        velocity, centre = np.zeros(2), centres[0 if time == sightings[0].time else -1]
    appearance = np.mean([sighting.appearance for sighting in near], axis=0).astype(np.float32)
    appearance /= max(float(np.linalg.norm(appearance)), 1e-6)
    return _End(time, centre, velocity, float(np.median([area(sighting.seen.box) for sighting in near])), appearance)


def _centre(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _track(number: int, sightings: Sequence[TimedSighting], times: Sequence[float]) -> Track:
    label = sightings[0].seen.label
    first, last = (edge([g.frame for g in sightings if _is_certain(g)]) for edge in (min, max))
    lived = [sighting for sighting in sightings if first <= sighting.frame <= last]
    track = Track(id=f"{label}-{number}", label=label)
    track.certain = {sighting.frame for sighting in lived if _is_certain(sighting)}
    track.boxes = filled({sighting.time: sighting.seen.box for sighting in lived}, times)
    return track
