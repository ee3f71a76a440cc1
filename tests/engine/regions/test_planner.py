"""Regions: few squares that hold everything."""

import numpy as np
import pytest

from custom_components.frigate_native.engine.geometry import Box, Size, contains, square_region
from custom_components.frigate_native.engine.regions import plan_regions

FULL_HD = Size(1920, 1080)
LEAST = 300


@pytest.mark.parametrize(
    ("box", "multiplier", "region"),
    [
        ((0, 0, 10, 10), 1.2, (0, 0, 300, 300)),
        ((500, 500, 1000, 700), 1.2, (450, 300, 1050, 900)),
        ((500, 500, 1000, 700), 1.0, (500, 350, 1000, 850)),
        ((500, 500, 1000, 700), 2.0, (250, 80, 1250, 1080)),
        ((1900, 1000, 1919, 1079), 1.2, (1620, 780, 1920, 1080)),
        ((0, 0, 1900, 1079), 1.2, (0, 0, 2280, 2280)),
    ],
)
def test_square_round_a_box(box: Box, multiplier: float, region: Box) -> None:
    assert square_region(box, FULL_HD, multiplier, LEAST) == region


def test_no_boxes_give_no_regions() -> None:
    assert plan_regions([], FULL_HD, LEAST) == []


def test_what_fits_into_the_least_region_costs_one_inference() -> None:
    boxes = [(500, 500, 540, 580), (560, 510, 600, 590), (640, 520, 680, 600)]
    (region,) = plan_regions(boxes, FULL_HD, LEAST)
    assert region[2] - region[0] == LEAST


def test_far_apart_stays_apart() -> None:
    assert len(plan_regions([(0, 0, 50, 100), (1800, 900, 1850, 1000)], FULL_HD, LEAST)) == 2


def test_small_objects_are_not_joined_into_a_much_larger_region() -> None:
    sides = [region[2] - region[0] for region in plan_regions([(0, 0, 60, 120), (500, 0, 560, 120)], FULL_HD, LEAST)]
    assert sides == [LEAST, LEAST]


def test_no_region_inside_another() -> None:
    assert len(plan_regions([(400, 200, 1200, 1000), (600, 500, 640, 560)], FULL_HD, LEAST)) == 1


@pytest.mark.parametrize("seed", range(20))
def test_every_box_lies_inside_a_region_and_regions_fit_the_frame(seed: int) -> None:
    random = np.random.default_rng(seed)
    corners = random.integers(0, (1700, 900), (12, 2))
    sizes = random.integers(10, 180, (12, 2))
    boxes: list[Box] = [(int(x), int(y), int(x + w), int(y + h)) for (x, y), (w, h) in zip(corners, sizes, strict=True)]
    regions = plan_regions(boxes, FULL_HD, LEAST)
    for box in boxes:
        assert any(contains(region, box) for region in regions)
    for region in regions:
        assert region[2] - region[0] == region[3] - region[1] >= LEAST
        assert region[0] >= 0
        assert region[1] >= 0
        assert region[2] <= FULL_HD.width
    assert len(regions) <= len(boxes)
