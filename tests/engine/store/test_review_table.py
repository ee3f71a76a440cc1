"""Review items in every kind of database."""

from dataclasses import replace

from custom_components.frigate_native.engine.messages import ReviewState, Severity
from custom_components.frigate_native.engine.store import EventStore, ReviewDay, ReviewFilter, ReviewWrite
from tests.engine.builders import START

DAY = 86_400


def item(second: float, **changes: object) -> ReviewState:
    """Return an alert of ten seconds."""
    made = ReviewState(
        id=f"{START + second}-abc",
        camera="back",
        severity=Severity.ALERT,
        start_time=START + second,
        end_time=START + second + 10,
        last_time=START + second + 10,
        event_ids=(f"event-{second}",),
        labels=("person",),
        zones=("yard",),
        thumbnail_time=START + second,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def write(store: EventStore, *items: ReviewState) -> None:
    store.reviews.write([ReviewWrite(state=one) for one in items])


def seconds(store: EventStore, **selected: object) -> list[float]:
    found = store.reviews.items(ReviewFilter(**selected))  # type: ignore[arg-type]
    return [one.state.start_time - START for one in found]


def test_items_come_back_as_they_were_written(store: EventStore) -> None:
    written = item(0, labels=("person", "dög"), zones=("yard", "Yard"), end_time=None, last_time=START)
    store.reviews.write([ReviewWrite(state=written, webp=b"picture")])
    (found,) = store.reviews.items()
    assert found.state == written
    assert store.reviews.thumbnail(written.id) == b"picture"
    write(store, replace(written, end_time=START + 5, last_time=START + 5, severity=Severity.DETECTION))
    ended = store.reviews.item(written.id)
    assert ended is not None
    assert (ended.state.end_time, ended.state.severity) == (START + 5, Severity.DETECTION)
    assert store.reviews.thumbnail(written.id) == b"picture"


def test_items_are_selected_by_everything(store: EventStore) -> None:
    write(
        store,
        item(0),
        item(100, camera="front", severity=Severity.DETECTION, labels=("dog",), zones=()),
        item(200, labels=("car", "person"), zones=("street",)),
    )
    assert seconds(store) == [200, 100, 0]
    assert seconds(store, limit=1) == [200]
    assert seconds(store, cameras=("back",)) == [200, 0]
    assert seconds(store, severity=Severity.DETECTION) == [100]
    assert seconds(store, labels=("car", "dog")) == [200, 100]
    assert seconds(store, labels=("Dog",)) == []
    assert seconds(store, zones=("yard",)) == [0]
    assert seconds(store, after=START + 105, before=START + 150) == [100]
    assert seconds(store, after=START + 111) == [200]
    event = store.reviews.of_event("event-100")
    assert event is not None
    assert event.state.camera == "front"


def test_each_user_has_seen_other_items(store: EventStore) -> None:
    write(store, item(0), item(100))
    ids = [item(0).id, "unknown"]
    assert store.reviews.mark(ids, "anna") == 1
    assert store.reviews.mark(ids, "anna") == 1
    assert seconds(store, user="anna", is_reviewed=True) == [0]
    assert seconds(store, user="anna", is_reviewed=False) == [100]
    assert seconds(store, user="ben", is_reviewed=False) == [100, 0]
    store.reviews.mark(ids, "anna", is_reviewed=False)
    assert seconds(store, user="anna", is_reviewed=True) == []


def test_days_are_local_and_count_what_was_seen(store: EventStore) -> None:
    write(store, item(0), item(10, severity=Severity.DETECTION), item(2 * 3600), item(DAY))
    store.reviews.mark([item(2 * 3600).id], "anna")
    assert store.reviews.days(ReviewFilter(user="anna")) == [  # START is 23:13:20 in Berlin
        ReviewDay(day="2023-11-15", severity=Severity.ALERT, total=2, reviewed=1),
        ReviewDay(day="2023-11-14", severity=Severity.ALERT, total=1, reviewed=0),
        ReviewDay(day="2023-11-14", severity=Severity.DETECTION, total=1, reviewed=0),
    ]


def test_deleted_items_leave_nothing(store: EventStore) -> None:
    store.reviews.write([ReviewWrite(state=item(0), webp=b"picture")])
    store.reviews.mark([item(0).id], "anna")
    assert store.reviews.ended_before("back", Severity.ALERT, START + 11, 10) == [item(0).id]
    assert store.reviews.ended_before("back", Severity.DETECTION, START + 11, 10) == []
    assert store.reviews.delete([item(0).id]) == 1
    assert store.reviews.thumbnail(item(0).id) is None
    assert store.reviews.of_event("event-0") is None
    assert store.reviews.cameras() == ()


def test_items_of_a_crash_end_with_their_last_activity(url: str) -> None:
    first = EventStore(url)
    first.open()
    write(first, item(0, end_time=None, last_time=START + 7))
    first.close()
    second = EventStore(url)
    second.open()
    (found,) = second.reviews.items()
    assert found.state.end_time == START + 7
    second.close()
