"""Events: what is told of an object, when, and in which order."""

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from custom_components.frigate_native.engine.config.model import CameraConfig, ZoneConfig
from custom_components.frigate_native.engine.config.polygons import Polygon
from custom_components.frigate_native.engine.events import CountBoard, EventKeeper
from custom_components.frigate_native.engine.events.counts import Count
from custom_components.frigate_native.engine.geometry import Box
from custom_components.frigate_native.engine.messages import (
    ALL_LABELS,
    CountMessage,
    EventMessage,
    EventType,
    Message,
    SnapshotMessage,
)
from custom_components.frigate_native.engine.objects import TrackedObject
from custom_components.frigate_native.engine.zones import Zone
from tests.engine.builders import START, camera_config, frame_at, tracked_object
from tests.event_keys import EVENT_KEYS

HERE = (400, 200, 460, 340)
YARD = ZoneConfig(name="yard", coordinates=Polygon(((600, 0), (1280, 0), (1280, 720), (600, 720))))


class Scene:
    """A keeper, the messages it sent, and the one object it follows."""

    def __init__(self, camera: CameraConfig | None = None) -> None:
        self.messages: list[Message] = []
        camera = camera or camera_config(zones={"yard": YARD})
        self.board = CountBoard([camera], self.messages.append)
        zones = [Zone(zone) for zone in camera.zones.values()]
        self.keeper = EventKeeper(
            camera, zones, self.messages.append, lambda counts: self.board.report(camera.name, counts)
        )
        self.seconds = 0.0

    def see(self, *things: TrackedObject) -> None:
        self._update(things, [])

    def end(self, *things: TrackedObject) -> None:
        self._update([], things)

    def _update(self, things: Sequence[TrackedObject], gone: Sequence[TrackedObject]) -> None:
        for tracked in things:
            tracked.frame_time = START + self.seconds
        self.keeper.update(frame_at(self.seconds), things, gone)
        self.seconds += 0.2

    @property
    def events(self) -> list[EventMessage]:
        return [message for message in self.messages if isinstance(message, EventMessage)]

    @property
    def counts(self) -> list[tuple[str, int]]:
        return [(message.place, message.count) for message in self._counts if message.label != ALL_LABELS]

    @property
    def active_counts(self) -> list[tuple[str, int, int]]:
        return [(message.label, message.count, message.active) for message in self._counts]

    @property
    def _counts(self) -> list[CountMessage]:
        return [message for message in self.messages if isinstance(message, CountMessage)]

    @property
    def snapshots(self) -> list[SnapshotMessage]:
        return [message for message in self.messages if isinstance(message, SnapshotMessage)]


def moved(tracked: TrackedObject, box: Box, score: float = 0.9) -> TrackedObject:
    tracked.box = tracked.seen_box = box
    tracked.score = score
    return tracked


def test_one_sighting_tells_nothing() -> None:
    scene = Scene()
    tracked = tracked_object(HERE)
    scene.see(tracked)
    scene.end(tracked)
    assert scene.messages == []


def test_life_of_an_event() -> None:
    scene = Scene()
    tracked = tracked_object(HERE)
    scene.see(tracked)
    scene.see(tracked)
    scene.see(tracked)
    scene.end(tracked)
    new, end = scene.events
    assert (new.type, end.type) == (EventType.NEW, EventType.END)
    assert new.before.false_positive
    assert new.before.top_score == 0
    assert not new.after.false_positive
    assert new.after.top_score == 0.9
    assert end.before == new.after
    assert end.before.end_time is None
    assert end.after.end_time == START + 0.2 * 3
    assert end.after.frame_time == START + 0.2 * 2


def test_payload_has_the_documented_keys_in_order() -> None:
    scene = Scene()
    tracked = tracked_object(HERE)
    scene.see(tracked)
    scene.see(tracked)
    payload = scene.events[0].to_payload()
    assert list(payload) == ["type", "before", "after"]
    assert list(payload["after"]) == EVENT_KEYS
    assert payload["after"]["box"] == [400, 200, 460, 340]
    assert payload["after"]["area"] == 60 * 140
    assert payload["after"]["thumbnail"] is None


