"""Follow objects from frame to frame by velocity and appearance, with the best assignment of all."""

import math
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from ..geometry import Box, Size, area, clamp, covered_share, intersection_area, iou
from ..objects import Detection, Place, TrackedObject, new_id
from .appearance import Appearance, blend, dissimilarity
from .assignment import assign
from .stillness import Look, Stillness, StillnessRules

# Gains of an alpha-beta filter (the steady state of a Kalman filter with constant velocity: Bar-Shalom, Estimation
# with Applications to Tracking and Navigation, 6.5). The position gain is 1: boxes are reported as detected.
_VELOCITY_GAIN = 0.3
_VELOCITY_LASTS_S = 1.5  # a hidden object slows down to a stop in this time
_MAX_SIZE_RATIO = 3.0
_WEAK_IOU = 0.4  # with its expected box: from this overlap, a weak detection belongs to the object
# The cost of assigning a detection: negative logarithms of likelihoods, tuned with script/evaluate.
_MISS = 0.15  # standard deviation of an object's distance from its expected place, in sizes of the object
_MISS_GROWTH = 0.6  # added for each second without a detection
_HEIGHT_SPREAD = 0.28  # standard deviation of a height's logarithm
_MAX_HEIGHT_COST = 1.5  # part of the object may be hidden
_NEUTRAL_DISSIMILARITY = 0.6  # neutral: equally likely for one object and for two
_DISSIMILARITY_COST = 12.0  # per 1 of dissimilarity above that
_USUAL_DISSIMILARITY = 0.35  # between two sightings of one object
_MAX_COST = 6.0  # above this cost, the detection is a new object
_APPEARANCE_GAIN = 0.2
_MAX_OVERLAP = 0.2  # with another detection: from this overlap, a box shows part of both objects
_MAX_HELD = 0.5  # of another object inside a detection: from this share, the box shows both objects
_EXAMINED_SHARE = 0.9  # of an object inside a region: from this share, not finding it counts as a miss
_COARSER = 1.5  # regions this much larger than the one it was found in may miss a small object that stands still
_HIDDEN_SHARE = 0.15  # of a stationary object's place: from this share, another object hides it
_STATIONARY_UNSEEN_S = 0.5  # it is where it was, however long ago it was last examined
_SEARCH_FIRST_S = 0.05
_SEARCH_MAX_S = 0.4


