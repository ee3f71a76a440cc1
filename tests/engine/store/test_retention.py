"""What is forgotten when, with a clock of the test's own."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, override

import pytest

from custom_components.frigate_native.engine.concurrency import Clock
from custom_components.frigate_native.engine.config.model import (
    CameraClipsConfig,
    ClipsConfig,
    Config,
    RecordAlertsConfig,
    RecordConfig,
    RetainAlertsConfig,
    RetainConfig,
    SnapshotsConfig,
)
from custom_components.frigate_native.engine.errors import MediaError
from custom_components.frigate_native.engine.messages import ClockMessage, EventMessage, EventType, Severity
from custom_components.frigate_native.engine.store import (
    EventFilter,
    EventStore,
    EventWrite,
    EventWriter,
    RetentionJob,
    ReviewWrite,
    StoredEvent,
)
from custom_components.frigate_native.engine.store.retention import BATCH
from tests.databases import unlock
from tests.engine.builders import START, camera_config, object_state, review_state
from tests.servers import PATIENCE_S, wait_until

DAY_S = 86_400.0
ALL = EventFilter(in_progress=None, limit=None, newest_first=False)


class FakeClock(Clock):
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = START
        self.offset = 0.0

    def jump(self, seconds: float) -> None:
        """Set the machine's clock; the monotonic one stays."""
        self.offset += seconds

    @override
    def now(self) -> float:
        return self.time + self.offset

    @override
    def monotonic(self) -> float:
        return self.time


def by_the_clock(_: object) -> float:
    """Return the time of a clock that is right."""
    return START


class Remover:
    """Remembers what files were to go, or refuses."""

    def __init__(self) -> None:
        self.calls: list[tuple[list[str], bool, bool]] = []
        self.fails = False

    def __call__(self, events: Sequence[StoredEvent], *, clips: bool, snapshots: bool) -> None:
        if self.fails:
            raise MediaError("the disk is gone")
        self.calls.append(([event.id for event in events], clips, snapshots))


def config() -> Config:
    """Keep people 3 days and all else 10 on `back`, 20 on `front`, and 5 on cameras that are gone."""
    back = CameraClipsConfig(retain=RetainConfig(default=10, objects={"person": 3}))
    front = CameraClipsConfig(retain=RetainConfig(default=20))
    return Config(
        directory=Path("/"),
        cameras={"back": camera_config(save_clips=back), "front": camera_config("front", save_clips=front)},
        save_clips=ClipsConfig(retain=RetainConfig(default=5, objects={"car": 7})),
    )


def put(store: EventStore, camera: str, label: str, days: float, **changes: Any) -> str:
    """Store an event that began that many days ago; return its id."""
    name = f"{camera} {label} {days}"
    start = START - days * DAY_S
    state = object_state(id=name, camera=camera, label=label, start_time=start, end_time=start + 5)
    store.write([EventWrite(state=replace(state, **changes), jpeg=b"jpeg")])
    return name


def left(store: EventStore) -> set[str]:
    return {event.id for event in store.events(ALL)}


def test_events_expire_by_camera_and_label(store: EventStore) -> None:
    kept = {
        put(store, "back", "person", 2.9),
        put(store, "back", "person", 3),
        put(store, "back", "car", 9.9),
        put(store, "front", "person", 19.9),
        put(store, "gone", "person", 4.9),
        put(store, "gone", "car", 6.9),
    }
    expired = {
        put(store, "back", "person", 3.1),
        put(store, "back", "car", 10.1),
        put(store, "front", "person", 20.1),
        put(store, "gone", "person", 5.1),
        put(store, "gone", "car", 7.1),
    }
    remover = Remover()
    assert sum(RetentionJob(config(), remover, by_the_clock).steps(store)) == len(expired)
    assert left(store) == kept
    assert {name for names, *_ in remover.calls for name in names} == expired
    assert all((clips, snapshots) == (True, True) for _, clips, snapshots in remover.calls)


def test_event_that_goes_on_and_retained_ones_stay_for_ever(store: EventStore) -> None:
    going_on = put(store, "back", "person", 400, end_time=None)
    retained = put(store, "back", "person", 500)
    put(store, "back", "person", 450)
    store.set_retained(retained)
    list(RetentionJob(config(), Remover(), by_the_clock).steps(store))
    assert left(store) == {going_on, retained}


def test_many_events_go_a_few_at_a_time(store: EventStore) -> None:
    for number in range(BATCH * 2 + 1):
        put(store, "back", "person", 10 + number)
    assert list(RetentionJob(config(), None, by_the_clock).steps(store)) == [BATCH, BATCH, 1]


def test_events_stay_while_their_files_cannot_be_deleted(store: EventStore) -> None:
    name = put(store, "back", "person", 30)
    remover = Remover()
    remover.fails = True
    job = RetentionJob(config(), remover, by_the_clock)
    assert list(job.steps(store)) == []
    assert left(store) == {name}
    remover.fails = False
    assert list(job.steps(store)) == [1]


