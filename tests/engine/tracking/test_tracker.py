"""Tracking: an object keeps its identity, and goes when it has gone."""

from collections.abc import Callable, Iterable
from functools import partial

import numpy as np
from av.video.frame import VideoFrame

from custom_components.frigate_native.engine.frame import Frame
from custom_components.frigate_native.engine.geometry import Box, Size
from custom_components.frigate_native.engine.objects import Detection, TrackedObject
from custom_components.frigate_native.engine.tracking import Tracker
from custom_components.frigate_native.engine.tracking.appearance import Appearance, appearance_of, dissimilarity

SIZE = Size(1280, 720)
EVERYWHERE = (0, 0, 1280, 1280)
START, STEP_S = 1000.0, 0.2
MAX_DISAPPEARED = 10


class Film:
    """A tracker that is shown one frame after another."""

    def __init__(self) -> None:
        self.tracker = Tracker(SIZE, MAX_DISAPPEARED)
        self.now = START

    def frame(
        self,
        *detections: Detection,
        examined: Iterable[Box] = (EVERYWHERE,),
        appearance_of: Callable[[Box], Appearance] | None = None,
    ) -> list[TrackedObject]:
        self.tracker.predict(self.now)
        gone = self.tracker.update(self.now, detections, list(examined), [], appearance_of)
        self.now += STEP_S
        return gone

    @property
    def ids(self) -> list[str]:
        return [tracked.id for tracked in self.tracker.objects]


