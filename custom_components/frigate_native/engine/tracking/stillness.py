"""Tell which tracked objects stand still, and hold those that detection misses."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..frame import Luma
from ..geometry import Box, iou
from ..objects import Place, TrackedObject

type Look = NDArray[np.float32]
"""(points,), brightness at a place; its mean is 0 and its length 1, or 0 if the place is plain."""

_LEFT_AT_ONCE_IOU: Final = 0.2  # with its place: below this overlap, one box is enough
_LEFT_IOU: Final = 0.75  # of the mean of its latest boxes
_STATIONARY_LEFT_IOU: Final = 0.6  # of a stationary object's box, in so many looks:
_LOOKS_UNTIL_LEFT: Final = 2
_FIRST_BOXES: Final = 10  # their mean is an object's place: single boxes wobble
_LATEST_BOXES: Final = 4
_SAME_LOOK: Final = 0.9  # correlation of a place then and now
_LOOK_GAIN: Final = 0.2
_LOOK_SIDE: Final = 32
_SAMPLES: Final = 2  # of each point, per axis
_PLAIN: Final = 2.0  # standard deviation of brightness: a plainer place cannot be recognized
_MOST_DOUBTS: Final = 10  # looks that may miss an object whose place looks as before
_RIGID: Final = frozenset(
    {
        "bicycle", "boat", "bus", "car", "motorcycle", "tractor", "train", "truck",
        "bbq_grill", "package", "waste_bin",
    }
)  # fmt: skip
"""Labels of objects whose picture stays the same while they stand still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StillnessRules:
    """Frames until an object is stationary, and until a stationary one is dismissed, by label (None: never)."""

    threshold: int = 50
    max_frames: Mapping[str, int] = field(default_factory=dict)
    usual_max_frames: int | None = None
    compares_pictures: bool = True


def look_at(luma: Luma, box: Box) -> Look:
    """Return what the part of a picture in a box looks like; luma is (H, W) uint8, box lies within it."""
    count = _LOOK_SIDE * _SAMPLES
    rows = np.linspace(box[1], box[3] - 1, count).astype(np.intp)[:, None]
    columns = np.linspace(box[0], box[2] - 1, count).astype(np.intp)
    parts = luma[rows, columns].astype(np.float32).reshape(_LOOK_SIDE, _SAMPLES, _LOOK_SIDE, _SAMPLES)
    look: Look = parts.mean(axis=(1, 3)).ravel()
    look -= look.mean()
    length = float(np.linalg.norm(look))
    return look / np.float32(length) if length > _PLAIN * _LOOK_SIDE else np.zeros_like(look)


class Stillness:
    """Judges the movement of a camera's objects by their boxes, and of rigid ones by pictures too.

    An object has moved when the mean of its latest boxes has left the mean of its first boxes at a place, so a
    wobbling box is no movement. A stationary object that others hide neither moves nor goes.
    """

    def __init__(self, rules: StillnessRules) -> None:
        """Start with these rules."""
        self._rules = rules

    def follow(self, tracked: TrackedObject, look: Callable[[Box], Look] | None, *, is_hidden: bool) -> None:
        """Update an object once per frame, after its detection was assigned; is_hidden: others are in front of it."""
        if tracked.is_seen and self._moves(tracked, look, is_hidden=is_hidden):
            if tracked.is_stationary or not tracked.position_changes:
                tracked.position_changes += 1
            tracked.motionless_count, tracked.is_stationary = 0, False
            tracked.place = Place(tracked.seen_box)
        elif not tracked.is_missing:
            tracked.motionless_count += 1
            tracked.is_stationary |= tracked.motionless_count >= self._rules.threshold
        if tracked.is_seen and tracked.is_stationary and not tracked.place.doubts and not is_hidden:
            self._remember(tracked, look)

    def holds(self, tracked: TrackedObject, look: Callable[[Box], Look] | None, *, is_hidden: bool) -> bool:
        """Return whether a stationary object that detection missed is still there."""
        if not tracked.is_stationary or tracked.is_missing:
            return False
        if is_hidden:
            return True
        place = tracked.place
        place.doubts += 1
        place.is_alike = place.doubts <= _MOST_DOUBTS and self._looks_the_same(tracked, look)
        return place.is_alike

    def is_over(self, tracked: TrackedObject) -> bool:
        """Return whether an object has been stationary for longer than it is tracked."""
        most = self._rules.max_frames.get(tracked.label, self._rules.usual_max_frames)
        return most is not None and tracked.motionless_count - self._rules.threshold > most

    def _moves(self, tracked: TrackedObject, look: Callable[[Box], Look] | None, *, is_hidden: bool) -> bool:
        place = tracked.place
        overlap = iou(place.box, tracked.seen_box) if place.boxes else 1.0
        if not tracked.is_stationary:
            _add(place, tracked.seen_box)
            latest = place.latest
            has_left = len(latest) == _LATEST_BOXES and iou(place.box, _mean(latest)) < _LEFT_IOU
            return overlap < _LEFT_AT_ONCE_IOU or has_left
        place.is_alike = False
        if overlap >= _STATIONARY_LEFT_IOU or is_hidden or self._looks_the_same(tracked, look):
            place.doubts = 0
            return False
        place.doubts += 1
        return place.doubts >= _LOOKS_UNTIL_LEFT

    def _looks_the_same(self, tracked: TrackedObject, look: Callable[[Box], Look] | None) -> bool:
        then = tracked.place.look
        return look is not None and then is not None and float(then @ look(tracked.place.box)) >= _SAME_LOOK

    def _remember(self, tracked: TrackedObject, look: Callable[[Box], Look] | None) -> None:
        if look is None or not self._rules.compares_pictures or tracked.label not in _RIGID:
            return
        then, now = tracked.place.look, look(tracked.place.box)
        if then is not None:
            now = then * np.float32(1 - _LOOK_GAIN) + now * np.float32(_LOOK_GAIN)
            now /= np.float32(max(float(np.linalg.norm(now)), 1e-6))
        tracked.place.look = now


def _add(place: Place, box: Box) -> None:
    if place.boxes < _FIRST_BOXES:
        place.box = _weighted(place.box, place.boxes, box)
        place.boxes += 1
    place.latest.append(box)
    if len(place.latest) > _LATEST_BOXES:
        place.latest.popleft()


def _weighted(mean: Box, count: int, box: Box) -> Box:
    x1, y1, x2, y2 = ((old * count + new) / (count + 1) for old, new in zip(mean, box, strict=True))
    return round(x1), round(y1), round(x2), round(y2)


def _mean(boxes: Collection[Box]) -> Box:
    x1, y1, x2, y2 = (sum(values) / len(boxes) for values in zip(*boxes, strict=True))
    return round(x1), round(y1), round(x2), round(y2)
