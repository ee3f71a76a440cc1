"""Attention: what is looked at, what rests, and what is found without motion."""

from custom_components.frigate_native.engine.geometry import Size, contains
from custom_components.frigate_native.engine.regions import Attention
from tests.engine.builders import START, tracked

SIZE = Size(1280, 720)
LEAST = 300
HERE = (400, 200, 460, 340)
AROUND_HERE = (390, 190, 470, 350)


def attention() -> Attention:
    return Attention(SIZE, LEAST)


def looks_at_still_object(seconds: float) -> int:
    """Count the looks at an object that stands still for so long, at five frames a second."""
    mind, thing, looks = attention(), tracked(HERE), 0
    thing.sightings = 10
    for number in range(round(seconds * 5)):
        now = START + number / 5
        if mind.due(now, [], [thing]):
            looks += 1
            thing.last_look = thing.frame_time = now
    return looks


def test_motion_is_looked_at_once_and_rests_when_nothing_is_there() -> None:
    mind = attention()
    looks = 0
    for number in range(50):
        now = START + number / 5
        due = mind.due(now, [HERE], [])
        looks += len(due)
        mind.looked(now, due, [])
    assert 8 <= looks <= 14


def test_new_motion_elsewhere_is_looked_at_at_once() -> None:
    mind = attention()
    mind.looked(START, [HERE], [])
    there = (900, 200, 960, 340)
    assert mind.due(START + 0.1, [HERE, there], []) == [there]


def test_motion_that_proved_fruitful_never_rests() -> None:
    mind = attention()
    mind.looked(START, [HERE], [])
    mind.looked(START + 0.2, [HERE], [HERE])
    assert mind.due(START + 0.3, [HERE], []) == [HERE]


def test_motion_of_a_known_object_is_the_objects() -> None:
    thing = tracked(HERE)
    assert attention().due(START + 0.2, [AROUND_HERE], [thing]) == [HERE]


def test_motion_far_larger_than_its_object_is_looked_at_too() -> None:
    wide = (200, 150, 900, 400)
    assert attention().due(START + 0.2, [wide], [tracked(HERE)]) == [HERE, wide]


def test_unproved_object_is_looked_at_in_every_frame() -> None:
    thing = tracked(HERE)
    thing.sightings = 2
    assert attention().due(START + 0.01, [], [thing]) == [HERE]


def test_still_object_is_looked_at_less_and_less_but_never_forgotten() -> None:
    assert 5 <= looks_at_still_object(5) <= 8
    assert looks_at_still_object(60) - looks_at_still_object(30) in range(5, 8)


def test_missing_object_is_searched_when_its_time_has_come() -> None:
    thing = tracked(HERE)
    thing.sightings, thing.missed_frames, thing.next_search = 10, 1, START + 0.4
    mind = attention()
    assert mind.due(START + 0.2, [AROUND_HERE], [thing]) == []
    assert mind.due(START + 0.4, [AROUND_HERE], [thing]) == [HERE]


def test_first_sweep_covers_the_whole_frame_then_tiles_come_slowly() -> None:
    mind = attention()
    tiles = []
    now = START
    while (tile := mind.sweep(now, [])) is not None:
        tiles.append(tile)
        now += 0.2
    assert len(tiles) < 15
    for x in range(20, SIZE.width, 60):
        for y in range(20, SIZE.height, 60):
            assert any(contains(tile, (x - 5, y - 5, x + 5, y + 5)) for tile in tiles)
    assert [mind.sweep(now + number, []) is not None for number in range(12)].count(True) == 2


def test_sweep_is_quicker_while_something_moves() -> None:
    mind = attention()
    now = START
    while mind.sweep(now, []) is not None:
        now += 0.2
    assert [mind.sweep(now + number, [AROUND_HERE]) is not None for number in range(12)].count(True) == 5


def test_another_scene_is_swept_at_once() -> None:
    mind = attention()
    now = START
    while mind.sweep(now, []) is not None:
        now += 0.2
    everywhere = [(0, 0, SIZE.width, SIZE.height * 2 // 3)]
    assert mind.sweep(now, everywhere) is not None
    assert mind.sweep(now + 0.2, []) is not None
