"""Boxes, areas and overlap."""

import random
from collections.abc import Iterator

import pytest

from custom_components.frigate_native.engine.geometry import (
    Box,
    Size,
    area,
    bottom_centre,
    clamp,
    contains,
    covered_share,
    intersection_area,
    iou,
    square_region,
    touches,
    union,
)

FRAME = Size(1280, 720)
PAIRS = 200


def boxes(seed: int, most: int = 40) -> Iterator[Box]:
    """Yield boxes with positive areas; sides are short, so that many overlap or touch."""
    numbers = random.Random(seed)
    while True:
        x, y = numbers.randrange(most), numbers.randrange(most)
        yield x, y, x + numbers.randint(1, most), y + numbers.randint(1, most)


def pairs() -> list[tuple[Box, Box]]:
    """Return pairs of boxes, the same ones on each call."""
    return [pair for pair, _ in zip(zip(boxes(1), boxes(2), strict=False), range(PAIRS), strict=False)]


def pixels(box: Box) -> set[tuple[int, int]]:
    """Return a box's pixels, the slow and obvious definition that everything else is compared with."""
    return {(x, y) for x in range(box[0], box[2]) for y in range(box[1], box[3])}


def test_areas_and_overlaps_are_those_of_the_pixels() -> None:
    for first, second in pairs():
        shared, both = pixels(first) & pixels(second), pixels(first) | pixels(second)
        assert area(first) == len(pixels(first))
        assert intersection_area(first, second) == len(shared)
        assert iou(first, second) == pytest.approx(len(shared) / len(both))
        assert covered_share(first, second) == pytest.approx(len(shared) / len(pixels(first)))


def test_overlap_is_symmetric_and_complete_with_itself() -> None:
    for first, second in pairs():
        assert intersection_area(first, second) == intersection_area(second, first)
        assert iou(first, second) == iou(second, first)
        assert touches(first, second) == touches(second, first)
        assert iou(first, first) == covered_share(first, first) == 1


def test_boxes_that_share_pixels_touch() -> None:
    assert all(touches(first, second) for first, second in pairs() if intersection_area(first, second))


def test_contained_boxes_are_those_whose_pixels_are() -> None:
    for first, second in pairs():
        assert contains(first, second) == (pixels(second) <= pixels(first))


def test_union_is_the_smallest_box_that_contains_both() -> None:
    for first, second in pairs():
        joint = union(first, second)
        assert contains(joint, first)
        assert contains(joint, second)
        for side, step in enumerate((1, 1, -1, -1)):
            smaller = [*joint]
            smaller[side] += step
            x1, y1, x2, y2 = smaller
            assert not (contains((x1, y1, x2, y2), first) and contains((x1, y1, x2, y2), second))


@pytest.mark.parametrize(
    "box", [(5, 5, 5, 9), (5, 5, 9, 5), (9, 5, 5, 9), (9, 9, 5, 5)], ids=["flat", "thin", "mirrored", "turned"]
)
def test_empty_box_has_no_area_and_no_share(box: Box) -> None:
    assert area(box) == 0
    assert covered_share(box, (0, 0, 20, 20)) == 0


@pytest.mark.parametrize(
    ("other", "expected"),
    [((10, 0, 20, 10), True), ((10, 10, 20, 20), True), ((11, 0, 20, 10), False), ((0, 11, 10, 20), False)],
    ids=["edge", "corner", "right of it", "below it"],
)
def test_shared_edge_or_corner_touches_without_overlap(other: Box, expected: bool) -> None:
    assert touches((0, 0, 10, 10), other) is expected
    assert iou((0, 0, 10, 10), other) == 0


def test_bottom_centre_is_in_the_middle_of_the_lower_edge() -> None:
    assert bottom_centre((10, 20, 30, 60)) == (20, 60)
    assert bottom_centre((10, 20, 31, 60)) == (20, 60)


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ((10, 20, 30, 40), (10, 20, 30, 40)),
        ((-10, -20, 30, 40), (0, 0, 30, 40)),
        ((1200, 700, 1300, 800), (1200, 700, 1280, 720)),
        ((2000, 1000, 2100, 1100), (1280, 720, 1280, 720)),
        ((-100, -100, -50, -50), (0, 0, 0, 0)),
    ],
    ids=["inside", "top left", "bottom right", "beyond", "before"],
)
def test_clamped_box_lies_in_the_frame(box: Box, expected: Box) -> None:
    assert clamp(box, FRAME) == expected


@pytest.mark.parametrize("seed", range(20))
def test_square_region_contains_the_box_and_lies_in_the_frame(seed: int) -> None:
    for box, _ in zip(boxes(seed, most=300), range(20), strict=False):
        region = square_region(box, FRAME, 1.2, 300)
        side = region[2] - region[0]
        assert side == region[3] - region[1] >= 300
        assert contains((0, 0, *FRAME), region)
        assert contains(region, box)


@pytest.mark.parametrize(
    ("box", "size", "expected"),
    [
        ((600, 300, 700, 400), FRAME, (500, 200, 800, 500)),
        ((0, 0, 100, 100), FRAME, (0, 0, 300, 300)),
        ((1180, 620, 1280, 720), FRAME, (980, 420, 1280, 720)),
        ((400, 100, 802, 400), FRAME, (361, 10, 841, 490)),
        ((50, 50, 60, 60), Size(200, 100), (0, 0, 300, 300)),
    ],
    ids=["centred", "first corner", "last corner", "larger than the least", "larger than the frame"],
)
def test_square_region_is_centred_where_the_frame_allows_it(box: Box, size: Size, expected: Box) -> None:
    assert square_region(box, size, 1.2, 300) == expected