class Tracker:
    """Keeps the identity of objects. For one thread.

    Detections are assigned to objects with the same label so that the total cost of position, height and appearance is
    minimal. Weak detections are assigned last, to objects without one, and never start an object (Zhang et al.:
    ByteTrack, ECCV 2022). Objects that are not found where they are expected are kept for `max_disappeared` frames.
    """

    def __init__(
        self, size: Size, max_disappeared: int, min_initialized: int = 0, rules: StillnessRules | None = None
    ) -> None:
        """Prepare for frames of this size."""
        self._size = size
        self._max_disappeared = max_disappeared
        self._min_initialized = min_initialized
        self._stillness = Stillness(rules or StillnessRules())
        self._objects: list[TrackedObject] = []

    @property
    def objects(self) -> Sequence[TrackedObject]:
        """The objects that are currently tracked."""
        return self._objects

    @property
    def reported(self) -> list[TrackedObject]:
        """The objects that others hear of: tracked for at least `min_initialized` frames, and not dismissed."""
        return [tracked for tracked in self._objects if tracked.is_established and not tracked.is_dismissed]

    def predict(self, frame_time: float) -> None:
        """Move every object to where it is expected in a frame of this time."""
        for tracked in self._objects:
            tracked.box = _expected_box(tracked, frame_time)

    def update(
        self,
        frame_time: float,
        detections: Sequence[Detection],
        examined: Sequence[Box],
        motion: Sequence[Box],
        appearance_of: Callable[[Box], Appearance] | None = None,
        *,
        look_at: Callable[[Box], Look] | None = None,
    ) -> list[TrackedObject]:
        """Process a frame's detections and return the objects that are gone.

        Call `predict` for this frame first. examined are the regions in which detection ran: an object
        outside them is neither seen nor missed. Without look_at, no pictures are compared.
        """
        for tracked in self._objects:
            tracked.is_seen = tracked.was_checked = False
        appearances = [appearance_of(found.box) if appearance_of else None for found in detections]
        free = self._match(frame_time, detections, appearances, is_weak=False)
        self._match(frame_time, detections, appearances, is_weak=True)
        for tracked in self._objects:
            self._follow(tracked, frame_time, examined, look_at)
            if any(intersection_area(tracked.box, box) for box in motion):
                tracked.last_motion = frame_time
        gone = [tracked for tracked in self._objects if self._has_gone(tracked)]
        self._objects = [tracked for tracked in self._objects if tracked not in gone]
        self._objects += [self._new_object(detections[column], appearances[column], frame_time) for column in free]
        return [tracked for tracked in gone if not tracked.is_dismissed] + self._dismiss()

    def resize(self, size: Size) -> None:
        """Continue in frames of another size that show the same scene."""
        scale = size.width / self._size.width, size.height / self._size.height
        self._size = size
        for tracked in self._objects:
            tracked.box, tracked.seen_box, tracked.region = (
                _scaled(box, scale) for box in (tracked.box, tracked.seen_box, tracked.region)
            )
            tracked.velocity = tracked.velocity[0] * scale[0], tracked.velocity[1] * scale[1]
            place = tracked.place
            place.box, place.latest = _scaled(place.box, scale), deque(_scaled(box, scale) for box in place.latest)

    def clear(self) -> list[TrackedObject]:
        """Stop tracking all objects and return them."""
        gone, self._objects = self._objects, []
        return gone

    def _match(
        self,
        frame_time: float,
        detections: Sequence[Detection],
        appearances: Sequence[Appearance | None],
        *,
        is_weak: bool,
    ) -> list[int]:
        """Assign detections to objects; return the indices of unassigned detections."""
        costs = {
            (row, column): cost - _MAX_COST
            for column, found in enumerate(detections)
            if found.is_weak == is_weak
            for row, tracked in enumerate(self._objects)
            if not tracked.is_seen
            and (cost := _cost(tracked, found, appearances[column], frame_time)) is not None
            and cost < _MAX_COST
        }
        pairs = assign(costs)
        for row, column in pairs.items():
            appearance = appearances[column]
            if appearance is not None and not is_weak and self._shows_one(row, column, detections):
                _update_appearance(self._objects[row], appearance)
            _mark_seen(self._objects[row], detections[column], frame_time)
        taken = set(pairs.values())
        return [column for column, found in enumerate(detections) if found.is_weak == is_weak and column not in taken]

    def _shows_one(self, row: int, column: int, detections: Sequence[Detection]) -> bool:
        """Return whether a detection shows only this object."""
        box = detections[column].box
        if any(iou(box, other.box) > _MAX_OVERLAP for place, other in enumerate(detections) if place != column):
            return False
        return not any(
            covered_share(other.box, box) > _MAX_HELD for place, other in enumerate(self._objects) if place != row
        )

    def _follow(
        self,
        tracked: TrackedObject,
        frame_time: float,
        examined: Sequence[Box],
        look_at: Callable[[Box], Look] | None,
    ) -> None:
        """Update an object after all detections have been assigned."""
        look = None if look_at is None else partial(self._look, look_at)
        is_hidden = tracked.is_stationary and self._is_hidden(tracked)
        tracked.unchecked_frames += 1
        if tracked.is_seen:
            tracked.unchecked_frames = 0
        else:
            self._mark_missed(tracked, frame_time, examined, look, is_hidden=is_hidden)
        tracked.age += -1 if tracked.is_missing else 1
        tracked.is_established |= tracked.age >= self._min_initialized
        self._stillness.follow(tracked, look, is_hidden=is_hidden)
        if tracked.is_dismissed and not tracked.is_stationary:
            tracked.id, tracked.start_time, tracked.is_dismissed = new_id(frame_time), frame_time, False

    def _look(self, look_at: Callable[[Box], Look], box: Box) -> Look:
        return look_at(clamp(box, self._size))

    def _is_hidden(self, tracked: TrackedObject) -> bool:
        """Return whether moving objects were seen in front of a stationary one."""
        return any(
            other.is_seen
            and not other.is_stationary
            and other is not tracked
            and covered_share(tracked.place.box, other.box) > _HIDDEN_SHARE
            for other in self._objects
        )

    def _dismiss(self) -> list[TrackedObject]:
        """Return the objects that have now been stationary for too long; they stay known, so as not to be new again."""
        over = [tracked for tracked in self._objects if not tracked.is_dismissed and self._stillness.is_over(tracked)]
        for tracked in over:
            tracked.is_dismissed = True
        return over

    def _mark_missed(
        self,
        tracked: TrackedObject,
        frame_time: float,
        examined: Sequence[Box],
        look: Callable[[Box], Look] | None,
        *,
        is_hidden: bool,
    ) -> None:
        if self._was_examined(tracked, examined):
            if self._stillness.holds(tracked, look, is_hidden=is_hidden):
                tracked.last_checked = frame_time
                return
            tracked.unchecked_frames = 0
            tracked.was_checked = True
            pause_s = min(max(_SEARCH_FIRST_S, (frame_time - tracked.frame_time) / 2), _SEARCH_MAX_S)
            tracked.last_checked, tracked.next_search = frame_time, frame_time + pause_s
        if tracked.was_checked or tracked.is_missing:
            tracked.missed_frames += 1

    def _was_examined(self, tracked: TrackedObject, examined: Sequence[Box]) -> bool:
        """Return whether a region shows the object; a stationary one as large as where it was found, or nearly."""
        visible = clamp(tracked.box, self._size)
        most = (tracked.region[2] - tracked.region[0]) * _COARSER if tracked.is_stationary else math.inf
        return any(
            region[2] - region[0] <= most and covered_share(visible, region) >= _EXAMINED_SHARE for region in examined
        )

    def _new_object(self, detection: Detection, appearance: Appearance | None, frame_time: float) -> TrackedObject:
        return TrackedObject(
            id=new_id(frame_time),
            label=detection.label,
            score=detection.score,
            box=detection.box,
            seen_box=detection.box,
            region=detection.region,
            start_time=frame_time,
            frame_time=frame_time,
            last_checked=frame_time,
            last_motion=frame_time,
            appearance=appearance,
            is_established=self._min_initialized <= 0,
            place=Place(detection.box),
        )

    def _has_gone(self, tracked: TrackedObject) -> bool:
        if tracked.missed_frames > self._max_disappeared:
            return True
        x, y = (tracked.box[0] + tracked.box[2]) / 2, (tracked.box[1] + tracked.box[3]) / 2
        return not tracked.is_seen and not (0 < x < self._size.width and 0 < y < self._size.height)


