"""The event store on SQLite, PostgreSQL and MariaDB."""

import random
from base64 import b64decode
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from custom_components.frigate_native.engine.errors import StoreError
from custom_components.frigate_native.engine.event_details import EventNotes
from custom_components.frigate_native.engine.store import (
    WITHOUT,
    EventField,
    EventFilter,
    EventStore,
    EventWrite,
    ReviewFilter,
    StoredEvent,
    SummaryRow,
)
from tests.engine.builders import START, object_state

ALL = EventFilter(in_progress=None, limit=None)


def put(store: EventStore, name: str, jpeg: bytes | None = None, *, seconds: float = 0, **changes: Any) -> str:
    """Store an event that began that many seconds after START and took ten."""
    begin = START + seconds
    values: dict[str, Any] = {
        "id": name,
        "start_time": begin,
        "frame_time": begin + 9,
        "end_time": begin + 10,
        "false_positive": False,
        **changes,
    }
    store.write([EventWrite(state=object_state(**values), jpeg=jpeg)])
    return name


def ids(store: EventStore, **changes: Any) -> list[str]:
    """Return the ids that a filter finds, in order."""
    return [event.id for event in store.events(replace(ALL, **changes))]


def get(store: EventStore, name: str) -> StoredEvent:
    event = store.event(name)
    assert event is not None
    return event


def test_event_comes_back_as_it_was_written(store: EventStore) -> None:
    start = 1607123955.475377
    zones = ("yard", "Haustür ☂")
    state = object_state(id=f"{start}-mxklsc", start_time=start, end_time=start + 1.25, entered_zones=zones)
    store.write([EventWrite(state=replace(state, top_score=0.958984375), jpeg=b"\xff\xd8\x00")])
    event = get(store, f"{start}-mxklsc")
    assert event == StoredEvent(
        id=f"{start}-mxklsc",
        camera="back",
        label="person",
        start_time=start,
        end_time=start + 1.25,
        top_score=0.958984375,
        zones=zones,
        data={"type": "object", "score": 0.958984375, "top_score": 0.958984375},
        thumbnail=b"\xff\xd8\x00",
    )
    payload = event.to_payload()
    assert list(payload)[:9] == [
        *("id", "label", "camera", "start_time", "end_time", "top_score", "false_positive", "zones", "thumbnail")
    ]
    assert b64decode(payload["thumbnail"]) == b"\xff\xd8\x00"
    assert payload["false_positive"] is False
    assert payload["has_clip"] is False
    assert payload["zones"] == list(zones)


def test_update_changes_the_event_and_keeps_what_others_noted(store: EventStore) -> None:
    put(store, "a", b"first", end_time=None)
    assert store.set_clip("a")
    assert store.set_snapshot("a")
    assert store.set_retained("a")
    put(store, "a", end_time=START + 60, top_score=0.9, entered_zones=("yard",))
    event = get(store, "a")
    assert (event.end_time, event.top_score, event.zones, event.thumbnail) == (START + 60, 0.9, ("yard",), b"first")
    assert event.has_clip
    assert event.has_snapshot
    assert event.retained
    put(store, "a", b"second")
    assert store.thumbnail("a") == b"second"
    assert store.count() == 1


def test_reason_for_a_missing_clip_is_kept(store: EventStore) -> None:
    put(store, "a")
    assert store.set_clip("a", "no segments")
    assert not store.set_clip("b")
    event = get(store, "a")
    assert (event.has_clip, event.clip_problem) == (False, "no segments")
    store.set_clip("a")
    event = get(store, "a")
    assert (event.has_clip, event.clip_problem) == (True, None)


def test_large_thumbnail_fits(store: EventStore) -> None:
    jpeg = bytes(range(256)) * 1000
    put(store, "a", jpeg)
    assert store.thumbnails(["a", "b"]) == {"a": jpeg}


@pytest.fixture
def filled(store: EventStore) -> EventStore:
    """Return a store with five events."""
    put(store, "a")
    put(store, "b", seconds=100, camera="front", entered_zones=("yard", "street"))
    put(store, "c", seconds=200, label="car", entered_zones=("front_yard",))
    put(store, "d", seconds=300, entered_zones=("street", "yard"))
    put(store, "e", seconds=400, camera="front", end_time=None)
    store.set_clip("b")
    store.set_snapshot("c")
    store.set_retained("d")
    return store


