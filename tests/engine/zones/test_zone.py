"""Zones: who stands in them."""

import pytest

from custom_components.frigate_native.engine.config.model import ZoneConfig, ZoneFilter
from custom_components.frigate_native.engine.config.polygons import Polygon
from custom_components.frigate_native.engine.geometry import Box
from custom_components.frigate_native.engine.zones import Zone

SQUARE = ((100, 100), (200, 100), (200, 200), (100, 200))
ARROW = ((0, 0), (100, 50), (0, 100), (50, 50))  # concave


def standing_at(x: int, y: int, width: int = 20, height: int = 40) -> Box:
    return x - width // 2, y - height, x + width // 2, y


@pytest.mark.parametrize(
    ("x", "y", "is_inside"),
    [
        pytest.param(150, 150, True, id="middle"),
        pytest.param(100, 150, True, id="left_edge"),
        pytest.param(200, 200, True, id="corner"),
        pytest.param(150, 100, True, id="upper_edge"),
        pytest.param(99, 150, False, id="just_left"),
        pytest.param(150, 201, False, id="just_below"),
        pytest.param(250, 100, False, id="level_with_an_edge"),
    ],
)
def test_feet_decide(x: int, y: int, is_inside: bool) -> None:
    zone = Zone(ZoneConfig(name="yard", coordinates=Polygon(SQUARE)))
    assert zone.holds("person", standing_at(x, y), 0.9, was_inside=False) is is_inside


@pytest.mark.parametrize(("x", "y", "is_inside"), [(70, 50, True), (20, 50, False), (30, 20, True), (10, 90, True)])
def test_concave_polygon(x: int, y: int, is_inside: bool) -> None:
    zone = Zone(ZoneConfig(name="arrow", coordinates=Polygon(ARROW)))
    assert zone.holds("person", standing_at(x, y), 0.9, was_inside=False) is is_inside


def test_zone_for_some_labels_ignores_others() -> None:
    zone = Zone(ZoneConfig(name="yard", coordinates=Polygon(SQUARE), objects=("person",)))
    assert zone.holds("person", standing_at(150, 150), 0.9, was_inside=False)
    assert not zone.holds("car", standing_at(150, 150), 0.9, was_inside=False)


def test_shape_decides_who_enters() -> None:
    upright = ZoneFilter(min_ratio=0.4, max_ratio=0.6)
    zone = Zone(ZoneConfig(name="yard", coordinates=Polygon(SQUARE), filters={"person": upright}))
    widths = [width for width in (10, 16, 20, 24, 30) if zone.holds("person", standing_at(150, 150, width), 0.9, False)]
    assert widths == [16, 20, 24]


def test_filter_applies_only_on_entering() -> None:
    wanted = ZoneFilter(min_area=1000, max_area=5000, threshold=0.8)
    zone = Zone(ZoneConfig(name="yard", coordinates=Polygon(SQUARE), filters={"person": wanted}))
    large, small = standing_at(150, 150, 30, 60), standing_at(150, 150, 10, 20)
    assert zone.holds("person", large, 0.8, was_inside=False)
    assert not zone.holds("person", large, 0.79, was_inside=False)
    assert not zone.holds("person", small, 0.9, was_inside=False)
    assert zone.holds("person", small, 0.1, was_inside=True)
    assert zone.holds("dog", small, 0.1, was_inside=False)
    assert not zone.holds("person", standing_at(300, 150), 0.9, was_inside=True)
