"""Looking: one detection a thing, wherever the regions' edges run."""

from collections.abc import Callable, Sequence

import numpy as np

from custom_components.frigate_native.engine.detection import RawDetection
from custom_components.frigate_native.engine.frame import Rgb
from custom_components.frigate_native.engine.geometry import Box, Size, intersection_area
from custom_components.frigate_native.engine.objects import Detection
from custom_components.frigate_native.engine.region_detection import RegionDetector
from custom_components.frigate_native.engine.region_detection.suppression import is_clipped, suppress
from tests.engine.builders import SIZE, frame_at

REGION = (300, 200, 600, 500)


class PerfectDetector:
    """Knows where everything is, and reports of it what a region shows. None where it is told to fail."""

    input_size = Size(300, 300)

    def __init__(self, *things: tuple[str, float, Box], fails: bool = False) -> None:
        self.things = things
        self.fails = fails
        self.regions: list[Box] = []

    def detect(self, fills: Sequence[Callable[[Rgb], None]]) -> list[list[RawDetection] | None]:
        answers: list[list[RawDetection] | None] = []
        for fill in fills:
            fill(np.zeros((300, 300, 3), np.uint8))
            region = fill.args[0]  # type: ignore[attr-defined]
            self.regions.append(region)
            answers.append(None if self.fails else self._in(region))
        return answers

    def _in(self, region: Box) -> list[RawDetection]:
        side = region[2] - region[0]
        found = []
        for label, score, box in self.things:
            if intersection_area(box, region):
                x1, y1 = max(box[0], region[0]) - region[0], max(box[1], region[1]) - region[1]
                x2, y2 = min(box[2], region[2]) - region[0], min(box[3], region[3]) - region[1]
                relative = (x1 / side, y1 / side, x2 / side, y2 / side)
                found.append(RawDetection(label=label, score=score, box=relative))
        return found


def detect(detector: PerfectDetector, *regions: Box, known: Sequence[tuple[str, Box]] = ()) -> list[Detection]:
    return RegionDetector(detector, SIZE, {"person": 0.5, "car": 0.3}).detect(frame_at(0), regions, known).detections


def near(first: Box, second: Box) -> bool:
    return all(abs(one - other) <= 2 for one, other in zip(first, second, strict=True))


def test_box_is_in_pixels_of_the_frame() -> None:
    (found,) = detect(PerfectDetector(("person", 0.8, (400, 300, 450, 420))), REGION)
    assert near(found.box, (400, 300, 450, 420))
    assert found.region == REGION


def test_least_score_is_the_labels_own_and_unwanted_labels_are_dropped() -> None:
    detector = PerfectDetector(
        ("person", 0.49, (400, 300, 450, 420)), ("car", 0.31, (320, 300, 380, 420)), ("dog", 0.9, (500, 300, 550, 420))
    )
    assert [(found.label, found.is_weak) for found in detect(detector, REGION)] == [("person", True), ("car", False)]


def test_weak_detection_gets_no_second_region() -> None:
    detector = PerfectDetector(("person", 0.4, (560, 300, 660, 420)))
    detect(detector, REGION)
    assert detector.regions == [REGION]


def test_object_in_two_regions_is_one_detection() -> None:
    detector = PerfectDetector(("person", 0.8, (400, 300, 450, 420)))
    assert len(detect(detector, REGION, (350, 220, 650, 520))) == 1


def test_object_cut_off_by_a_region_gets_a_second_region() -> None:
    tracked = (560, 250, 680, 450)
    detector = PerfectDetector(("person", 0.8, tracked))
    (found,) = detect(detector, REGION)
    assert near(found.box, tracked)
    assert len(detector.regions) == 2


def test_part_of_a_known_object_gets_no_second_region_and_is_not_reported() -> None:
    tracked = (560, 250, 680, 450)
    detector = PerfectDetector(("person", 0.8, tracked))
    assert detect(detector, REGION, known=[("person", tracked)]) == []
    assert len(detector.regions) == 1


def test_region_without_an_answer_counts_as_not_examined() -> None:
    result = RegionDetector(PerfectDetector(fails=True), SIZE, {"person": 0.5}).detect(frame_at(0), [REGION], [])
    assert (result.detections, result.examined, result.requested) == ([], [], 1)


def test_edge_of_the_frame_does_not_cut_objects_off() -> None:
    at_corner = Detection(label="person", score=0.8, box=(0, 600, 100, 720), region=(0, 420, 300, 720))
    assert not is_clipped(at_corner, SIZE)


def test_whole_box_wins_over_a_clipped_one_with_a_higher_score() -> None:
    whole = Detection(label="person", score=0.6, box=(550, 250, 680, 450), region=(500, 200, 800, 500))
    clipped = Detection(label="person", score=0.9, box=(552, 250, 600, 450), region=REGION)
    assert suppress([clipped, whole], SIZE) == [whole]


def test_people_side_by_side_stay_two() -> None:
    first = Detection(label="person", score=0.9, box=(400, 250, 460, 420), region=REGION)
    second = Detection(label="person", score=0.7, box=(430, 250, 490, 420), region=REGION)
    assert suppress([first, second], SIZE) == [first, second]