FILTERS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["e", "d", "c", "b", "a"]),
    ({"newest_first": False}, ["a", "b", "c", "d", "e"]),
    ({"cameras": ("front",)}, ["e", "b"]),
    ({"cameras": ("Front",)}, []),
    ({"cameras": ("front", "back")}, ["e", "d", "c", "b", "a"]),
    ({"cameras": ("fro%",)}, []),
    ({"labels": ("car",)}, ["c"]),
    ({"zones": ("yard",)}, ["d", "b"]),
    ({"zones": ("yar",)}, []),
    ({"zones": ("*",)}, []),
    ({"zones": ("front_yard", "street"), "also_zones": (("yard",),)}, ["d", "b"]),
    ({"zones": ("front_yard",), "also_zones": (("yard",),)}, []),
    ({"zones": ("yard", "front_yard")}, ["d", "c", "b"]),
    ({"cameras": ("front",), "zones": ("yard",)}, ["b"]),
    ({"after": START + 200}, ["e", "d", "c"]),
    ({"before": START + 200}, ["c", "b", "a"]),
    ({"after": START + 100, "before": START + 300.5}, ["d", "c", "b"]),
    ({"has_clip": True}, ["b"]),
    ({"has_clip": False}, ["e", "d", "c", "a"]),
    ({"has_snapshot": True}, ["c"]),
    ({"retained": True}, ["d"]),
    ({"in_progress": False}, ["d", "c", "b", "a"]),
    ({"in_progress": True}, ["e"]),
    ({"limit": 2}, ["e", "d"]),
    ({"limit": 0}, []),
    ({"limit": -1}, ["e", "d", "c", "b", "a"]),
    ({"offset": 3}, ["b", "a"]),
    ({"limit": 1, "offset": 3}, ["b"]),
]


def test_every_filter_finds_what_it_should(filled: EventStore) -> None:
    for wanted, found in FILTERS:  # in one database: making one takes longer than all of them
        assert ids(filled, **wanted) == found, wanted
        if "limit" not in wanted and "offset" not in wanted:
            assert filled.count(replace(ALL, **wanted)) == len(found), wanted


