"""The index of recordings in every kind of database."""

from dataclasses import replace

from custom_components.frigate_native.engine.store import EventStore, RecordedHour, RecordedTotal, Recording
from tests.engine.builders import START

HOUR = START // 3600 * 3600


def recording(second: float, camera: str = "back", **changes: object) -> Recording:
    """Return a file of ten seconds that begins that long after a full hour."""
    path = f"2023-11/14/22/{camera}/{second:07.2f}.mp4"
    start = HOUR + second
    made = Recording(camera=camera, path=path, start=start, end=start + 10, size=1000, motion=2, objects=1)
    return replace(made, **changes)  # type: ignore[arg-type]


def test_recordings_that_overlap_a_time_are_found_in_order(store: EventStore) -> None:
    store.recordings.add([recording(20), recording(0), recording(10), recording(10, "front")])
    assert store.recordings.between("back", HOUR + 10, HOUR + 20) == [recording(10)]
    assert store.recordings.between("back", HOUR + 9.5, HOUR + 20.5) == [recording(0), recording(10), recording(20)]
    assert store.recordings.between("Back", 0, 4e9) == []
    assert store.recordings.cameras() == ("back", "front")
    assert store.recordings.newest_end("back") == HOUR + 30


def test_a_known_file_is_replaced_changed_and_removed(store: EventStore) -> None:
    store.recordings.add([recording(0)])
    store.recordings.add([recording(0, motion=7)])
    assert store.recordings.between("back", 0, 4e9) == [recording(0, motion=7)]
    store.recordings.change([recording(0, end=HOUR + 4, size=400, motion=0)])
    assert store.recordings.between("back", 0, 4e9) == [recording(0, end=HOUR + 4, size=400, motion=7)]
    store.recordings.remove([recording(0)])
    assert store.recordings.between("back", 0, 4e9) == []


def test_folders_are_listed_once(store: EventStore) -> None:
    store.recordings.add([recording(0), recording(10), recording(10, "front"), recording(20, "äpfel")])
    folders = ["2023-11/14/22/back", "2023-11/14/22/front", "2023-11/14/22/äpfel"]
    assert sorted(store.recordings.folders()) == folders
    assert store.recordings.in_folder(folders[0]) == [recording(0), recording(10)]


def test_batches_pass_every_recording_once_even_at_the_same_time(store: EventStore) -> None:
    same = [recording(30, path=f"2023-11/14/22/back/30.00-{number}.mp4") for number in range(2, 7)]
    made = [recording(0), recording(10), *same, recording(60)]
    store.recordings.add(made)
    batches = list(store.recordings.batches("back", HOUR + 60, 2))
    passed = [one.path for batch in batches for one in batch]
    assert sorted(passed) == sorted(one.path for one in made[:-1])
    assert all(len(batch) <= 2 for batch in batches[:2])


def test_batches_may_be_removed_as_they_come(store: EventStore) -> None:
    store.recordings.add([recording(10 * number) for number in range(9)])
    for batch in store.recordings.batches("back", 4e9, 4):
        store.recordings.remove(batch)
    assert store.recordings.cameras() == ()


def test_hours_sum_up_what_they_hold(store: EventStore) -> None:
    store.recordings.add([recording(0), recording(3590), recording(3600, motion=None), recording(5, "front")])
    first, second = (
        RecordedHour(camera="back", start=HOUR, files=2, seconds=20.0, size=2000, motion=4, objects=2),
        RecordedHour(camera="back", start=HOUR + 3600, files=1, seconds=10.0, size=1000, motion=0, objects=1),
    )
    assert store.recordings.hours(HOUR, HOUR + 7200, ["back"]) == [first, second]
    front = RecordedHour(camera="front", start=HOUR, files=1, seconds=10.0, size=1000, motion=2, objects=1)
    assert store.recordings.hours(HOUR, HOUR + 3600) == [first, front]


def test_totals_and_the_oldest_of_all(store: EventStore) -> None:
    store.recordings.add([recording(20), recording(0, "front"), recording(10)])
    assert store.recordings.oldest_of_all(2, HOUR + 25) == [recording(0, "front"), recording(10)]
    total = RecordedTotal(camera="back", first=HOUR + 10, last=HOUR + 30, seconds=20.0, size=2000)
    assert store.recordings.total("back") == total
    assert store.recordings.total("shed") is None


def test_hours_follow_every_change_of_what_they_hold(store: EventStore) -> None:
    made = [recording(0), recording(3595), recording(3600)]
    store.recordings.add(made)
    store.recordings.add([replace(made[0], start=HOUR + 7200, end=HOUR + 7210)])  # the path stays
    store.recordings.change([replace(made[1], start=HOUR + 3600, end=HOUR + 3604, size=400)])
    store.recordings.remove([made[2]])
    assert [(one.start - HOUR, one.seconds, one.size) for one in store.recordings.hours(0, 4e9)] == [
        (3600, 4.0, 400),
        (7200, 10.0, 1000),
    ]


def test_parts_of_hours_hold_what_begins_in_them(store: EventStore) -> None:
    store.recordings.add([recording(10 * number) for number in range(1080)])
    found = store.recordings.hours(HOUR + 1800, HOUR + 7210, ["back"])
    assert [(one.start - HOUR, one.files) for one in found] == [(0, 180), (3600, 360), (7200, 1)]
    assert [one.files for one in store.recordings.hours(HOUR + 20, HOUR + 40)] == [2]
    assert store.recordings.total("back", HOUR + 10_700) == RecordedTotal(
        camera="back", first=HOUR + 10_700, last=HOUR + 10_800, seconds=100.0, size=10_000
    )


def test_gaps_are_where_nothing_is_recorded(store: EventStore) -> None:
    store.recordings.add([recording(0, end=HOUR + 100), recording(10), recording(101), recording(200), recording(240)])
    found = [(start - HOUR, end - HOUR) for start, end in store.recordings.gaps("back", HOUR - 60, HOUR + 300, 30)]
    assert found == [(-60, 0), (111, 200), (210, 240), (250, 300)]
    assert store.recordings.gaps("back", HOUR + 5, HOUR + 95, 1) == []
    assert store.recordings.gaps("shed", HOUR, HOUR + 60, 30) == [(HOUR, HOUR + 60)]
    assert store.recordings.gaps("shed", HOUR, HOUR + 20, 30) == []
