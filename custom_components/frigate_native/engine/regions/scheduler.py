"""Which boxes are due for detection in a frame: motion, new objects and, at intervals, still objects."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ..geometry import Box, Size, area, covered_share, intersection_area, iou, touches
from ..objects import TrackedObject
from .examined import ExaminedPicture, Gray

_MOVING_S = 0.15  # between detections of a moving object: every frame at 5 fps, every other one at 10 fps
_FLOODED_MOVING_S = 0.07  # while motion is everywhere: objects may move far
_STILL_FIRST_S = 0.5  # until the next detection of an object without motion; doubles each time
_STILL_MAX_S = 5.0
_EMPTY_FIRST_S = 0.2  # pause for motion in which nothing was found; doubles each time
_EMPTY_MAX_S = 1.0  # short, because a person may appear there at any time
_EMPTY_KEPT_S = 10.0
_DISTURBED_MAX_S = 10.0  # pause for motion at a stationary object; doubles each time
_DISTURBED_KEPT_S = 10.0
_SAME_PLACE_IOU = 0.3
_EXPLAINED_SHARE = 0.6  # motion covered by known objects to this extent belongs to them
_OBJECT_MARGIN = 0.25  # of an object's size: its motion box is larger than the object
_SWEEP_EVERY_S = 30.0  # where nothing has changed
_CHANGED_SWEEP_EVERY_S = 2.0
_WHOLE_SWEEP_EVERY_S = 1.0  # at most, if the light flickers
_FLOOD_SHARE = 0.5  # of the frame in motion: the camera turns, or the scene is new
_FLOOD_LASTS_S = 10.0  # if it lasts longer, it is wind or rain: not worth a detection in every frame
_FLOOD_ENDS_S = 20.0  # after this time without a flood
_FINER_SHARE = (
    0.6  # of the detector's input side: scaled up to this extent, small objects in small frames are still found
)


@dataclass(slots=True)
class _EmptyMotion:
    """A place with motion but no object: leaves, rain, a flag."""

    box: Box
    pause_s: float
    due: float
    seen: float


@dataclass(slots=True)
class _Disturbance:
    """Motion at a stationary object that has not moved: a shadow, a branch."""

    pause_s: float
    due: float
    seen: float


class DetectionScheduler:
    """Decides where to run detection. For one thread; times are frame times in seconds.

    Besides motion and objects, it sweeps the frame by single tiles, to find objects that came without enough motion:
    every few seconds where the frame has changed since detection last ran there, and rarely elsewhere. In a blind
    frame, motion is unreliable: in the first frames, and when nearly everything has changed. The first blind frame is
    swept completely, later ones by one tile each. Frames with motion nearly everywhere are swept by one tile each for
    some seconds.
    """

    def __init__(self, size: Size, min_side: int, interval: int = 50) -> None:
        """Prepare for frames of this size and a detector with this input size.

        interval is the number of frames between detections of a stationary object; 0: only on motion.
        """
        self._interval = interval or math.inf
        self._disturbed: dict[str, _Disturbance] = {}
        self._frame_area = size.width * size.height
        self._empty_motion: list[_EmptyMotion] = []
        self._tiles = _tiles(size, min_side)
        self._coarse = _coarse(self._tiles)
        self._examined = ExaminedPicture(size)
        self._next_tile = 0
        self._last_sweep = self._last_look = 0.0
        self._was_blind = False
        self._last_whole_sweep = -math.inf
        self._last_flood = self._flood_began = -math.inf

    def due(
        self, now: float, motion: Sequence[Box], objects: Sequence[TrackedObject], *, is_blind: bool = False
    ) -> list[Box]:
        """Return the boxes that are due now: objects, and motion that no object explains."""
        moving_s = _FLOODED_MOVING_S if self._is_flooded(now, motion) else _MOVING_S
        moving = [_grown(tracked.box) for tracked in objects if not tracked.is_stationary]
        unclear = [] if is_blind else [box for box in motion if not _is_explained(box, moving)]
        boxes = [
            tracked.box
            for tracked in objects
            if (
                self._is_stationary_due(tracked, now, unclear, moving_s)
                if tracked.is_stationary and not tracked.is_missing
                else _is_due(tracked, now, motion, moving_s, is_blind=is_blind)
            )
        ]
        known = [_grown(tracked.box) for tracked in objects]
        boxes += [box for box in motion if not _is_explained(box, known) and not self._rests(box, now)]
        return boxes

    def sweep(
        self,
        now: float,
        motion: Sequence[Box],
        objects: Sequence[TrackedObject] = (),
        *,
        is_blind: bool = False,
        picture: Gray | None = None,
    ) -> list[Box]:
        """Return the tiles of the frame that are due now; picture is its small copy."""
        self._examined.show(picture)
        is_first, self._was_blind = is_blind and not self._was_blind, is_blind
        if is_first and now - self._last_whole_sweep >= _WHOLE_SWEEP_EVERY_S:
            self._last_sweep = self._last_look = self._last_whole_sweep = now
            return list(self._tiles)
        if is_blind or self._is_flooded(now, motion):
            return [self._take_tile(now)]
        if now - self._last_sweep >= _SWEEP_EVERY_S:
            return [self._take_tile(now)]
        if now - self._last_look < _CHANGED_SWEEP_EVERY_S:
            return []
        self._last_look = now
        known = [_grown(tracked.box) for tracked in objects if not tracked.is_missing]
        first = self._next_tile + 1
        changed = self._examined.changed([*self._tiles[first:], *self._tiles[:first]], known)
        if not changed:
            return []
        self._next_tile = self._tiles.index(changed[0])
        self._last_sweep = now
        return [changed[0]]

    def _take_tile(self, now: float) -> Box:
        self._last_sweep = self._last_look = now
        self._next_tile = (self._next_tile + 1) % len(self._tiles)
        return self._tiles[self._next_tile]

    def record(self, now: float, motion: Sequence[Box], found: Sequence[Box], examined: Sequence[Box] = ()) -> None:
        """Remember which of the examined motion contained no objects, and the regions that were examined."""
        self._examined.mark([region for region in examined if region not in self._coarse])
        self._empty_motion = [place for place in self._empty_motion if now - place.seen < _EMPTY_KEPT_S]
        for box in motion:
            place = self._place(box)
            if any(touches(box, other) for other in found):
                if place:
                    self._empty_motion.remove(place)
            elif place is None:
                self._empty_motion.append(_EmptyMotion(box, _EMPTY_FIRST_S, now + _EMPTY_FIRST_S, now))
            elif now >= place.due:
                place.pause_s = min(place.pause_s * 2, _EMPTY_MAX_S)
                place.box, place.due, place.seen = box, now + place.pause_s, now

    def _is_stationary_due(self, tracked: TrackedObject, now: float, unclear: Sequence[Box], moving_s: float) -> bool:
        """Return whether its interval is over, or motion that no moving object explains may be its own."""
        if tracked.place.doubts == 1 and not tracked.place.is_alike:
            return now - tracked.last_checked >= moving_s
        is_disturbed = any(intersection_area(tracked.box, box) for box in unclear)
        if tracked.unchecked_frames >= self._interval:
            tracked.unchecked_frames = 0  # whatever the look finds: others may hide the object for long
            return True
        return is_disturbed and self._is_new_disturbance(tracked, now)

    def _is_new_disturbance(self, tracked: TrackedObject, now: float) -> bool:
        """Return whether to look at a stationary object with motion: at once, then less and less often.

        Looks that it shares with objects nearby count too.
        """
        since_look_s = now - tracked.last_checked
        known = self._disturbed.get(tracked.id)
        if known is None or now - known.seen > _DISTURBED_KEPT_S:
            self._disturbed = {
                key: other for key, other in self._disturbed.items() if now - other.seen <= _DISTURBED_KEPT_S
            }
            self._disturbed[tracked.id] = _Disturbance(_EMPTY_FIRST_S, now + _EMPTY_FIRST_S, now)
            return since_look_s >= _EMPTY_FIRST_S
        known.seen = now
        if now < known.due or since_look_s < known.pause_s:
            return False
        known.pause_s = min(known.pause_s * 2, _DISTURBED_MAX_S)
        known.due = now + known.pause_s
        return True

    def _is_flooded(self, now: float, motion: Sequence[Box]) -> bool:
        if sum(map(area, motion)) <= _FLOOD_SHARE * self._frame_area:
            return False
        if now - self._last_flood > _FLOOD_ENDS_S:
            self._flood_began = now
        self._last_flood = now
        return now - self._flood_began < _FLOOD_LASTS_S

    def _rests(self, box: Box, now: float) -> bool:
        place = self._place(box)
        return place is not None and now < place.due

    def _place(self, box: Box) -> _EmptyMotion | None:
        return next((place for place in self._empty_motion if iou(place.box, box) > _SAME_PLACE_IOU), None)


def _is_due(tracked: TrackedObject, now: float, motion: Sequence[Box], moving_s: float, *, is_blind: bool) -> bool:
    if tracked.is_missing:
        return now >= tracked.next_search
    if tracked.sightings < 3:
        return True
    if is_blind or any(intersection_area(tracked.box, box) for box in motion):
        return now - tracked.last_checked >= moving_s
    since_moved = tracked.last_checked - tracked.last_motion
    return now - tracked.last_checked >= min(max(_STILL_FIRST_S, since_moved / 2), _STILL_MAX_S)


def _grown(box: Box) -> Box:
    x = int((box[2] - box[0]) * _OBJECT_MARGIN) + 8
    y = int((box[3] - box[1]) * _OBJECT_MARGIN) + 8
    return box[0] - x, box[1] - y, box[2] + x, box[3] + y


def _is_explained(box: Box, known: Sequence[Box]) -> bool:
    if any(covered_share(box, other) > _EXPLAINED_SHARE for other in known):
        return True
    return sum(intersection_area(box, other) for other in known) > _EXPLAINED_SHARE * area(box)


def _tiles(size: Size, min_side: int) -> list[Box]:
    """Return overlapping squares over the frame: of its height, and of half its height where that helps."""
    side = min(size)
    tiles = _grid(size, side)
    if side // 2 >= min_side:
        tiles += _grid(size, max(side // 2 + side // 8, min_side))
    elif side <= min_side:
        tiles += _grid(size, max(side // 2 + side // 8, int(min_side * _FINER_SHARE)))
    return tiles


def _coarse(tiles: Sequence[Box]) -> frozenset[Box]:
    """Return the tiles in which smaller ones may show more: what was seen in them alone was not examined."""
    sides = {tile[2] - tile[0] for tile in tiles}
    return frozenset(tile for tile in tiles if tile[2] - tile[0] > min(sides))


def _grid(size: Size, side: int) -> list[Box]:
    return [(x, y, x + side, y + side) for y in _starts(size.height, side) for x in _starts(size.width, side)]


def _starts(length: int, side: int) -> list[int]:
    """Return the starts of tiles that cover a length; several tiles overlap by at least a tenth."""
    if length <= side:
        return [0]
    count = -(-(length - side) * 10 // (side * 9)) + 1
    return [round(index * (length - side) / (count - 1)) for index in range(count)]