@pytest.mark.parametrize("newest_first", [True, False])
def test_pages_join_without_gap_or_repeat(store: EventStore, newest_first: bool) -> None:
    for number in range(7):
        put(store, f"{number}", seconds=number // 3)
    wanted = replace(ALL, limit=2, newest_first=newest_first)
    found: list[str] = []
    while page := store.events(wanted):
        found += [event.id for event in page]
        wanted = replace(wanted, older_than=page[-1].cursor)
    assert found == sorted(map(str, range(7)), reverse=newest_first)


def test_thumbnails_come_only_when_asked_for(store: EventStore) -> None:
    put(store, "a", b"jpeg")
    put(store, "b")
    assert [event.thumbnail for event in store.events(ALL)] == [None, b"jpeg"]
    assert [event.thumbnail for event in store.events(replace(ALL, include_thumbnails=False))] == [None, None]
    assert store.event("a", include_thumbnail=False) == replace(get(store, "a"), thumbnail=None)
    assert store.event("c") is None
    assert store.thumbnail("b") is None


def test_summary_counts_local_days(store: EventStore) -> None:
    midnight = 1711839600.0  # 2024-03-31 00:00 in Berlin, the day that lacks an hour
    put(store, "a", start_time=midnight - 0.5)
    put(store, "b", start_time=midnight)
    put(store, "c", start_time=midnight + 23 * 3600 - 0.5, entered_zones=("yard", "street"))
    put(store, "d", start_time=midnight + 23 * 3600)
    put(store, "e", start_time=midnight + 23 * 3600 + 1)
    put(store, "f", start_time=midnight, camera="front", end_time=None)

    def row(day: str, number: int, *zones: str) -> SummaryRow:
        return SummaryRow(camera="back", label="person", day=day, zones=zones, count=number)

    assert store.summary() == [
        row("2024-04-01", 2),
        row("2024-03-31", 1),
        row("2024-03-31", 1, "yard", "street"),
        row("2024-03-30", 1),
    ]
    assert store.summary(EventFilter(zones=("street",))) == [row("2024-03-31", 1, "yard", "street")]
    assert row("2024-03-31", 1, "yard").to_payload() == {
        "camera": "back",
        "label": "person",
        "sub_label": None,
        "day": "2024-03-31",
        "zones": ["yard"],
        "count": 1,
    }


def test_summary_counts_sub_labels_apart(store: EventStore) -> None:
    for name, sub_label in (("a", None), ("b", "Bob"), ("c", "Bob"), ("d", "bob, Amy"), ("e", "Bobby")):
        put(store, name, notes=EventNotes(sub_label=sub_label))
    assert [(row.sub_label, row.count) for row in store.summary()] == [
        (None, 1),
        ("Bob", 2),
        ("Bobby", 1),
        ("bob, Amy", 1),
    ]


FOUND = [
    ({"sub_labels": ("BOB",)}, "bcd"),
    ({"sub_labels": ("amy",)}, "d"),
    ({"sub_labels": ("b_b",)}, ""),
    ({"sub_labels": (WITHOUT,)}, "a"),
    ({"sub_labels": (WITHOUT, "Bobby")}, "ae"),
    ({"zones": (WITHOUT,)}, "bde"),
    ({"zones": (WITHOUT, "yard")}, "abde"),
    ({"ids": ("c", "e", "x")}, "ce"),
    ({"min_score": 0.7}, "e"),
    ({"max_score": 0.5}, "abcd"),
    ({"min_length": 20.0}, "d"),
    ({"max_length": 20.0}, "abc"),
]


@pytest.mark.parametrize(("wanted", "expected"), FOUND, ids=str)
def test_events_are_found_by_todays_filters(store: EventStore, wanted: dict[str, Any], expected: str) -> None:
    put(store, "a", top_score=0.5, entered_zones=("yard",), end_time=START + 10)
    put(store, "b", top_score=0.5, notes=EventNotes(sub_label="Bob"), end_time=START + 10)
    put(store, "c", top_score=0.5, notes=EventNotes(sub_label="bob"), entered_zones=("street",), end_time=START + 10)
    put(store, "d", top_score=0.5, notes=EventNotes(sub_label="bob, Amy"), end_time=START + 30)
    put(store, "e", top_score=0.8, notes=EventNotes(sub_label="Bobby"), end_time=None)
    found = store.events(EventFilter(**{"in_progress": None} | wanted))
    assert sorted(event.id for event in found) == list(expected)


def test_summary_follows_the_time_zone_wherever_people_live(url: str) -> None:
    dice = random.Random(3)  # the same for every run
    times = [START + dice.uniform(-800, 800) * 86_400 for _ in range(150)]
    times += [1711839600.0, 1711835999.5, 1711846800.0, 1729980000.5, 1712426400.0, 1728138600.0]  # about midnights
    states = [object_state(id=f"{number}", start_time=start, end_time=start + 1) for number, start in enumerate(times)]
    place = "UTC"
    store = EventStore(url, lambda: ZoneInfo(place))
    store.open()
    store.write([EventWrite(state=state) for state in states])
    for place in ("Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Africa/Casablanca"):
        days = Counter(datetime.fromtimestamp(start, ZoneInfo(place)).date().isoformat() for start in times)
        found = [(row.day, row.count) for row in store.summary()]
        assert found == sorted(days.items(), reverse=True)
    store.close()


def test_names_and_their_counts(store: EventStore) -> None:
    put(store, "a", entered_zones=("yard", "street"))
    put(store, "b", camera="front", label="car", entered_zones=("yard",))
    put(store, "c", seconds=100, end_time=None)
    assert (store.cameras(), store.labels(), store.zones()) == (
        ("back", "front"),
        ("car", "person"),
        ("street", "yard"),
    )
    assert store.counts(EventField.CAMERA) == {"back": 2, "front": 1}
    assert store.counts(EventField.ZONE) == {"street": 1, "yard": 2}
    assert store.counts(EventField.LABEL, EventFilter(before=START + 50)) == {"car": 1, "person": 1}


def test_deleted_events_are_gone_with_their_pictures(store: EventStore) -> None:
    put(store, "a", b"jpeg")
    put(store, "b", b"jpeg")
    assert store.delete(["a", "x"]) == 1
    assert ids(store) == ["b"]
    assert store.thumbnail("a") is None
    assert store.delete([]) == 0


def test_event_made_by_hand_is_told_from_others(store: EventStore) -> None:
    put(store, "a", is_manual=True, notes=EventNotes(sub_label="Blue van"), end_time=None)
    put(store, "b")
    assert [(event.id, event.is_manual, event.sub_label) for event in store.events(ALL)] == [
        ("b", False, None),
        ("a", True, "Blue van"),
    ]
    assert ids(store, in_progress=True) == ["a"]


def test_events_that_a_crash_left_open_are_ended_at_the_next_start(store: EventStore, url: str) -> None:
    put(store, "a", end_time=None, frame_time=START + 42.5)
    put(store, "b", seconds=5)
    assert store.interrupted == ()
    store.close()  # leaves no more than a kill does: every change is on its way before the next
    again = EventStore(url)
    again.open()
    try:
        assert [(event.id, event.end_time) for event in again.interrupted] == [("a", START + 42.5)]
        assert get(again, "a").end_time == START + 42.5
        assert get(again, "b").end_time == START + 15
    finally:
        again.close()


def test_zone_lists_of_a_failed_write_are_made_again(store: EventStore) -> None:
    state = object_state(id="a", entered_zones=("yard",), end_time=START)
    with pytest.raises(StoreError):
        store.write([EventWrite(state=state), EventWrite(state=replace(state, entered_zones=("street",)))])
    put(store, "a", entered_zones=("yard",))
    assert get(store, "a").zones == ("yard",)


UNKNOWN = {"NUL inside": "per\0son", "NUL": "\0", "half": "per\ud800son", "halves": "\udfff" * 3, "long": "x" * 70_000}


@pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN)
def test_texts_that_no_database_holds_find_nothing(filled: EventStore, text: str) -> None:
    for field in ("cameras", "labels", "zones"):
        for names in ((text,), (text, "other")):
            changes: dict[str, Any] = {field: names}
            wanted = replace(ALL, **changes)
            assert (filled.events(wanted), filled.summary(wanted)) == ([], []), field
            assert filled.count(wanted) == 0, field
            assert filled.counts(EventField.LABEL, wanted) == {}, field
    assert filled.event(text) is None
    assert filled.thumbnail(text) is None
    assert filled.thumbnails([text, "a"]) == {}
    assert not filled.set_retained(text)
    assert not filled.set_clip(text)
    assert filled.delete([text]) == 0
    assert filled.reviews.item(text, text) is None
    assert filled.reviews.of_event(text, text) is None
    assert filled.reviews.items(ReviewFilter(cameras=(text,), labels=(text,), zones=(text,), user=text)) == []
    assert filled.reviews.mark([text], text) == 0
    assert filled.recordings.between(text, 0, START) == []