def at(x: int, y: int, *, width: int = 60, height: int = 150, label: str = "person", score: float = 0.9) -> Detection:
    """Return a detection whose centre is there; one with less than 0.5 is weak."""
    box = (x - width // 2, y - height // 2, x + width // 2, y + height // 2)
    return Detection(label=label, score=score, box=box, region=EVERYWHERE, is_weak=score < 0.5)


def painted(*people: tuple[Detection, int]) -> Frame:
    """Return a gray picture in which these people have clothes of these brightnesses."""
    planes = np.full((SIZE.height * 3 // 2, SIZE.width), 128, np.uint8)
    for person, brightness in people:
        x1, y1, x2, y2 = person.box
        planes[y1:y2, x1:x2] = brightness
    return Frame(VideoFrame.from_ndarray(planes, "yuv420p"), START, 0)


def walk(film: Film, path: Callable[[int], list[Detection]], frames: int) -> None:
    for number in range(frames):
        film.frame(*path(number))


def test_first_sighting_gives_id_and_start() -> None:
    film = Film()
    film.frame(at(300, 300))
    (tracked,) = film.tracker.objects
    time, tail = tracked.id.rsplit("-", 1)
    assert float(time) == START == tracked.start_time
    assert len(tail) == 6
    assert tail.isalnum()


def test_walking_person_stays_one() -> None:
    film = Film()
    walk(film, lambda number: [at(100 + 30 * number, 400)], 30)
    assert len(film.ids) == 1
    assert film.tracker.objects[0].sightings == 30


def test_new_labels_of_one_frame_all_begin_at_once() -> None:
    film = Film()
    film.frame(at(100, 300), at(600, 300, label="car", width=200), at(900, 300, label="dog"))
    assert sorted(tracked.label for tracked in film.tracker.objects) == ["car", "dog", "person"]


def test_distant_detection_is_a_new_object() -> None:
    film = Film()
    film.frame(at(100, 300))
    film.frame(at(1100, 300))
    assert len(film.ids) == 2


def test_label_is_never_exchanged() -> None:
    film = Film()
    film.frame(at(300, 300))
    film.frame(at(300, 300, label="dog"))
    assert len(film.ids) == 2


def test_crossing_people_keep_their_identities() -> None:
    film = Film()
    walk(film, lambda number: [at(200 + 20 * number, 300), at(800 - 20 * number, 340)], 14)
    left, right = film.ids
    walk(film, lambda number: [at(480 + 20 * number, 300), at(520 - 20 * number, 340)], 14)
    assert film.ids == [left, right]
    first, second = film.tracker.objects
    assert first.box[0] > second.box[0]


def test_short_occlusion_keeps_the_identity() -> None:
    film = Film()
    walk(film, lambda number: [at(200 + 25 * number, 300)], 10)
    before = film.ids
    for _ in range(4):
        film.frame()
    walk(film, lambda number: [at(550 + 25 * number, 300)], 5)
    assert film.ids == before


def test_gone_after_max_disappeared_missed_frames() -> None:
    film = Film()
    film.frame(at(300, 300))
    film.frame(at(300, 300))
    assert all(film.frame() == [] for _ in range(MAX_DISAPPEARED))
    (gone,) = film.frame()
    assert gone.missed_frames == MAX_DISAPPEARED + 1
    assert film.ids == []


def test_object_outside_the_examined_regions_is_not_missed() -> None:
    film = Film()
    film.frame(at(300, 300))
    for _ in range(50):
        film.frame(examined=[])
    film.frame(examined=[(700, 0, 1280, 580)])
    (tracked,) = film.tracker.objects
    assert (tracked.missed_frames, tracked.was_checked) == (0, False)


def test_once_missed_all_frames_count() -> None:
    film = Film()
    film.frame(at(300, 300))
    film.frame()
    for _ in range(MAX_DISAPPEARED - 1):
        assert film.frame(examined=[]) == []
    assert len(film.frame(examined=[])) == 1


def test_object_that_leaves_the_picture_ends_at_once() -> None:
    film = Film()
    walk(film, lambda number: [at(1010 + 40 * number, 300)], 7)
    gone = [tracked for _ in range(3) for tracked in film.frame(examined=[])]
    assert len(gone) == 1


def test_unseen_object_is_expected_further_on_its_way() -> None:
    film = Film()
    walk(film, lambda number: [at(200 + 20 * number, 300)], 12)
    last = film.tracker.objects[0].box
    film.frame(examined=[])
    assert 8 <= film.tracker.objects[0].box[0] - last[0] <= 24


def test_more_detections_than_objects_begin_new_ones() -> None:
    film = Film()
    film.frame(at(300, 300))
    (first,) = film.ids
    film.frame(at(310, 300), at(700, 300))
    assert film.ids[0] == first
    assert len(film.ids) == 2


def test_clear_hands_all_objects_back() -> None:
    film = Film()
    film.frame(at(300, 300), at(700, 300))
    assert len(film.tracker.clear()) == 2
    assert film.ids == []


def test_weak_detection_continues_an_object() -> None:
    film = Film()
    walk(film, lambda number: [at(200 + 15 * number, 300)], 5)
    before = film.ids
    film.frame(at(275, 300, score=0.35))
    (tracked,) = film.tracker.objects
    assert film.ids == before
    assert (tracked.is_seen, tracked.is_weak, tracked.missed_frames) == (True, True, 0)


def test_weak_detection_does_not_start_an_object() -> None:
    film = Film()
    film.frame(at(300, 300, score=0.49))
    assert film.ids == []


def test_weak_detection_beside_an_object_is_not_that_object() -> None:
    film = Film()
    film.frame(at(300, 300))
    film.frame(at(350, 300, score=0.49))
    (tracked,) = film.tracker.objects
    assert tracked.is_missing


def test_weak_detection_never_takes_an_object_from_a_better_one() -> None:
    film = Film()
    film.frame(at(300, 300))
    film.frame(at(300, 300, score=0.4), at(320, 300))
    (tracked,) = film.tracker.objects
    assert not tracked.is_weak
    assert tracked.box == at(320, 300).box


def test_people_who_meet_and_turn_back_are_recognized_by_their_clothes() -> None:
    film = Film()

    def show(left_x: int, right_x: int) -> None:
        left, right = at(left_x, 300), at(right_x, 300)
        look = partial(appearance_of, painted((left, 30), (right, 220)))
        film.frame(left, right, appearance_of=look)

    for number in range(10):
        show(200 + 20 * number, 640 - 20 * number)
    dark, bright = film.ids
    film.frame(at(420, 300))  # one before the other
    for number in range(5):
        show(380 - 20 * number, 460 + 20 * number)
    where = {tracked.id: tracked.box[0] for tracked in film.tracker.objects}
    assert where[dark] < where[bright]


def test_detection_goes_to_the_object_that_has_no_alternative() -> None:
    film = Film()
    film.frame(at(300, 300), at(400, 300))
    left, right = film.ids
    film.frame(at(360, 300), at(480, 300))  # the first is nearer to right, but the only one for left
    where = {tracked.id: tracked.box for tracked in film.tracker.objects}
    assert where == {left: at(360, 300).box, right: at(480, 300).box}


def test_box_over_two_people_does_not_change_their_appearance() -> None:
    film = Film()
    dark, bright = at(400, 300), at(460, 300)
    both = at(430, 300, width=120)
    for _ in range(3):
        film.frame(dark, bright, appearance_of=partial(appearance_of, painted((dark, 30), (bright, 220))))
    before = [tracked.appearance for tracked in film.tracker.objects]
    for _ in range(3):
        film.frame(both, appearance_of=partial(appearance_of, painted((dark, 30), (bright, 220))))
    for look, tracked in zip(before, film.tracker.objects, strict=True):
        assert look is not None
        assert tracked.appearance is not None
        assert np.array_equal(look, tracked.appearance)


def test_person_who_reappears_elsewhere_is_recognized_by_clothes() -> None:
    film = Film()
    here, there, other = at(400, 300), at(640, 300), at(640, 300)
    for _ in range(4):
        film.frame(here, appearance_of=partial(appearance_of, painted((here, 30))))
    (dark,) = film.ids
    for _ in range(5):
        film.frame()
    film.frame(other, appearance_of=partial(appearance_of, painted((other, 220))))
    assert len(film.ids) == 2
    film.frame(other, appearance_of=partial(appearance_of, painted((other, 220))))
    film.frame(there, appearance_of=partial(appearance_of, painted((there, 30))))
    (known,) = [tracked for tracked in film.tracker.objects if tracked.id == dark]
    assert known.is_seen


def test_appearance_of_an_object_stays_similar_when_it_moves() -> None:
    here, there, other = at(200, 300), at(800, 400), at(500, 300)
    frame = painted((here, 30), (there, 30), (other, 220))
    look = partial(appearance_of, frame)
    assert dissimilarity(look(here.box), look(there.box)) < 0.1
    assert dissimilarity(look(here.box), look(other.box)) > 0.8
    assert abs(np.linalg.norm(look(here.box)) - 1) < 1e-6
