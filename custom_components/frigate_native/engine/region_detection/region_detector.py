"""Run the detector on regions of a frame, and a second time on objects that a region cut off."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from ..detection import RawDetection
from ..frame import Frame, Rgb
from ..geometry import Box, Size, clamp, contains, square_region
from ..objects import Detection
from ..regions import plan_regions
from .suppression import is_clipped, is_part_of, suppress

_WEAK_SCORE = 0.3  # the lowest score that detectors return; below min_score it only continues known objects
_SECOND_REGION_SCALE = 2.0  # side of the second region, as a multiple of the clipped box


class Detector(Protocol):
    """Detects objects in pictures."""

    input_size: Size

    def detect(self, fills: Sequence[Callable[[Rgb], None]]) -> list[list[RawDetection] | None]:
        """Return each picture's detections, best first; None: no answer."""
        ...


class RegionDetections(NamedTuple):
    """A frame's detections, the regions that were examined, and the number of requested regions."""

    detections: list[Detection]
    examined: list[Box]
    requested: int


class RegionDetector:
    """Finds objects in regions of a frame. For one thread."""

    def __init__(self, detector: Detector, size: Size, min_scores: dict[str, float]) -> None:
        """Prepare for frames of this size; min_scores has all tracked labels."""
        self._detector = detector
        self._size = size
        self._min_scores = min_scores

    def detect(self, frame: Frame, regions: Sequence[Box], known: Sequence[tuple[str, Box]]) -> RegionDetections:
        """Return the detections in these regions of a frame.

        An object that a region cut off is detected again in a region of its own, unless it is part of a known object
        (label, expected box) or of another detection.
        """
        if not regions:
            return RegionDetections([], [], 0)
        detections, examined = self._examine(frame, regions)
        clipped = [found for found in detections if is_clipped(found, self._size) and not found.is_weak]
        again = self._second_regions([found.box for found in clipped if not is_part_of(found, known)], examined)
        if again:
            more, examined_again = self._examine(frame, again)
            detections = suppress([*detections, *more], self._size)
            examined += examined_again
        kept = [found for found in detections if not (is_clipped(found, self._size) and is_part_of(found, known))]
        return RegionDetections(kept, examined, len(regions) + len(again))

    def _second_regions(self, boxes: list[Box], examined: Sequence[Box]) -> list[Box]:
        if not boxes:
            return []
        min_side = max(self._detector.input_size)
        second = [square_region(box, self._size, _SECOND_REGION_SCALE, min_side) for box in boxes]
        inner = [box for box, region in zip(boxes, second, strict=True) if region not in examined]
        return [
            region
            for region in plan_regions(inner, self._size, min_side)
            if not any(contains(other, region) for other in examined)
        ]

    def _examine(self, frame: Frame, regions: Sequence[Box]) -> tuple[list[Detection], list[Box]]:
        answers = self._detector.detect([partial(frame.crop_rgb, region) for region in regions])
        detections: list[Detection] = []
        examined: list[Box] = []
        for region, answer in zip(regions, answers, strict=True):
            if answer is not None:
                examined.append(region)
                detections += self._in_frame(answer, region)
        return suppress(detections, self._size), examined

    def _in_frame(self, answer: Sequence[RawDetection], region: Box) -> list[Detection]:
        found = []
        for raw in answer:
            least = self._min_scores.get(raw.label)
            if least is not None and raw.score >= min(least, _WEAK_SCORE):
                box = clamp(_to_pixels(raw, region), self._size)
                if box[0] < box[2] and box[1] < box[3]:
                    is_weak = raw.score < least
                    found.append(Detection(label=raw.label, score=raw.score, box=box, region=region, is_weak=is_weak))
        return found


def _to_pixels(raw: RawDetection, region: Box) -> Box:
    width, height = region[2] - region[0], region[3] - region[1]
    x1, y1, x2, y2 = raw.box
    return (
        region[0] + int(x1 * width),
        region[1] + int(y1 * height),
        region[0] + int(x2 * width),
        region[1] + int(y2 * height),
    )
