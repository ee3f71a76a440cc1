"""How long objects must be in a zone to enter it."""

from dataclasses import replace

from tests.engine.builders import camera_config, tracked_object
from tests.engine.events.test_keeper import HERE, YARD, Scene, moved

IN_YARD = (700, 200, 760, 340)


def entered_at(steps: str, *, inertia: int = 1, loitering_time: int = 0) -> list[int]:
    """Return the frames, of five a second, after which a person is in the yard.

    A step is a frame: `i` shows it inside, `o` outside, `?` misses it, `.` does not look.
    """
    zone = replace(YARD, inertia=inertia, loitering_time=loitering_time)
    scene, tracked, inside = Scene(camera_config(zones={"yard": zone})), tracked_object(HERE), []
    scene.see(tracked)
    for number, step in enumerate(steps):
        tracked.was_checked = step != "."
        if tracked.was_checked:
            tracked.missed_frames = int(step == "?")
            tracked.is_seen = step != "?"
            moved(tracked, HERE if step == "o" else IN_YARD)
        scene.see(tracked)
        if scene.keeper.current_zones(tracked.id):
            inside.append(number)
    return inside


def test_object_enters_at_once_by_default() -> None:
    assert entered_at("oiio") == [1, 2]


def test_inertia_counts_frames_in_a_row() -> None:
    assert entered_at("oiiioi", inertia=3) == [3]
    assert entered_at("iioiio", inertia=3) == []
    assert entered_at("ii?iii", inertia=3) == [5]


def test_frames_without_a_look_count_while_the_object_is_not_missed() -> None:
    assert entered_at("oi...", inertia=3) == [3, 4]


def test_object_that_is_in_stays_while_it_is_missed() -> None:
    assert entered_at("iii??o", inertia=3) == [2, 3, 4]


def test_loitering_begins_again_when_the_object_returns() -> None:
    assert entered_at("i" * 12, loitering_time=2) == [10, 11]
    assert entered_at("i" * 9 + "o" + "i" * 10, loitering_time=2) == []
    assert entered_at("iii" + "." * 9, inertia=3, loitering_time=1) == [7, 8, 9, 10, 11]


def test_event_says_when_a_loiterer_enters() -> None:
    zone = replace(YARD, loitering_time=1)
    scene, tracked = Scene(camera_config(zones={"yard": zone})), tracked_object(IN_YARD)
    for number in range(10):
        tracked.was_checked = number < 3
        scene.see(tracked)
    assert scene.events[-1].after.entered_zones == ("yard",)
    assert scene.events[-1].before.entered_zones == ()
