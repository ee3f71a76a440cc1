"""Speeds, paths and loitering of events."""

from dataclasses import replace

import pytest

from custom_components.frigate_native.engine.config.model import UnitSystem, ZoneConfig
from custom_components.frigate_native.engine.config.polygons import Polygon
from custom_components.frigate_native.engine.events.path import Path
from custom_components.frigate_native.engine.messages import ObjectState
from tests.engine.builders import SIZE, START, camera_config, tracked_object
from tests.engine.events.test_keeper import HERE, YARD, Scene, moved

ROAD = ZoneConfig(
    name="road", coordinates=Polygon(((0, 0), (960, 0), (960, 540), (0, 540))), distances=(96.0, 54.0, 96.0, 54.0)
)


def after_walk(zone: ZoneConfig, step: tuple[int, int], frames: int = 20) -> tuple[ObjectState, Scene]:
    """Return the state of an object that moves by so many pixels a frame, of five a second, and its scene."""
    scene, tracked = Scene(camera_config(zones={zone.name: zone})), tracked_object((100, 100, 140, 200))
    for number in range(frames):
        x, y = 100 + number * step[0], 100 + number * step[1]
        moved(tracked, (x, y, x + 40, y + 100))
        scene.see(tracked)
    scene.end(tracked)
    return scene.events[-1].after, scene


@pytest.mark.parametrize(
    ("step", "speed", "angle"),
    [((10, 0), 18, 0), ((0, 10), 18, 90), ((3, 4), 9, 53.1)],
    ids=["to_the_right", "down", "diagonally"],
)
def test_speed_and_direction_in_a_measured_zone(step: tuple[int, int], speed: float, angle: float) -> None:
    state, _ = after_walk(ROAD, step)
    assert state.current_estimated_speed == pytest.approx(speed, abs=0.1)
    assert state.average_estimated_speed == pytest.approx(speed, abs=0.1)
    assert state.velocity_angle == pytest.approx(angle, abs=0.1)


def test_sides_in_feet_give_miles_per_hour() -> None:
    state, _ = after_walk(replace(ROAD, unit_system=UnitSystem.IMPERIAL, speed_threshold=3), (10, 0))
    assert state.average_estimated_speed == pytest.approx(5 * 3600 / 5280, abs=0.1)
    assert state.entered_zones == ("road",)


def test_there_is_no_speed_without_measured_sides() -> None:
    state, _ = after_walk(replace(ROAD, distances=()), (10, 0))
    assert (state.current_estimated_speed, state.average_estimated_speed, state.velocity_angle) == (0, 0, 0)
    assert state.current_zones == ("road",)


def test_measured_zone_holds_only_what_is_fast_enough() -> None:
    assert after_walk(replace(ROAD, speed_threshold=10), (10, 0))[0].entered_zones == ("road",)
    assert after_walk(replace(ROAD, speed_threshold=20), (10, 0))[0].entered_zones == ()


def test_measured_zone_does_not_hold_what_stands() -> None:
    scene, tracked = Scene(camera_config(zones={"road": ROAD})), tracked_object(HERE)
    for _ in range(5):
        scene.see(tracked)
    assert scene.keeper.current_zones(tracked.id) == ("road",)
    tracked.is_stationary = True
    scene.see(tracked)
    assert scene.keeper.current_zones(tracked.id) == ()


def test_path_has_the_first_two_points_and_then_every_longer_way() -> None:
    state, _ = after_walk(YARD, (40, 0), frames=10)
    assert state.path_data[0] == ((0.0938, 0.2778), START)
    assert [x for (x, _), _ in state.path_data] == [0.0938, 0.125, 0.1875, 0.25, 0.3125, 0.375]


def test_path_has_an_end() -> None:
    path = Path()
    for number in range(10_000):
        path.follow((0, 0, 100 + number % 2 * 200, 100), SIZE, START + number)
    assert len(path.points) <= 256
    assert path.points[0][1] == START
    assert path.points[-1][1] > START + 9_900


@pytest.mark.parametrize(("label", "pending"), [("person", [True] * 10), ("car", [True] * 5 + [False] * 5)])
def test_person_who_loiters_stays_active_and_a_car_until_it_has_entered(label: str, pending: list[bool]) -> None:
    camera = camera_config(labels=(label,), zones={"yard": replace(YARD, loitering_time=1)})
    scene, tracked = Scene(camera), tracked_object(HERE, label=label)
    scene.see(tracked)
    assert not scene.keeper.is_loitering(tracked.id)
    moved(tracked, (700, 200, 760, 340))
    found = []
    for _ in pending:
        scene.see(tracked)
        found.append(scene.keeper.is_loitering(tracked.id))
    assert found == pending
