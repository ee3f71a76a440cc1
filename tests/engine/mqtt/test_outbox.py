"""The outbox: what waits, and what gives way."""

from itertools import pairwise

import pytest

from custom_components.frigate_native.engine.messages import EventMessage, EventType
from custom_components.frigate_native.engine.mqtt.outbox import MAX_EVENTS, Change, Outbox, Publication
from tests.engine.builders import START, event_message, snapshot_message


def state(number: int, label: str = "person") -> Publication:
    return Publication(topic=f"frigate/back/{label}", payload=str(number).encode())


def event(kind: EventType, number: int) -> EventMessage:
    """Return a message of an event of its own."""
    return event_message(kind, seconds=number, event_id=f"{START + number}-abc123")


def taken(outbox: Outbox) -> list[Change | Publication]:
    found: list[Change | Publication] = []
    while (item := outbox.take()) is not None:
        found.append(item)
        outbox.confirm()
    assert outbox.is_empty
    return found


def test_only_the_newest_state_of_a_topic_waits() -> None:
    outbox = Outbox()
    for number in (1, 2, 3):
        outbox.put_state(state(number))
        outbox.put_state(state(1, "car"))
    assert taken(outbox) == [state(3), state(1, "car")]


def test_state_is_told_again_only_when_it_changed_or_is_wanted_so() -> None:
    outbox = Outbox()
    outbox.put_state(state(1))
    taken(outbox)
    outbox.put_state(state(1), only_if_changed=True)
    assert outbox.is_empty
    outbox.put_state(state(1))
    assert taken(outbox) == [state(1)]


def test_states_and_events_keep_their_order() -> None:
    outbox = Outbox()
    new, end = event(EventType.NEW, 1), event(EventType.END, 2)
    outbox.put_event(new)
    outbox.put_state(state(1))
    outbox.put_event(end)
    assert taken(outbox) == [new, state(1), end]


def test_new_connection_is_told_all_states_and_no_event_twice() -> None:
    outbox = Outbox()
    outbox.put_state(state(1))
    outbox.put_event(event(EventType.NEW, 1))
    taken(outbox)
    outbox.start_over()
    assert taken(outbox) == [state(1)]


def test_event_that_did_not_leave_comes_first_again() -> None:
    outbox = Outbox()
    first, second = event(EventType.NEW, 1), event(EventType.NEW, 2)
    outbox.put_event(first)
    outbox.put_event(second)
    assert outbox.take() == first
    outbox.start_over()
    assert taken(outbox) == [first, second]


def test_newest_picture_of_a_camera_and_label_waits() -> None:
    outbox = Outbox()
    first, other, newest = (snapshot_message("back", label) for label in ("person", "car", "person"))
    for message in (first, other, newest):
        outbox.put_picture(message)
    assert not outbox.is_empty
    assert [outbox.take_picture() for _ in range(3)] == [newest, other, None]


def test_updates_give_way_first_and_ends_stay() -> None:
    outbox = Outbox()
    ends = [event(EventType.END, number) for number in range(300)]
    for number, end in enumerate(ends):
        for kind in (EventType.NEW, EventType.UPDATE, EventType.UPDATE, EventType.UPDATE):
            outbox.put_event(event(kind, number))
        outbox.put_event(end)
    assert outbox.start_over() == 300 * 5 - MAX_EVENTS
    kept = [item for item in taken(outbox) if isinstance(item, EventMessage)]
    assert len(kept) == MAX_EVENTS
    assert [item.after for item in kept if item.type is EventType.END] == [end.after for end in ends]
    assert sum(item.type is EventType.NEW for item in kept) == 300


@pytest.mark.parametrize(
    ("kinds", "loses"),
    [
        ((EventType.NEW, EventType.UPDATE, EventType.END), 1),
        ((EventType.END, EventType.NEW), 1),
        ((EventType.END, EventType.END), 0),
    ],
    ids=["update", "beginning", "end, as there are only ends"],
)
def test_oldest_of_the_least_missed_gives_way(kinds: tuple[EventType, ...], loses: int) -> None:
    outbox = Outbox()
    events = [event(kinds[number % len(kinds)], number) for number in range(MAX_EVENTS + 1)]
    for message in events:
        outbox.put_event(message)
    del events[loses]
    assert taken(outbox) == events


def test_before_is_still_the_previous_after_when_updates_gave_way() -> None:
    outbox = Outbox()
    told = [event_message(EventType.NEW)]
    for number in range(1, MAX_EVENTS + 200):
        kind = EventType.END if number == MAX_EVENTS + 199 else EventType.UPDATE
        told.append(EventMessage(type=kind, before=told[-1].after, after=event_message(kind, seconds=number).after))
    for message in told:
        outbox.put_event(message)
    kept = [item for item in taken(outbox) if isinstance(item, EventMessage)]
    assert len(kept) == MAX_EVENTS
    assert (kept[0], kept[-1].type) == (told[0], EventType.END)
    for earlier, later in pairwise(kept):
        assert later.before == earlier.after