def _scaled(box: Box, scale: tuple[float, float]) -> Box:
    (x1, y1, x2, y2), (across, down) = box, scale
    return round(x1 * across), round(y1 * down), round(x2 * across), round(y2 * down)


def _update_appearance(tracked: TrackedObject, appearance: Appearance) -> None:
    tracked.appearance = (
        appearance if tracked.appearance is None else blend(tracked.appearance, appearance, _APPEARANCE_GAIN)
    )


def _mark_seen(tracked: TrackedObject, detection: Detection, frame_time: float) -> None:
    elapsed_s = frame_time - tracked.frame_time
    if elapsed_s > 0:
        tracked.velocity = _new_velocity(tracked, detection.box, elapsed_s)
    tracked.box = tracked.seen_box = detection.box
    tracked.score, tracked.region = detection.score, detection.region
    tracked.frame_time = tracked.last_checked = frame_time
    tracked.is_weak = detection.is_weak
    tracked.sightings += 1
    tracked.missed_frames = 0
    tracked.is_seen = tracked.was_checked = True


def _new_velocity(tracked: TrackedObject, box: Box, elapsed_s: float) -> tuple[float, float]:
    gain = 1.0 if tracked.sightings == 1 else _VELOCITY_GAIN
    error_x = (box[0] + box[2] - tracked.box[0] - tracked.box[2]) / 2
    error_y = (box[1] + box[3] - tracked.box[1] - tracked.box[3]) / 2
    return tracked.velocity[0] + gain * error_x / elapsed_s, tracked.velocity[1] + gain * error_y / elapsed_s


def _expected_box(tracked: TrackedObject, frame_time: float) -> Box:
    if tracked.is_stationary:
        return tracked.seen_box
    elapsed_s = min(frame_time - tracked.frame_time, _VELOCITY_LASTS_S)
    travelled_s = elapsed_s - elapsed_s**2 / (2 * _VELOCITY_LASTS_S)  # slowing down evenly
    x, y = round(tracked.velocity[0] * travelled_s), round(tracked.velocity[1] * travelled_s)
    x1, y1, x2, y2 = tracked.seen_box
    return x1 + x, y1 + y, x2 + x, y2 + y


def _cost(tracked: TrackedObject, found: Detection, appearance: Appearance | None, frame_time: float) -> float | None:
    """Return the cost of assigning a detection to an object: by expected position, height and appearance.

    None if it cannot be this object. The longer an object was not seen, the farther away it may be.
    """
    if tracked.label != found.label or (found.is_weak and iou(tracked.box, found.box) < _WEAK_IOU):
        return None
    first, second = area(tracked.seen_box), area(found.box)
    if first > second * _MAX_SIZE_RATIO or second > first * _MAX_SIZE_RATIO:
        return None
    x = (tracked.box[0] + tracked.box[2] - found.box[0] - found.box[2]) / 2
    y = (tracked.box[1] + tracked.box[3] - found.box[1] - found.box[3]) / 2
    distance = math.hypot(x, y) / math.sqrt((first + second) / 2)
    unseen_s = frame_time - tracked.frame_time
    if tracked.is_stationary and not tracked.is_missing:
        unseen_s = min(unseen_s, _STATIONARY_UNSEEN_S)
    expected = _MISS + _MISS_GROWTH * unseen_s
    height = math.log((tracked.seen_box[3] - tracked.seen_box[1]) / (found.box[3] - found.box[1]))
    return (
        (distance / expected) ** 2 / 2
        + min((height / _HEIGHT_SPREAD) ** 2 / 2, _MAX_HEIGHT_COST)
        + (_dissimilarity(tracked.appearance, appearance) - _NEUTRAL_DISSIMILARITY) * _DISSIMILARITY_COST
    )


def _dissimilarity(first: Appearance | None, second: Appearance | None) -> float:
    return _USUAL_DISSIMILARITY if first is None or second is None else dissimilarity(first, second)
