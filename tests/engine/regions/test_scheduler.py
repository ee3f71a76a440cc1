"""DetectionScheduler: what is looked at, what rests, and what is found without motion."""

import numpy as np
from numpy.typing import NDArray

from custom_components.frigate_native.engine.geometry import Box, Size, contains
from custom_components.frigate_native.engine.objects import TrackedObject
from custom_components.frigate_native.engine.regions import DetectionScheduler
from tests.engine.builders import START, tracked_object

SIZE = Size(1280, 720)
LEAST = 300
HERE = (400, 200, 460, 340)
AROUND_HERE = (390, 190, 470, 350)
NEARLY_EVERYWHERE = (100, 0, 1200, 700)


def attention() -> DetectionScheduler:
    return DetectionScheduler(SIZE, LEAST)


def looks_at_still_object(seconds: float) -> int:
    """Count the looks at an object that stands still for so long, at five frames a second."""
    mind, tracked, looks = attention(), tracked_object(HERE), 0
    tracked.sightings = 10
    for number in range(round(seconds * 5)):
        now = START + number / 5
        if mind.due(now, [], [tracked]):
            looks += 1
            tracked.last_checked = tracked.frame_time = now
    return looks


def test_motion_without_an_object_is_checked_once_and_then_pauses() -> None:
    mind = attention()
    looks = 0
    for number in range(50):
        now = START + number / 5
        due = mind.due(now, [HERE], [])
        looks += len(due)
        mind.record(now, due, [])
    assert 8 <= looks <= 14


def test_new_motion_elsewhere_is_checked_at_once() -> None:
    mind = attention()
    mind.record(START, [HERE], [])
    there = (900, 200, 960, 340)
    assert mind.due(START + 0.1, [HERE, there], []) == [there]


def test_motion_that_proved_fruitful_never_rests() -> None:
    mind = attention()
    mind.record(START, [HERE], [])
    mind.record(START + 0.2, [HERE], [HERE])
    assert mind.due(START + 0.3, [HERE], []) == [HERE]


def test_motion_of_a_known_object_is_the_objects() -> None:
    tracked = tracked_object(HERE)
    assert attention().due(START + 0.2, [AROUND_HERE], [tracked]) == [HERE]


def test_motion_far_larger_than_its_object_is_checked_too() -> None:
    wide = (200, 150, 900, 400)
    assert attention().due(START + 0.2, [wide], [tracked_object(HERE)]) == [HERE, wide]


def test_unconfirmed_object_is_checked_in_every_frame() -> None:
    tracked = tracked_object(HERE)
    tracked.sightings = 2
    assert attention().due(START + 0.01, [], [tracked]) == [HERE]


def test_still_object_is_checked_less_and_less_often_but_never_forgotten() -> None:
    assert 5 <= looks_at_still_object(5) <= 8
    assert looks_at_still_object(60) - looks_at_still_object(30) in range(5, 8)


def looks_at_parked_car(seconds: float, motion: list[Box], *others: TrackedObject, interval: int = 50) -> int:
    """Count the looks at a stationary car that stays, at five frames a second."""
    mind, parked, looks = DetectionScheduler(SIZE, LEAST, interval), tracked_object(HERE, label="car"), 0
    parked.sightings, parked.is_stationary, parked.last_checked = 10, True, START - 10
    for number in range(round(seconds * 5)):
        now = START + number / 5
        parked.unchecked_frames += 1
        if HERE in mind.due(now, motion, [parked, *others]):
            looks += 1
            parked.last_checked, parked.unchecked_frames = now, 0
    return looks


def test_stationary_object_is_checked_at_its_interval() -> None:
    assert looks_at_parked_car(60, []) == 6
    assert looks_at_parked_car(60, [], interval=100) == 3
    assert looks_at_parked_car(60, [], interval=0) == 0


def test_motion_at_a_stationary_object_is_checked_at_once_and_then_less_and_less_often() -> None:
    assert looks_at_parked_car(0.2, [AROUND_HERE]) == 1
    assert looks_at_parked_car(60, [AROUND_HERE]) <= 12


def test_motion_of_a_passer_by_is_no_reason_to_check_a_stationary_object() -> None:
    assert looks_at_parked_car(9, [(440, 190, 500, 350)], tracked_object((440, 200, 500, 340))) == 0


def test_missing_object_is_searched_when_its_time_has_come() -> None:
    tracked = tracked_object(HERE)
    tracked.sightings, tracked.missed_frames, tracked.next_search = 10, 1, START + 0.4
    mind = attention()
    assert mind.due(START + 0.2, [AROUND_HERE], [tracked]) == []
    assert mind.due(START + 0.4, [AROUND_HERE], [tracked]) == [HERE]


def test_first_blind_frame_is_swept_completely_and_later_ones_by_one_tile() -> None:
    mind = attention()
    tiles = mind.sweep(START, [], is_blind=True)
    assert len(tiles) < 15
    for x in range(20, SIZE.width, 60):
        for y in range(20, SIZE.height, 60):
            assert any(contains(tile, (x - 5, y - 5, x + 5, y + 5)) for tile in tiles)
    further = [mind.sweep(START + number / 5, [], is_blind=True) for number in range(1, len(tiles) + 1)]
    assert all(len(frame) == 1 for frame in further)
    assert {frame[0] for frame in further} == set(tiles)


