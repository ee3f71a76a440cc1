"""The outbox: what waits, and what gives way."""

from dataclasses import replace

from custom_components.frigate_native.engine.messages import EventMessage, EventType
from custom_components.frigate_native.engine.mqtt.outbox import MOST_EVENTS, Count, Outbox
from tests.engine.builders import event_message


def taken(outbox: Outbox) -> list[EventMessage]:
    outbox.close()
    found = []
    while isinstance(item := outbox.take(0), EventMessage):
        found.append(item)
    return found


def test_only_the_newest_count_of_a_topic_waits() -> None:
    outbox = Outbox()
    for count in (1, 2, 3):
        outbox.put(Count("frigate/back/person", count))
    outbox.put(Count("frigate/back/car", 1))
    assert [outbox.take(0), outbox.take(0), outbox.take(0)] == [
        Count("frigate/back/person", 3),
        Count("frigate/back/car", 1),
        None,
    ]


def test_events_keep_their_order() -> None:
    outbox = Outbox()
    events = [event_message(kind, seconds=number) for number, kind in enumerate(EventType)]
    for event in events:
        outbox.put(event)
    assert taken(outbox) == events


def test_updates_give_way_first_and_ends_stay() -> None:
    outbox = Outbox()
    ends = [event_message(EventType.END, seconds=number) for number in range(300)]
    for number, end in enumerate(ends):
        for kind in (EventType.NEW, EventType.UPDATE, EventType.UPDATE, EventType.UPDATE):
            outbox.put(event_message(kind, seconds=number))
        outbox.put(end)
    kept = taken(outbox)
    assert len(kept) == MOST_EVENTS
    assert outbox.dropped == 300 * 5 - MOST_EVENTS
    assert [event for event in kept if event.type is EventType.END] == ends
    assert sum(event.type is EventType.NEW for event in kept) == 300


def test_oldest_update_gives_way_first() -> None:
    outbox = Outbox()
    updates = [event_message(EventType.UPDATE, seconds=number) for number in range(MOST_EVENTS + 1)]
    for event in updates:
        outbox.put(event)
    assert taken(outbox) == updates[1:]


def test_what_could_not_be_sent_comes_first_again() -> None:
    outbox = Outbox()
    first, second = (event_message(EventType.NEW, seconds=number) for number in range(2))
    outbox.put(first)
    outbox.put(second)
    outbox.put_back(outbox.take(0) or second)
    assert taken(outbox) == [first, second]


def test_count_that_came_meanwhile_wins_over_one_put_back() -> None:
    outbox = Outbox()
    old = Count("frigate/back/person", 1)
    outbox.put(replace(old, count=2))
    outbox.put_back(old)
    assert outbox.take(0) == replace(old, count=2)