def test_zone_change_is_told_and_counted() -> None:
    scene = Scene()
    tracked = tracked_object(HERE)
    scene.see(tracked)
    scene.see(tracked)
    scene.see(moved(tracked, (700, 200, 760, 340)))
    scene.see(moved(tracked, HERE))
    into, out = scene.events[1:]
    assert (into.after.current_zones, into.after.entered_zones) == (("yard",), ("yard",))
    assert (out.after.current_zones, out.after.entered_zones) == ((), ("yard",))
    assert scene.counts == [("back", 1), ("yard", 1), ("yard", 0)]


def test_false_positive_is_never_counted_nor_told() -> None:
    scene = Scene()
    tracked = tracked_object((700, 200, 760, 340), score=0.6)
    for _ in range(10):
        scene.see(tracked)
    scene.end(tracked)
    assert scene.messages == []


def test_better_picture_is_told_and_becomes_best() -> None:
    scene = Scene()
    tracked = tracked_object(HERE, score=0.75)
    for score in (0.75, 0.75, 0.79, 0.85):
        scene.see(moved(tracked, HERE, score))
    assert [event.type for event in scene.events] == [EventType.NEW, EventType.UPDATE]
    assert [snapshot.picture.score for snapshot in scene.snapshots] == [0.75, 0.85]
    best = scene.keeper.best_picture("person")
    assert best is not None
    assert best.score == 0.85
    assert [event.picture for event in scene.events] == [snapshot.picture for snapshot in scene.snapshots]


def test_picture_cut_off_by_the_frame_never_replaces_a_whole_one() -> None:
    scene = Scene()
    tracked = tracked_object(HERE, score=0.75)
    scene.see(tracked)
    scene.see(tracked)
    scene.see(moved(tracked, (0, 200, 200, 500), 0.99))
    assert [snapshot.picture.box for snapshot in scene.snapshots] == [HERE]


def test_best_picture_is_sent_again_when_the_last_object_goes() -> None:
    scene = Scene()
    tracked = tracked_object(HERE)
    scene.see(tracked)
    scene.see(tracked)
    scene.end(tracked)
    first, again = scene.snapshots
    assert again.picture is first.picture
    assert scene.counts == [("back", 1), ("back", 0)]


def test_old_best_picture_gives_way_after_its_time() -> None:
    scene = Scene(camera_config(best_image_timeout_s=10))
    first, second = tracked_object(HERE, score=0.95), tracked_object(HERE, score=0.8, name="b")
    scene.see(first)
    scene.see(first)
    scene.end(first)
    scene.seconds += 5
    scene.see(second)
    scene.see(second)
    assert scene.keeper.best_picture("person") == scene.snapshots[0].picture
    scene.end(second)
    scene.seconds += 10
    third = tracked_object(HERE, score=0.8, name="c")
    scene.see(third)
    scene.see(third)
    best = scene.keeper.best_picture("person")
    assert best is not None
    assert best.event_id == third.id


def test_weak_sighting_gives_no_picture() -> None:
    scene = Scene()
    tracked = tracked_object(HERE)
    for _ in range(3):
        scene.see(tracked)
    tracked.is_weak = True
    scene.see(moved(tracked, (HERE[0], HERE[1], HERE[2] + 60, HERE[3] + 60), 0.45))
    assert [snapshot.picture.score for snapshot in scene.snapshots] == [0.9]


def test_weak_sightings_prove_nothing() -> None:
    scene = Scene()
    tracked = tracked_object(HERE, score=0.85)
    scene.see(tracked)
    tracked.is_weak = True  # a label's min_score may be higher than its threshold
    for _ in range(10):
        scene.see(moved(tracked, HERE, 0.75))
    assert scene.messages == []