def looks_at_tiles(picture: NDArray[np.float32] | None, *known: TrackedObject) -> list[int]:
    """Return the seconds, of a minute, at which a tile is due after a plain frame was examined completely."""
    mind, plain = attention(), np.full((120, 213), 90, np.float32)
    whole = mind.sweep(START, [], is_blind=True, picture=plain)
    mind.record(START, [], [], whole)
    seconds = []
    for second in range(1, 61):
        due = mind.sweep(START + second, [], known, picture=picture)
        mind.record(START + second, [], [], due)
        seconds += [second] * len(due)
    return seconds


def with_change(box: Box, levels: float) -> NDArray[np.float32]:
    picture = np.full((120, 213), 90, np.float32)
    x1, y1, x2, y2 = (value // 6 for value in box)
    picture[y1:y2, x1:x2] += levels
    return picture


def test_tiles_are_rarely_due_where_nothing_has_changed() -> None:
    assert looks_at_tiles(with_change(HERE, 0)) == [30, 60]


def test_noise_and_light_are_no_change() -> None:
    noise = np.random.default_rng(1).normal(0, 3, (120, 213)).astype(np.float32)
    assert looks_at_tiles(with_change(HERE, 0) + noise + 20) == [30, 60]


def test_tiles_with_a_change_are_due_until_they_were_examined_at_every_scale() -> None:
    seconds = looks_at_tiles(with_change(HERE, 20))
    assert seconds[0] == 2
    assert len([second for second in seconds if second < 20]) <= 6
    assert len([second for second in seconds if second >= 20]) <= 2


def test_change_at_a_known_object_is_that_object() -> None:
    assert looks_at_tiles(with_change(HERE, 20), tracked_object(HERE)) == [30, 60]


def test_without_a_picture_tiles_are_due_in_turn() -> None:
    assert looks_at_tiles(None) == list(range(2, 61, 2))


def test_parked_car_that_was_just_seen_with_others_is_not_checked_for_motion() -> None:
    mind, parked = DetectionScheduler(SIZE, LEAST, 50), tracked_object(HERE, label="car")
    parked.sightings, parked.is_stationary = 10, True
    for number in range(20):
        now = START + number / 5
        parked.last_checked, parked.unchecked_frames = now - 0.1, 1
        assert HERE not in mind.due(now, [AROUND_HERE], [parked])
    assert HERE in mind.due(START + 4.2, [AROUND_HERE], [parked])


def test_new_scene_is_swept_completely_but_flicker_is_not() -> None:
    mind = attention()
    whole = mind.sweep(START, [], is_blind=True)
    mind.sweep(START + 2.0, [])
    assert mind.sweep(START + 2.2, [], is_blind=True) == whole
    mind.sweep(START + 2.4, [])
    assert len(mind.sweep(START + 2.6, [], is_blind=True)) == 1


def test_blind_frame_counts_every_object_as_moving() -> None:
    tracked = tracked_object(HERE)
    tracked.sightings = 10
    mind = attention()
    assert mind.due(START + 0.2, [], [tracked]) == []
    assert mind.due(START + 0.2, [], [tracked], is_blind=True) == [HERE]


def tiles_while_motion_is_everywhere(mind: DetectionScheduler, begin_s: float, end_s: float) -> int:
    """Count the tiles looked at between two moments, at five frames a second."""
    frames = range(round(begin_s * 5), round(end_s * 5))
    return sum(len(mind.sweep(START + number / 5, [NEARLY_EVERYWHERE])) for number in frames)


def test_each_frame_is_swept_by_a_tile_while_the_camera_turns() -> None:
    mind = attention()
    mind.sweep(START, [], is_blind=True)
    assert tiles_while_motion_is_everywhere(mind, 0.2, 5.2) == 25


def test_motion_everywhere_for_long_is_weather() -> None:
    mind = attention()
    tiles_while_motion_is_everywhere(mind, 0, 12)
    assert tiles_while_motion_is_everywhere(mind, 12, 32) == 10
    mind.sweep(START + 52.2, [])
    assert tiles_while_motion_is_everywhere(mind, 53, 58) == 25


def test_objects_are_checked_more_often_while_the_camera_turns() -> None:
    tracked = tracked_object(HERE)
    tracked.sightings = 10
    mind = attention()
    assert HERE not in mind.due(START + 0.1, [AROUND_HERE], [tracked])
    assert HERE in mind.due(START + 0.1, [NEARLY_EVERYWHERE], [tracked])


def test_tiles_of_a_small_frame_are_blown_up_too() -> None:
    sides = {tile[2] - tile[0] for tile in DetectionScheduler(Size(640, 272), LEAST).sweep(START, [], is_blind=True)}
    assert sides == {272, 180}


def test_stationary_object_that_was_missed_is_checked_again_unless_its_place_looks_the_same() -> None:
    mind, parked = DetectionScheduler(SIZE, LEAST, 50), tracked_object(HERE, label="car")
    parked.sightings, parked.is_stationary, parked.place.doubts = 10, True, 1
    assert mind.due(START + 0.2, [], [parked]) == [HERE]
    parked.place.is_alike = True
    assert mind.due(START + 0.2, [], [parked]) == []
