"""Stillness: what counts as movement, and what keeps a parked car's identity."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from av.video.frame import VideoFrame

from custom_components.frigate_native.engine.frame import Frame
from custom_components.frigate_native.engine.geometry import Box, Size
from custom_components.frigate_native.engine.objects import Detection, TrackedObject
from custom_components.frigate_native.engine.tracking import Tracker
from custom_components.frigate_native.engine.tracking.stillness import StillnessRules, look_at

SIZE = Size(1280, 720)
EVERYWHERE = (0, 0, 1280, 1280)
PARKED = (400, 300, 520, 380)
THRESHOLD, MAX_DISAPPEARED = 10, 5
NOISE = np.random.default_rng(1)


class Scene:
    """A tracker and a street that it sees, five times a second."""

    def __init__(self, rules: StillnessRules | None = None, min_initialized: int = 0) -> None:
        rules = rules or StillnessRules(threshold=THRESHOLD)
        self.tracker = Tracker(SIZE, MAX_DISAPPEARED, min_initialized, rules)
        self.street = NOISE.integers(0, 255, (SIZE.height * 3 // 2, SIZE.width), np.uint8)
        self.now = 1000.0

    def frame(self, *found: Detection, examined: Iterable[Box] = (EVERYWHERE,)) -> list[TrackedObject]:
        picture = Frame(VideoFrame.from_ndarray(self.street, "yuv420p"), self.now, 0)
        self.tracker.predict(self.now)
        gone = self.tracker.update(self.now, found, list(examined), [], look_at=partial(look_at, picture.luma))
        self.now += 0.2
        return gone

    def park(self, label: str = "car") -> TrackedObject:
        """Show something that stands still until it is stationary."""
        for _ in range(THRESHOLD + 1):
            self.frame(seen(PARKED, label))
        (tracked,) = self.tracker.objects
        assert tracked.is_stationary
        return tracked


def seen(box: Box, label: str = "car", *, by: tuple[int, int] = (0, 0)) -> Detection:
    x, y = by
    moved = (box[0] + x, box[1] + y, box[2] + x, box[3] + y)
    return Detection(label=label, score=0.8, box=moved, region=EVERYWHERE)


def test_object_that_keeps_its_place_is_stationary_after_the_threshold() -> None:
    scene = Scene()
    scene.frame(seen(PARKED))
    (tracked,) = scene.tracker.objects
    for number in range(1, THRESHOLD + 1):
        assert not tracked.is_stationary
        scene.frame(seen(PARKED) if number % 3 else seen(PARKED, by=(3, 0)), examined=[EVERYWHERE])
    assert (tracked.is_stationary, tracked.motionless_count, tracked.position_changes) == (True, THRESHOLD, 0)


def test_frames_without_detection_count_as_still() -> None:
    scene = Scene()
    scene.frame(seen(PARKED))
    for _ in range(THRESHOLD):
        scene.frame(examined=[])
    assert scene.tracker.objects[0].is_stationary


@pytest.mark.parametrize("jitter", [4, 8, -8])
def test_wobbling_box_is_no_movement(jitter: int) -> None:
    scene = Scene()
    person = (400, 200, 500, 500)
    for number in range(60):
        wobble = (jitter, -jitter) if number % 2 else (-jitter, jitter)
        scene.frame(seen(person, "person", by=wobble))
    (tracked,) = scene.tracker.objects
    assert (tracked.is_stationary, tracked.position_changes) == (True, 0)


def test_slow_walker_is_never_stationary() -> None:
    scene = Scene(StillnessRules(threshold=50))
    for number in range(120):
        scene.frame(seen((200, 200, 260, 350), "person", by=(2 * number, 0)))
    (tracked,) = scene.tracker.objects
    assert (tracked.is_stationary, tracked.position_changes) == (False, 1)


def test_car_that_parks_and_leaves_keeps_its_id_and_counts_its_moves() -> None:
    scene = Scene()
    for number in range(10):
        scene.frame(seen(PARKED, by=(30 * (number - 10), 0)))
    (tracked,) = scene.tracker.objects
    began = tracked.id
    for _ in range(2 * THRESHOLD):
        scene.frame(seen(PARKED))
    assert (tracked.is_stationary, tracked.position_changes) == (True, 1)
    scene.street = NOISE.integers(0, 255, scene.street.shape, np.uint8)
    for number in range(10):
        scene.frame(seen(PARKED, by=(30 * number, 0)))
    assert (tracked.id, tracked.is_stationary, tracked.position_changes) == (began, False, 2)
    assert tracked.motionless_count < THRESHOLD


def test_parked_car_outlasts_a_passer_by_who_hides_it() -> None:
    scene = Scene()
    parked = scene.park()
    for number in range(40):
        passer_by = seen((300, 250, 420, 420), "person", by=(8 * number, 0))
        hidden = 90 < 8 * number < 200
        scene.frame(passer_by, *([] if hidden else [seen(PARKED)]))
    for _ in range(3):
        scene.frame(seen(PARKED))
    (tracked,) = [other for other in scene.tracker.objects if other.label == "car"]
    assert tracked is parked
    assert (tracked.is_stationary, tracked.position_changes) == (True, 0)


def test_missed_car_stays_while_its_place_looks_the_same() -> None:
    scene = Scene()
    parked = scene.park()
    for _ in range(2 * MAX_DISAPPEARED):
        scene.frame(examined=[])
        scene.frame() if scene.now < 1003.6 else None
    assert scene.tracker.objects == [parked]
    assert not parked.is_missing


def test_car_that_left_is_gone_after_max_disappeared() -> None:
    scene = Scene()
    scene.park()
    scene.street = NOISE.integers(0, 255, scene.street.shape, np.uint8)
    assert all(scene.frame() == [] for _ in range(MAX_DISAPPEARED))
    assert len(scene.frame()) == 1


def test_another_car_far_away_is_not_the_parked_one() -> None:
    scene = Scene()
    parked = scene.park()
    for _ in range(100):
        scene.frame(examined=[])
    scene.frame(seen(PARKED, by=(420, 0)), examined=[(700, 200, 1000, 500)])
    assert len(scene.tracker.objects) == 2
    assert parked.seen_box == PARKED


def test_stationary_object_is_dismissed_after_max_frames_and_new_when_it_moves() -> None:
    scene = Scene(StillnessRules(threshold=THRESHOLD, max_frames={"car": 20}))
    parked = scene.park()
    began, gone = parked.id, []
    for _ in range(60):
        gone += scene.frame(seen(PARKED))
    assert [tracked.id for tracked in gone] == [began]
    assert scene.tracker.reported == []
    scene.street = NOISE.integers(0, 255, scene.street.shape, np.uint8)
    for number in range(6):
        scene.frame(seen(PARKED, by=(60 * number, 0)))
    (tracked,) = scene.tracker.reported
    assert tracked.id != began
    assert tracked.start_time > 1010


def test_object_is_reported_after_min_initialized_frames() -> None:
    scene = Scene(min_initialized=2)
    reported = [len(scene.tracker.reported) for _ in range(4) if scene.frame(seen(PARKED)) == []]
    assert reported == [0, 0, 1, 1]
    flickering = Scene(min_initialized=2)
    for _ in range(4):
        flickering.frame(seen(PARKED))
        flickering.frame()
        if len(flickering.tracker.reported):
            break
    assert flickering.tracker.reported == []


def test_miss_is_no_reason_to_look_again_while_the_place_looks_the_same() -> None:
    scene = Scene()
    parked = scene.park()
    scene.frame(seen(PARKED))
    scene.frame()
    assert (parked.is_missing, parked.place.doubts, parked.place.is_alike) == (False, 1, True)
    x1, y1, x2, y2 = PARKED
    scene.street[y1:y2, x1:x2] = 40
    scene.frame()
    assert (parked.is_missing, parked.place.is_alike) == (True, False)


def test_stationary_object_is_not_missed_by_regions_that_are_too_coarse() -> None:
    scene = Scene()
    for _ in range(THRESHOLD + 1):
        scene.frame(replace(seen(PARKED, "dog"), region=(300, 200, 600, 500)))
    (dog,) = scene.tracker.objects
    scene.frame(examined=[(0, 0, 720, 720)])
    assert not dog.is_missing
    scene.frame(examined=[(300, 200, 600, 500)])
    assert dog.is_missing
