"""The storage thread, with a real database that comes and goes."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import override

import pytest
from PIL import Image

from custom_components.frigate_native.engine.concurrency import Clock
from custom_components.frigate_native.engine.config.model import Config
from custom_components.frigate_native.engine.errors import StoreError
from custom_components.frigate_native.engine.messages import ClockMessage, EventMessage, EventType, StoreMessage
from custom_components.frigate_native.engine.store import EventFilter, EventStore, EventWriter
from tests.databases import unlock
from tests.engine.builders import START, event_message, snapshot_message
from tests.servers import PATIENCE_S, wait_until

ALL = EventFilter(in_progress=None, limit=None)
CONFIG = Config(directory=Path("/"))


class System:
    """A recorder, its store and what it has told."""

    def __init__(self, url: str, clock: Clock | None = None) -> None:
        self.states: list[StoreMessage] = []
        self.store = EventStore(url)
        self.recorder = EventWriter(self.store, CONFIG, self._on_state, clock=clock)

    def _on_state(self, message: StoreMessage | ClockMessage) -> None:
        assert isinstance(message, StoreMessage)
        self.states.append(message)

    def settle(self) -> None:
        """Return when all that was sent before is stored."""
        self.recorder.submit(lambda _: None).result(PATIENCE_S)


@contextmanager
def running(url: str, clock: Clock | None = None) -> Iterator[System]:
    system = System(url, clock)
    system.recorder.start()
    try:
        yield system
    finally:
        assert system.recorder.stop()


@pytest.fixture
def system(url: str) -> Iterator[System]:
    with running(url) as system:
        yield system


@pytest.fixture
def blocked(tmp_path: Path) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """Return a database file that another program has locked."""
    path = tmp_path / "frigate.db"
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield path, other


def message(kind: EventType, name: str = "a", *, seconds: float = 0, gray: int | None = None) -> EventMessage:
    sent = event_message(kind, seconds=seconds, event_id=name)
    picture = snapshot_message("back", "person").picture if gray is not None else None
    return replace(sent, picture=picture)


def test_event_is_stored_when_it_begins_and_when_it_ends(system: System) -> None:
    system.recorder.receive(message(EventType.NEW, gray=90))
    system.settle()
    (event,) = system.store.events(ALL)
    assert event.end_time is None
    assert system.recorder.picture("a") is not None
    assert [state.id for state in system.recorder.states()] == ["a"]
    with Image.open(BytesIO(event.thumbnail or b"")) as image:
        assert (image.format, image.size) == ("JPEG", (175, 175))
    system.recorder.receive(message(EventType.END, seconds=8))
    system.settle()
    (ended,) = system.store.events(ALL)
    assert ended == replace(event, end_time=START + 8)
    assert system.recorder.picture("a") is None
    assert system.recorder.state("a") is None
    assert system.recorder.states() == []
    assert system.states == [StoreMessage(is_working=True)]


class SetClock(Clock):
    """Time as the test sets it, counted from START."""

    seconds = 0.0

    @override
    def now(self) -> float:
        return START + self.seconds

    @override
    def monotonic(self) -> float:
        return self.seconds


def test_event_that_a_crash_cuts_off_ends_when_it_was_last_known_to_go_on(url: str) -> None:
    clock = SetClock()
    with running(url, clock) as system:
        system.recorder.receive(message(EventType.NEW, "a"))
        system.recorder.receive(message(EventType.NEW, "b"))
        system.recorder.receive(message(EventType.END, "b", seconds=3))
        system.settle()
        clock.seconds = 60  # in which nothing was told of it
        system.settle()
        clock.seconds = 62  # too early for the next time
        system.settle()
        unlock(url)
        next_run = EventStore(url)
        next_run.open()
        assert [(event.id, event.end_time) for event in next_run.interrupted] == [("a", START + 60)]
        assert [event.end_time for event in next_run.events(ALL)] == [START + 3, START + 60]
        next_run.close()


def test_job_runs_after_the_events_before_it_and_gives_its_result(system: System) -> None:
    system.recorder.receive(message(EventType.NEW))
    system.recorder.receive(message(EventType.END, seconds=3))
    assert system.recorder.submit(lambda store: store.set_clip("a")).result(PATIENCE_S)
    assert system.store.events(EventFilter(has_clip=True))
    name = system.recorder.submit(lambda _: threading.current_thread().name)
    assert name.result(PATIENCE_S) == "fn:storage"


def test_job_that_fails_tells_who_submitted_it_and_harms_nobody(system: System) -> None:
    with pytest.raises(ZeroDivisionError):
        system.recorder.submit(lambda _: 1 / 0).result(PATIENCE_S)
    system.settle()


def test_what_waits_at_the_stop_is_stored(url: str) -> None:
    with running(url) as system:
        system.settle()
        for number in range(250):
            system.recorder.receive(message(EventType.END, f"{number}", seconds=number))
    with pytest.raises(StoreError, match="closed"):
        system.recorder.submit(lambda _: None).result(0)
    store = EventStore(url)
    store.open()
    assert store.count() == 250
    store.close()


def test_events_wait_while_the_database_is_locked(
    blocked: tuple[Path, sqlite3.Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "custom_components.frigate_native.engine.store.database._CONNECT_ARGUMENTS", {"sqlite": {"timeout": 0}}
    )
    path, other = blocked
    with running(f"sqlite:///{path}") as system:
        wait_until(lambda: system.states)
        assert not system.states[0].is_working
        assert "locked" in system.states[0].text
        assert "network share" in system.states[0].text
        with pytest.raises(StoreError, match="locked"):
            system.recorder.submit(lambda store: store.count()).result(PATIENCE_S)
        patient = system.recorder.submit(lambda store: store.set_clip("a"), waits=True)
        system.recorder.receive(message(EventType.NEW, gray=90))
        system.recorder.receive(message(EventType.END, seconds=5, gray=90))
        wait_until(lambda: system.recorder.thumbnail("a"))
        assert not patient.done()
        other.execute("ROLLBACK")
        assert patient.result(PATIENCE_S)
        assert [state.is_working for state in system.states] == [False, True]
        wait_until(lambda: [event.end_time for event in system.store.events(ALL)] == [START + 5])
        (event,) = system.store.events(ALL)
        assert event.has_clip
        assert event.thumbnail


def test_when_too_many_wait_ends_are_kept_and_what_goes_on_is_left_out(
    blocked: tuple[Path, sqlite3.Connection], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "custom_components.frigate_native.engine.store.database._CONNECT_ARGUMENTS", {"sqlite": {"timeout": 0}}
    )
    monkeypatch.setattr("custom_components.frigate_native.engine.store.pending_writes.MOST_EVENTS", 3)
    monkeypatch.setattr("custom_components.frigate_native.engine.store.event_writer.MOST_EVENTS", 3)
    path, other = blocked
    with running(f"sqlite:///{path}") as system:
        system.recorder.receive(message(EventType.END, "end-1", seconds=1))
        for number in range(6):
            system.recorder.receive(message(EventType.UPDATE, f"going-on-{number}", seconds=10 + number))
        system.recorder.receive(message(EventType.END, "end-2", seconds=2))
        wait_until(lambda: system.states)
        other.execute("ROLLBACK")
        wait_until(lambda: len(system.states) == 2)
        system.settle()
        assert {event.id for event in system.store.events(EventFilter())} == {"end-1", "end-2"}
        assert system.store.count() == 3


def test_stop_ends_at_once_while_the_database_is_away(blocked: tuple[Path, sqlite3.Connection]) -> None:
    system = System(f"sqlite:///{blocked[0]}")
    system.recorder.start()
    job = system.recorder.submit(lambda store: store.count(), waits=True)
    assert system.recorder.stop()
    with pytest.raises(StoreError):
        job.result(0)
    assert system.recorder.stop()
