"""Events that somebody makes by hand."""

from typing import override

import pytest

from custom_components.frigate_native.engine.concurrency import Clock
from custom_components.frigate_native.engine.errors import EventError
from custom_components.frigate_native.engine.events import ManualEvents
from custom_components.frigate_native.engine.events.manual import MOST_RUNNING
from custom_components.frigate_native.engine.frame import Frame
from custom_components.frigate_native.engine.messages import EventMessage, EventType
from tests.engine.builders import SIZE, START, frame_at


class System(Clock):
    """A camera's events by hand, its newest frame, and time as the test sets it."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.told: list[EventMessage] = []
        self.frame: Frame | None = frame_at(0)
        self.events = ManualEvents("back", self.told.append, lambda: self.frame, self)

    @override
    def now(self) -> float:
        return START + self.seconds

    @override
    def monotonic(self) -> float:
        return self.seconds

    def at(self, seconds: float) -> None:
        self.seconds = seconds
        self.events.expire()

    def ends(self) -> list[tuple[str, float | None]]:
        return [(each.after.label, each.after.end_time) for each in self.told if each.type is EventType.END]


@pytest.fixture
def system() -> System:
    return System()


def test_event_ends_when_its_time_is_over_or_somebody_ends_it(system: System) -> None:
    system.events.begin("bell", duration_s=30)
    parcel = system.events.begin("parcel")
    system.at(29)
    assert system.ends() == []
    system.at(31)  # a little late: it ends when it should have
    assert system.ends() == [("bell", START + 30)]
    system.at(90_000)
    assert system.events.end(parcel)
    assert system.ends()[1:] == [("parcel", START + 90_000)]
    assert not system.events.end(parcel)


def test_messages_are_as_those_of_objects(system: System) -> None:
    event_id = system.events.begin("bell", sub_label="Door", duration_s=5)
    system.at(5)
    new, end = system.told
    assert (new.type, new.before.false_positive, new.after.false_positive) == (EventType.NEW, True, False)
    assert (end.type, end.before) == (EventType.END, new.after)
    assert {each.id for message in system.told for each in (message.before, message.after)} == {event_id}
    assert event_id.startswith(f"{START}-")
    assert (end.after.box, end.after.sub_label, end.after.is_manual) == ((0, 0, *SIZE), "Door", True)
    for message in system.told:
        assert message.picture is not None
        assert message.picture.frame is system.frame
    payload = end.to_payload()["after"]
    assert (payload["sub_label"], payload["snapshot"]["box"]) == (["Door", None], [0, 0, *SIZE])


def test_picture_is_left_out_if_it_is_old_or_not_wanted(system: System) -> None:
    system.events.begin("bell", has_picture=False)
    system.seconds = 11
    system.events.begin("bell")
    system.frame = None
    system.events.begin("bell")
    assert [message.picture for message in system.told] == [None, None, None]
    assert system.told[-1].after.box == (0, 0, 0, 0)


def test_stopping_ends_all_and_begins_none(system: System) -> None:
    system.events.begin("bell", duration_s=30)
    system.events.begin("parcel")
    system.seconds = 10
    system.events.close()
    assert system.ends() == [("bell", START + 10), ("parcel", START + 10)]
    with pytest.raises(EventError, match="stopped"):
        system.events.begin("bell")


def test_automation_that_ends_nothing_is_stopped_in_time(system: System) -> None:
    for _ in range(MOST_RUNNING):
        system.events.begin("bell")
    with pytest.raises(EventError, match="duration"):
        system.events.begin("bell")
    assert len(system.told) == MOST_RUNNING


@pytest.mark.parametrize("label", ["#", "person+", "a\0b", "a\ud800", " ", "x" * 101])
def test_label_that_no_topic_can_have_is_refused(system: System, label: str) -> None:
    with pytest.raises(EventError, match="label"):
        system.events.begin(label)
    assert system.told == []