def test_frames_without_a_look_leave_the_score_alone() -> None:
    scene = Scene()
    tracked = tracked_object(HERE)
    scene.see(tracked)
    tracked.is_seen = tracked.was_checked = False
    for _ in range(10):
        scene.see(tracked)
    tracked.is_seen = tracked.was_checked = True
    scene.see(tracked)
    assert [event.type for event in scene.events] == [EventType.NEW]


def test_zone_of_two_cameras_holds_the_sum() -> None:
    messages: list[Message] = []
    front, back = (camera_config(name, zones={"yard": YARD}) for name in ("front", "back"))
    board = CountBoard([front, back], messages.append)
    board.report("front", dict.fromkeys([("front", "person"), ("yard", "person")], Count(1, 0)))
    board.report("back", dict.fromkeys([("back", "person"), ("yard", "person")], Count(2, 1)))
    board.report("front", {})
    told = [(message.place, message.count) for message in messages if isinstance(message, CountMessage)]
    assert sorted(told) == [("back", 2), ("front", 0), ("front", 1), ("yard", 1), ("yard", 2), ("yard", 3)]
    assert told[-1] in {("front", 0), ("yard", 2)}
    totals = {key: count for key, count in board.totals().items() if key[1] == "person"}
    assert totals == {("front", "person"): (0, 0), ("back", "person"): (2, 1), ("yard", "person"): (2, 1)}


def test_counts_start_at_zero_for_every_place_and_label() -> None:
    camera = replace(camera_config(labels=("person", "car")), zones={"yard": YARD})
    totals = CountBoard([camera], lambda message: None).totals()
    assert totals == dict.fromkeys(product(("back", "yard"), ("person", "car", "all")), (0, 0))


def test_becoming_stationary_and_moving_off_are_told_and_counted() -> None:
    scene = Scene()
    tracked = tracked_object(HERE)
    scene.see(tracked)
    scene.see(tracked)
    tracked.was_checked, tracked.is_stationary, tracked.motionless_count = False, True, 50
    scene.see(tracked)
    scene.see(tracked)
    tracked.is_stationary, tracked.motionless_count, tracked.position_changes = False, 0, 1
    scene.see(tracked)
    states = [event.after.to_payload() for event in scene.events]
    keys = ("stationary", "active", "motionless_count", "position_changes")
    told = [tuple(state[key] for key in keys) for state in states]
    assert told == [(False, True, 0, 0), (True, False, 50, 0), (False, True, 0, 1)]
    assert scene.active_counts == [(label, 1, active) for active in (1, 0, 1) for label in ("person", "all")]


def test_todays_keys_tell_what_the_picture_shows_and_where_the_object_went() -> None:
    scene = Scene()
    tracked = tracked_object(HERE)
    for _ in range(4):
        scene.see(tracked)
    after = scene.events[0].to_payload()["after"]
    assert after["ratio"] == 0.43
    assert (after["snapshot"]["box"], after["snapshot"]["score"]) == (list(HERE), 0.9)
    assert set(after["snapshot"]) == {
        *("frame_time", "box", "area", "region", "score", "attributes", "current_estimated_speed"),
        *("average_estimated_speed", "velocity_angle", "path_data"),
        *("recognized_license_plate", "recognized_license_plate_score"),
    }
    assert (after["has_clip"], after["has_snapshot"], after["sub_label"], after["attributes"]) == (
        False,
        False,
        None,
        {},
    )
    assert all(0 <= share <= 1 for point, _ in after["path_data"] for share in point)
    assert json.loads(json.dumps(after)) == after


def test_silent_object_is_reported_once_a_minute() -> None:
    scene = Scene()
    tracked = tracked_object(HERE)
    for _ in range(70):
        scene.see(tracked)
        scene.seconds += 0.8
    times = [message.type for message in scene.events]
    assert times == [EventType.NEW, EventType.UPDATE]
