"""Detections of all frames become identities, with the whole file known: the reference for a tracker that is not.

In two steps, after Huang, Wu, Nevatia: Robust object tracking by hierarchical association of detection responses
(ECCV 2008). First, detections of neighbouring frames are joined that overlap and look alike. Then the pieces
are joined end to begin, over short gaps and then over longer ones, all at once: the pairing that costs least is a
minimum-cost path cover, found by the Hungarian method. A cost is how far the end of one piece, moved on, misses the
begin of the other, moved back, and how different they look.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from custom_components.frigate_native.engine.geometry import Box, area, iou

from .assignment import assign
from .looks import Look, mixed, unlikeness
from .tracks import CERTAIN_SCORE, Sighting, Track, filled

_STEP_S: Final = 0.25  # first step: a detection may be missing for so long
_STEP_IOU: Final = 0.3  # at least, with the box moved on
_STEPS_BACK: Final = 5  # glimpses from which a velocity is taken
_MOST_STEP_COST: Final = 1.0
_LOOK_GAIN: Final = 0.1
_GAPS_S: Final = (0.5, 1.0, 2.0)  # second step
_MOST_MISS: Final = 0.6  # mean of both misses, in sizes of the object
_MISS_GROWTH: Final = 0.3  # more for each second of the gap
_MOST_UNLIKENESS: Final = 0.6
_MOST_JOIN_COST: Final = 1.3
_MOST_SIZE_RATIO: Final = 2.0  # of areas, in either direction
_NEAR_S: Final = 1.0  # of a piece's end: there its velocity, size and look are taken
_VELOCITY_LASTS_S: Final = 1.0  # nobody walks straight on for longer
_LEAST_SIGHTINGS: Final = 3  # certain ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """One sighting, its frame, time in seconds and look."""

    frame: int
    time: float
    seen: Sighting
    look: Look


@dataclass(frozen=True, slots=True)
class _End:
    """A piece near its end or begin: time, centre, velocity in pixels a second, size and look."""

    time: float
    centre: NDArray[np.float64]
    velocity: NDArray[np.float64]
    area: float
    look: Look

    def at(self, time: float) -> NDArray[np.float64]:
        """Return where the centre is expected at another time."""
        by_s = max(-_VELOCITY_LASTS_S, min(time - self.time, _VELOCITY_LASTS_S))
        return self.centre + self.velocity * by_s


class _Piece:
    """Glimpses of one thing, in order."""

    def __init__(self, glimpses: list[Glimpse]) -> None:
        self.glimpses = glimpses

    @cached_property
    def first(self) -> _End:
        return _end(self.glimpses, self.glimpses[0].time)

    @cached_property
    def last(self) -> _End:
        return _end(self.glimpses, self.glimpses[-1].time)


def link(glimpses: Sequence[Sequence[Glimpse]], times: Sequence[float]) -> list[Track]:
    """Return the identities among the glimpses of one label, frame by frame, in order of their begin.

    times are those of all frames. Gaps of at most two seconds are filled with even motion. An identity with fewer
    than three certain sightings is none.
    """
    pieces = _pieces(glimpses)
    for gap_s in _GAPS_S:
        pieces = _joined(pieces, gap_s)
    true = [piece for piece in pieces if sum(map(_is_certain, piece.glimpses)) >= _LEAST_SIGHTINGS]
    true.sort(key=lambda piece: piece.glimpses[0].frame)
    return [_track(number, piece.glimpses, times) for number, piece in enumerate(true, 1)]


def _is_certain(glimpse: Glimpse) -> bool:
    return glimpse.seen.score >= CERTAIN_SCORE


class _Live:
    """A piece that grows from frame to frame."""

    def __init__(self, glimpse: Glimpse) -> None:
        self.glimpses = [glimpse]
        self._look = glimpse.look

    def cost(self, glimpse: Glimpse) -> float | None:
        """Return how badly a glimpse of this frame continues the piece, or None when it cannot."""
        overlap = iou(self._expected(glimpse.time), glimpse.seen.box)
        difference = unlikeness(self._look, glimpse.look)
        return None if overlap < _STEP_IOU or difference > _MOST_UNLIKENESS else 1 - overlap + difference

    def add(self, glimpse: Glimpse) -> None:
        """Take in the next glimpse."""
        self.glimpses.append(glimpse)
        self._look = mixed(self._look, glimpse.look, _LOOK_GAIN)

    def _expected(self, time: float) -> Box:
        """Return the latest box, moved on as in the last few frames."""
        last = self.glimpses[-1]
        before = self.glimpses[-_STEPS_BACK] if len(self.glimpses) >= _STEPS_BACK else self.glimpses[0]
        share = (time - last.time) / (last.time - before.time) if before is not last else 0.0
        x, y = ((new - old) * share for old, new in zip(_centre(before.seen.box), _centre(last.seen.box), strict=True))
        x1, y1, x2, y2 = last.seen.box
        return round(x1 + x), round(y1 + y), round(x2 + x), round(y2 + y)


def _pieces(frames: Iterable[Sequence[Glimpse]]) -> list[_Piece]:
    """Join what overlaps and looks alike from frame to frame."""
    pieces: list[_Live] = []
    live: list[_Live] = []
    for found in frames:
        if not found:
            continue
        live = [piece for piece in live if found[0].time - piece.glimpses[-1].time <= _STEP_S]
        follower = assign([[piece.cost(glimpse) for glimpse in found] for piece in live], _MOST_STEP_COST)
        for row, column in follower.items():
            live[row].add(found[column])
        begun = [_Live(glimpse) for column, glimpse in enumerate(found) if column not in follower.values()]
        live += begun
        pieces += begun
    return [_Piece(piece.glimpses) for piece in pieces]


def _joined(pieces: Sequence[_Piece], gap_s: float) -> list[_Piece]:
    """Join pieces end to begin over gaps of this length, so that the sum of costs is least."""
    costs = [[_cost(before, after, gap_s) for after in pieces] for before in pieces]
    follower = assign(costs, _MOST_JOIN_COST)
    followed = set(follower.values())
    return [_chain(pieces, follower, first) for first in range(len(pieces)) if first not in followed]


def _chain(pieces: Sequence[_Piece], follower: dict[int, int], at: int) -> _Piece:
    glimpses = list(pieces[at].glimpses)
    while at in follower:
        at = follower[at]
        glimpses += pieces[at].glimpses
    return _Piece(glimpses)


def _cost(before: _Piece, after: _Piece, most_s: float) -> float | None:
    """Return how badly one piece continues another, or None when it cannot."""
    gap_s = after.glimpses[0].time - before.glimpses[-1].time
    if not 0 < gap_s <= most_s:
        return None
    end, begin = before.last, after.first
    small, large = sorted((end.area, begin.area))
    miss = float(np.hypot(*(end.at(begin.time) - begin.centre)) + np.hypot(*(begin.at(end.time) - end.centre))) / 2
    share = miss / math.sqrt(large) / (_MOST_MISS + _MISS_GROWTH * gap_s)
    difference = unlikeness(end.look, begin.look) / _MOST_UNLIKENESS
    if large > small * _MOST_SIZE_RATIO or share > 1 or difference > 1:
        return None
    return share + difference


def _end(glimpses: Sequence[Glimpse], time: float) -> _End:
    """Return a straight line through the glimpses near this time, and how the thing looks there."""
    near = [glimpse for glimpse in glimpses if abs(glimpse.time - time) <= _NEAR_S]
    centres = np.array([_centre(glimpse.seen.box) for glimpse in near])
    if len(near) >= 4:
        ages = np.array([glimpse.time - time for glimpse in near])
        velocity, centre = np.polyfit(ages, centres, 1)
    else:
        velocity, centre = np.zeros(2), centres[0 if time == glimpses[0].time else -1]
    look = np.mean([glimpse.look for glimpse in near], axis=0).astype(np.float32)
    look /= max(float(np.linalg.norm(look)), 1e-6)
    return _End(time, centre, velocity, float(np.median([area(glimpse.seen.box) for glimpse in near])), look)


def _centre(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _track(number: int, glimpses: Sequence[Glimpse], times: Sequence[float]) -> Track:
    label = glimpses[0].seen.label
    first, last = (edge([g.frame for g in glimpses if _is_certain(g)]) for edge in (min, max))
    lived = [glimpse for glimpse in glimpses if first <= glimpse.frame <= last]
    track = Track(id=f"{label}-{number}", label=label)
    track.certain = {glimpse.frame for glimpse in lived if _is_certain(glimpse)}
    track.boxes = filled({glimpse.time: glimpse.seen.box for glimpse in lived}, times)
    return track
