"""What today's Frigate keeps of an event, and finding events by it."""

from datetime import datetime
from typing import Any

import pytest

from custom_components.frigate_native.engine.event_details import Attribute, BestView, EventNotes
from custom_components.frigate_native.engine.geometry import Size
from custom_components.frigate_native.engine.store import (
    WITHOUT,
    EventFilter,
    EventSort,
    EventStore,
    EventWrite,
    StoredEvent,
    TimeOfDay,
)
from tests.engine.builders import START, object_state

from .conftest import BERLIN

BEST = BestView(
    frame_time=START + 3,
    frame_size=Size(1280, 720),
    box=(320, 180, 640, 540),
    area=320 * 360,
    region=(0, 0, 640, 720),
    score=0.91,
    attributes=(Attribute(label="face", score=0.7, box=(320, 180, 384, 252)),),
)


def put(store: EventStore, name: str, **changes: Any) -> None:
    store.write([EventWrite(state=object_state(id=name, false_positive=False, **{"end_time": START + 10, **changes}))])


def ids(store: EventStore, **changes: Any) -> list[str]:
    return [event.id for event in store.events(EventFilter(in_progress=None, limit=None, **changes))]


def data(store: EventStore, name: str) -> dict[str, Any]:
    event = store.event(name)
    assert event is not None
    return {**event.data, "sub_label": event.sub_label}


def test_data_of_an_event_has_todays_keys(store: EventStore) -> None:
    put(store, "a", best=BEST, top_score=0.93, notes=EventNotes(sub_label="Ann", sub_label_score=0.8))
    assert data(store, "a") == {
        "type": "object",
        "score": 0.91,
        "top_score": 0.93,
        "box": [0.25, 0.25, 0.25, 0.5],
        "region": [0, 0, 0.5, 1],
        "attributes": [{"label": "face", "score": 0.7, "box": [0.25, 0.25, 0.05, 0.1]}],
        "snapshot_frame_time": START + 3,
        "snapshot_area": 320 * 360,
        "sub_label": "Ann",
        "sub_label_score": 0.8,
    }
    put(store, "bell", is_manual=True)
    assert data(store, "bell")["type"] == "api"


def test_notes_outlast_later_updates_and_can_be_removed(store: EventStore) -> None:
    put(store, "a", end_time=None)
    assert store.set_sub_label("a", "Ann", 0.8)
    assert store.set_description("a", "Somebody with a dog ☂")
    assert store.set_plate("a", "B-XY 12", 0.9)
    assert store.set_class("a", "coat", "red", 0.6)
    assert not store.set_description("unknown", "nothing")
    put(store, "a", top_score=0.99)
    noted = data(store, "a")
    assert (noted["top_score"], noted["sub_label"], noted["sub_label_score"]) == (0.99, "Ann", 0.8)
    assert (noted["description"], noted["coat"], noted["coat_score"]) == ("Somebody with a dog ☂", "red", 0.6)
    assert (noted["recognized_license_plate"], noted["recognized_license_plate_score"]) == ("B-XY 12", 0.9)
    store.set_sub_label("a", "")
    store.set_description("a", None)
    store.set_plate("a", None)
    store.set_class("a", "coat", None)
    assert data(store, "a") == {"type": "object", "score": 0.99, "top_score": 0.99, "sub_label": None}


@pytest.fixture
def filled(store: EventStore) -> EventStore:
    """Return a store with four events, an hour apart, the last one ongoing."""
    for number, name in enumerate("abcd"):
        begin = START + number * 3600
        score = 0.6 + number / 10
        best = BestView(**{**{key: getattr(BEST, key) for key in BEST.__slots__}, "score": score})
        zones = ("yard",) if name == "b" else ()
        end = None if name == "d" else begin + 10 * (number + 1)
        put(store, name, start_time=begin, end_time=end, best=best, entered_zones=zones)
    store.set_sub_label("a", "Änn, Bob")
    store.set_sub_label("b", "bob")
    store.set_plate("c", "XY 12")
    return store


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"sub_labels": ("BOB",)}, "ba"),
        ({"sub_labels": ("änn",)}, "a"),
        ({"sub_labels": ("Änn, Bob",)}, "a"),
        ({"sub_labels": ("nobody",)}, ""),
        ({"sub_labels": (WITHOUT,)}, "dc"),
        ({"sub_labels": (WITHOUT, "Bob")}, "dcba"),
        ({"plates": ("XY 12",)}, "c"),
        ({"plates": (WITHOUT,)}, "dba"),
        ({"zones": (WITHOUT,)}, "dca"),
        ({"zones": (WITHOUT, "yard")}, "dcba"),
        ({"ids": ("a", "d", "z")}, "da"),
        ({"min_score": 0.7, "max_score": 0.8}, "cb"),
        ({"min_speed": 1.0}, ""),
        ({"max_speed": 0.0}, "dcba"),
        ({"min_length": 20.0}, "cb"),
        ({"max_length": 10.0}, "a"),
        ({"sort": EventSort.SCORE}, "dcba"),
        ({"sort": EventSort.SCORE, "newest_first": False}, "abcd"),
    ],
)
def test_filter_finds(filled: EventStore, wanted: dict[str, Any], found: str) -> None:
    assert "".join(ids(filled, **wanted)) == found


def test_events_are_found_by_local_time_of_day(filled: EventStore) -> None:
    second = datetime.fromtimestamp(START, BERLIN)
    begin = second.hour * 3600 + second.minute * 60 + second.second
    end = (begin + 2 * 3600) % 86_400
    two_hours = TimeOfDay(begin_s=begin, end_s=end, time_zone=BERLIN)  # over midnight
    assert ids(filled, time_of_day=two_hours) == ["b", "a"]
    assert ids(filled, time_of_day=TimeOfDay(begin_s=end, end_s=begin, time_zone=BERLIN)) == ["d", "c"]


def test_names_are_listed(filled: EventStore) -> None:
    assert set(filled.sub_labels()) == {"Änn, Bob", "bob"}
    assert filled.plates() == ("XY 12",)


def test_events_of_another_system_are_added_once_as_they_are(store: EventStore) -> None:
    event = StoredEvent(
        id="old",
        camera="back",
        label="car",
        start_time=START,
        end_time=START + 5,
        top_score=0.7,
        zones=("yard",),
        has_clip=True,
        has_snapshot=True,
        retained=True,
        sub_label="Van",
        data={"type": "object", "score": 0.7, "top_score": 0.7, "description": "A van", "draw": {}},
        thumbnail=b"\xff\xd8",
    )
    assert store.add([event]) == 1
    assert store.add([event]) == 0
    assert store.event("old") == event
    assert store.set_description("old", "A white van")
    assert data(store, "old")["description"] == "A white van"
