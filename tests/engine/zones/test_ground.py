"""Ground: where points of a zone with measured sides are."""

import math

import pytest

from custom_components.frigate_native.engine.geometry import Point
from custom_components.frigate_native.engine.zones.ground import Ground, is_measurable

SQUARE = ((0, 0), (960, 0), (960, 540), (0, 540))
TRAPEZOID = ((400, 200), (800, 200), (1000, 600), (200, 600))


def distance(ground: Ground, first: Point, second: Point) -> float:
    here, there = ground.locate(first), ground.locate(second)
    assert here is not None
    assert there is not None
    return math.dist(here, there)


def test_both_directions_have_scales_of_their_own() -> None:
    ground = Ground(SQUARE, (10, 10, 10, 10))
    assert distance(ground, (100, 100), (110, 100)) == pytest.approx(10 / 96, abs=1e-6)
    assert distance(ground, (100, 100), (100, 110)) == pytest.approx(10 / 54, abs=1e-6)


@pytest.mark.parametrize("sides", [(6, 8, 6, 8), (4, 5, 10, 5), (3, 4, 5, 6)])
@pytest.mark.parametrize("corners", [TRAPEZOID, TRAPEZOID[::-1]], ids=["clockwise", "counterclockwise"])
def test_sides_have_their_lengths(corners: tuple[Point, ...], sides: tuple[float, ...]) -> None:
    ground = Ground(corners, sides)
    ends = zip(corners, corners[1:] + corners[:1], strict=True)
    assert [distance(ground, *side) for side in ends] == pytest.approx(sides)


def test_far_pixels_are_longer_than_near_ones() -> None:
    ground = Ground(TRAPEZOID, (6, 8, 6, 8))
    assert distance(ground, (590, 220), (610, 220)) > 1.5 * distance(ground, (590, 580), (610, 580))


def test_the_sky_is_nowhere() -> None:
    assert Ground(TRAPEZOID, (6, 8, 6, 8)).locate((600, -600)) is None


@pytest.mark.parametrize(
    ("corners", "sides", "is_possible"),
    [
        (SQUARE, (10, 10, 10, 10), True),
        (SQUARE, (1, 1, 1, 5), False),
        (SQUARE[:3], (1, 1, 1, 1), False),
        (SQUARE, (), False),
    ],
)
def test_only_possible_shapes_are_measured(
    corners: tuple[Point, ...], sides: tuple[float, ...], is_possible: bool
) -> None:
    assert is_measurable(corners, sides) is is_possible
