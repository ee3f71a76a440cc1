"""Review items: when they begin, rise and end, and what belongs to them."""

from collections.abc import Sequence
from typing import Any

import pytest

from custom_components.frigate_native.engine.config.model import AlertsConfig, DetectionsConfig, ReviewConfig
from custom_components.frigate_native.engine.messages import EventType, ReviewMessage, ReviewState, Severity
from custom_components.frigate_native.engine.reviews import ActiveObject, ReviewKeeper
from tests.engine.builders import START, frame_at

BOX = (100, 100, 200, 300)
NEVER = 10_000


def seen(label: str, *zones: str, name: str = "") -> ActiveObject:
    return ActiveObject(id=name or label, label=label, zones=zones, box=BOX)


class Scene:
    """A camera's keeper and what it reported."""

    def __init__(self, **config: Any) -> None:
        self.messages: list[ReviewMessage] = []
        self.keeper = ReviewKeeper("front", ReviewConfig(**config), self.messages.append)

    def play(self, until: int, *spans: tuple[int, int, ActiveObject]) -> None:
        """Show a frame each second; a span is its first and last second and what is active then."""
        for second in range(until + 1):
            active = [one for first, last, one in spans if first <= second <= last]
            self.keeper.update(frame_at(second), active)

    @property
    def items(self) -> list[tuple[Severity, float, float | None]]:
        """The items: severity, start and end in seconds from the beginning."""
        latest: dict[str, ReviewState] = {message.after.id: message.after for message in self.messages}
        return [
            (item.severity, item.start_time - START, None if item.end_time is None else item.end_time - START)
            for item in latest.values()
        ]

    @property
    def types(self) -> Sequence[EventType]:
        return [message.type for message in self.messages]


def test_alert_ends_at_its_last_activity_after_its_cutoff() -> None:
    scene = Scene()
    scene.play(50, (0, 10, seen("person")))
    assert scene.items == [(Severity.ALERT, 0, None)]
    scene.play(51, (0, 10, seen("person")))
    assert (Severity.ALERT, 0, 10) in scene.items
    assert scene.types[:2] == [EventType.NEW, EventType.END]


def test_detection_rises_to_an_alert_from_its_start_on() -> None:
    scene = Scene()
    scene.play(60, (0, 10, seen("dog")), (5, 10, seen("person")))
    assert scene.items == [(Severity.ALERT, 0, 10)]
    assert scene.types == [EventType.NEW, EventType.UPDATE, EventType.END]
    assert scene.messages[-1].after.labels == ("dog", "person")


def test_person_who_leaves_the_required_zone_is_a_detection_after_the_alert() -> None:
    scene = Scene(alerts=AlertsConfig(required_zones=("yard",)))
    scene.play(240, (0, 10, seen("person", "yard")), (11, 200, seen("person")))
    assert scene.items == [(Severity.ALERT, 0, 10), (Severity.DETECTION, 10, 200)]
    assert scene.messages[-1].after.event_ids == ("person",)


def test_detection_during_an_alert_joins_it_only_if_the_alert_continues() -> None:
    scene = Scene()
    scene.play(100, (0, 10, seen("person")), (20, 25, seen("dog")), (30, 32, seen("person")))
    assert scene.items == [(Severity.ALERT, 0, 32)]
    assert scene.messages[-1].after.labels == ("person", "dog")

    scene = Scene()
    scene.play(100, (0, 10, seen("person")), (20, 25, seen("dog")))
    assert scene.items == [(Severity.ALERT, 0, 10), (Severity.DETECTION, 10, 25)]


def test_update_is_sent_for_more_objects_not_for_zones() -> None:
    scene = Scene()
    scene.play(20, (0, 20, seen("person")), (5, 20, seen("person", name="other")), (9, 9, seen("person", "yard")))
    assert scene.types == [EventType.NEW, EventType.UPDATE, EventType.UPDATE]
    assert scene.messages[-1].after.event_ids == ("person", "other")
    assert scene.messages[1].picture is not None
    assert scene.messages[1].before == scene.messages[0].after


@pytest.mark.parametrize(
    ("config", "label", "expected"),
    [
        ({}, "car", Severity.ALERT),
        ({}, "dog", Severity.DETECTION),
        ({"alerts": AlertsConfig(enabled=False)}, "car", Severity.DETECTION),
        ({"detections": DetectionsConfig(labels=("cat",))}, "dog", None),
        ({"detections": DetectionsConfig(enabled=False)}, "dog", None),
        ({"detections": DetectionsConfig(required_zones=("yard",))}, "dog", None),
        ({"alerts": AlertsConfig(labels=("dog",))}, "dog", Severity.ALERT),
    ],
)
def test_label_and_configuration_decide(config: dict[str, Any], label: str, expected: Severity | None) -> None:
    scene = Scene(**config)
    scene.play(3, (0, 3, seen(label)))
    assert [severity for severity, _, _ in scene.items] == ([] if expected is None else [expected])


def test_item_ends_with_its_camera_and_after_a_gap_of_frames() -> None:
    scene = Scene()
    scene.play(5, (0, 5, seen("person")))
    scene.keeper.end()
    assert scene.items == [(Severity.ALERT, 0, 5)]
    scene.keeper.update(frame_at(10), [seen("person")])
    scene.keeper.update(frame_at(NEVER), [seen("person")])
    assert [item[1:] for item in scene.items] == [(0, 5), (10, 10), (NEVER, None)]


def test_severities_are_switched_while_the_camera_runs() -> None:
    scene = Scene()
    scene.keeper.follow(ReviewConfig(alerts=AlertsConfig(enabled=False)))
    scene.play(5, (0, 5, seen("person")))
    assert scene.items == [(Severity.DETECTION, 0, None)]
    off = ReviewConfig(alerts=AlertsConfig(enabled=False), detections=DetectionsConfig(enabled=False))
    scene.keeper.follow(off)
    scene.play(60, (6, 60, seen("person")))
    assert scene.items == [(Severity.DETECTION, 0, 5)]