@pytest.mark.parametrize(("clip_days", "snapshot_days"), [(3, 10), (10, 3)])
def test_clip_and_snapshot_expire_each_in_its_time(store: EventStore, clip_days: int, snapshot_days: int) -> None:
    camera = camera_config(
        save_clips=CameraClipsConfig(retain=RetainConfig(default=clip_days)),
        snapshots=SnapshotsConfig(retain=RetainConfig(default=snapshot_days), enabled=True),
    )
    name, _ = put(store, "back", "person", 5), put(store, "back", "person", 11)
    store.set_clip(name)
    store.set_snapshot(name)
    remover = Remover()
    job = RetentionJob(Config(directory=Path("/"), cameras={"back": camera}), remover, by_the_clock)
    list(job.steps(store))
    assert left(store) == {name}
    event = store.event(name)
    assert event is not None
    assert (event.has_clip, event.has_snapshot) == (clip_days == 10, snapshot_days == 10)
    assert remover.calls[-1] == ([name], clip_days == 3, snapshot_days == 3)
    assert list(job.steps(store)) == []


def followed(directory: Path) -> Path:
    """Return the file of an earlier run that ended at START."""
    file = directory / "events.txt"
    file.write_text(f"{START:.0f}")
    return file


def test_clock_that_jumps_deletes_nothing_and_is_reported(tmp_path: Path) -> None:
    clock, messages = FakeClock(), list[object]()
    store = EventStore(f"sqlite:///{tmp_path}/frigate.db")
    recorder = EventWriter(store, config(), messages.append, clock=clock, deletion_file=followed(tmp_path))
    recorder.start()
    try:
        name = recorder.submit(lambda store: put(store, "back", "person", 1)).result(PATIENCE_S)
        clock.jump(400 * DAY_S)
        clock.time += 600
        wait_until(lambda: any(isinstance(message, ClockMessage) for message in messages))
        assert left(store) == {name}
        (report,) = [message for message in messages if isinstance(message, ClockMessage)]
        assert "400 days ahead" in report.problem
        assert "old events are not deleted" in report.problem

        clock.jump(-400 * DAY_S)
        clock.time += 600
        wait_until(lambda: messages[-1] == ClockMessage(problem=""))
        assert left(store) == {name}
    finally:
        recorder.stop()


def test_recorder_forgets_every_ten_minutes(tmp_path: Path) -> None:
    clock = FakeClock()
    store = EventStore(f"sqlite:///{tmp_path}/frigate.db")
    recorder = EventWriter(
        store, config(), lambda _: None, remove_files=Remover(), clock=clock, deletion_file=followed(tmp_path)
    )
    recorder.start()
    try:
        name = recorder.submit(lambda store: put(store, "back", "person", 30)).result(PATIENCE_S)
        clock.time += 599
        recorder.submit(lambda _: None).result(PATIENCE_S)
        assert left(store) == {name}
        clock.time += 1
        recorder.submit(lambda _: None).result(PATIENCE_S)
        wait_until(lambda: not left(store))
    finally:
        recorder.stop()


class PatientStore(EventStore):
    """A store that begins to forget when the new event is on its way, and knows what was left when it was written."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.has_begun, self.may_go_on = threading.Event(), threading.Event()
        self.left = 0

    @override
    def delete(self, event_ids: Sequence[str]) -> int:
        self.has_begun.set()
        assert self.may_go_on.wait(PATIENCE_S)
        return super().delete(event_ids)

    @override
    def write(self, writes: Sequence[EventWrite]) -> None:
        super().write(writes)
        if writes[0].state.id == "new":
            self.left = self.count()


def test_events_are_written_while_many_are_forgotten(url: str, tmp_path: Path) -> None:
    clock = FakeClock()
    store, other = PatientStore(url), EventStore(url)
    recorder = EventWriter(store, config(), lambda _: None, clock=clock, deletion_file=followed(tmp_path))
    recorder.start()
    try:
        states = [object_state(id=f"old {n}", start_time=START - 90 * DAY_S + n, end_time=START) for n in range(1000)]
        recorder.submit(lambda store: store.write([EventWrite(state=state) for state in states])).result(PATIENCE_S)
        unlock(url)
        other.open()
        clock.time += 600
        assert store.has_begun.wait(PATIENCE_S)
        new = object_state(id="new", start_time=START, end_time=START + 1)
        recorder.receive(EventMessage(type=EventType.END, before=new, after=new))
        store.may_go_on.set()
        put(other, "back", "person", 0.5)
        recorder.submit(lambda _: None).result(PATIENCE_S)
        assert store.left > 2  # of the old ones some were still there
        wait_until(lambda: left(store) == {"new", "back person 0.5"})
    finally:
        recorder.stop()
        other.close()


def test_review_items_expire_with_the_events_or_recordings_of_their_camera(store: EventStore) -> None:
    recorded = RecordConfig(enabled=True, alerts=RecordAlertsConfig(retain=RetainAlertsConfig(days=30)))
    back = replace(config().cameras["back"], record=recorded)
    known = replace(config(), cameras={"back": back})
    for camera, severity, days in (
        ("back", Severity.ALERT, 29),
        ("back", Severity.ALERT, 31),
        ("back", Severity.DETECTION, 9),
        ("back", Severity.DETECTION, 11),
        ("gone", Severity.ALERT, 4),
        ("gone", Severity.ALERT, 6),
    ):
        end = START - days * DAY_S
        item = replace(review_state(camera, end), id=f"{camera}-{days}", start_time=end - 9, severity=severity)
        store.reviews.write([ReviewWrite(state=item, webp=b"webp")])

    list(RetentionJob(known, None, by_the_clock).steps(store))

    assert {one.state.id for one in store.reviews.items()} == {"back-29", "back-9", "gone-4"}