def test_texts_that_no_database_holds_are_stored_as_near_as_can_be(store: EventStore) -> None:
    put(store, "a", label="per\0son\ud800", notes=EventNotes(sub_label="\0"), entered_zones=("yard\ud800",))
    put(store, "b", label="person")
    found = get(store, "a")
    assert (found.label, found.sub_label, found.zones) == ("per\ufffdson\ufffd", "\ufffd", ("yard\ufffd",))
    assert get(store, "b").label == "person"


@pytest.mark.parametrize("extreme", [1e308, -1e308, 1e-308, 2.0**63, -(2.0**63), float(10**18)])
def test_extreme_times_and_counts_are_answered(filled: EventStore, extreme: float) -> None:
    everything = ["e", "d", "c", "b", "a"]
    assert ids(filled, after=extreme) == (everything if extreme < START else [])
    assert ids(filled, before=extreme) == (everything if extreme > START else [])
    assert ids(filled, limit=10**9) == everything
    assert filled.summary(replace(ALL, after=extreme, before=extreme)) == []
    assert filled.recordings.between("front", -abs(extreme), abs(extreme)) == []


def test_a_checkpoint_moves_writes_into_the_file_for_the_writer(tmp_path: Path) -> None:
    path = tmp_path / "frigate.db"
    store = EventStore(f"sqlite:///{path}")
    store.open()
    before = path.stat().st_size
    for number in range(300):
        put(store, f"{number}")
    assert path.stat().st_size == before
    store.checkpoint()
    assert path.stat().st_size > before
    store.close()
