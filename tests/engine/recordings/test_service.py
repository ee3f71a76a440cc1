"""A running system keeps the index of its recordings, over restarts and when the database is lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.context import EngineContext
from custom_components.frigate_native.engine.event_storage import EventStorage
from custom_components.frigate_native.engine.features import Features
from custom_components.frigate_native.engine.messages import ActivityMessage
from custom_components.frigate_native.engine.paths import MediaPaths
from custom_components.frigate_native.engine.store import EventStore
from tests.databases import unlock
from tests.engine.recordings.tree import BERLIN, DAY_S, NOON, FakeClock, Tree
from tests.servers import wait_until


@contextmanager
def running(folder: Path, clock: FakeClock) -> Iterator[EventStorage]:
    """Run a system with a camera whose recordings are in the folder."""
    camera = {"ffmpeg": {"inputs": [{"path": "/nowhere.mp4", "roles": ["detect", "record"]}]}}
    config = config_from_mapping({"cameras": {"back": camera}}, folder)
    paths = MediaPaths(clips=folder / "clips", recordings=folder / "recordings", cache=folder / "cache")
    context = EngineContext(clock=clock, time_zone=lambda: BERLIN)
    storage = EventStorage(config, paths, context, Features(config.cameras, lambda _: None), lambda _: None)
    storage.start()
    try:
        yield storage
    finally:
        storage.stop()


def times(store: EventStore) -> list[float]:
    """Return when the recordings in the index begin, after noon."""
    return [round(one.start - NOON) for one in store.recordings.between("back", 0, 4e9)] if store.is_open else []


def test_what_was_recorded_and_deleted_meanwhile_is_known_after_a_restart(tree: Tree) -> None:
    gone = tree.record(NOON - DAY_S)
    tree.record(NOON - 40)
    with running(tree.folder, FakeClock(is_running=True)) as storage:
        wait_until(lambda: times(storage.store) == [-DAY_S, -40])
    gone.unlink()
    tree.record(NOON - 2 * DAY_S)
    tree.record(NOON - 30)
    with running(tree.folder, FakeClock(is_running=True)) as storage:
        wait_until(lambda: times(storage.store) == [-2 * DAY_S, -40, -30])


def test_figures_of_the_engine_reach_the_index(tree: Tree) -> None:
    with running(tree.folder, FakeClock(is_running=True)) as storage:
        for second in range(-40, 0):
            storage.receive(ActivityMessage(camera="back", time=NOON + second, motion=1, objects=2))
        tree.record(NOON - 30)
        wait_until(lambda: times(storage.store) == [-30])
        (known,) = storage.store.recordings.between("back", 0, 4e9)
        assert (known.motion, known.objects) == (11, 22)


def test_a_database_that_is_lost_while_running_is_filled_again(tree: Tree) -> None:
    tree.record(NOON - 5 * DAY_S)
    tree.record(NOON - 30)
    with running(tree.folder, FakeClock(is_running=True)) as storage:
        wait_until(lambda: len(times(storage.store)) == 2)
        for name in ("frigate.db", "frigate.db-wal", "frigate.db-shm"):
            (tree.folder / "clips" / name).unlink(missing_ok=True)
        wait_until(lambda: storage.store.openings == 2 and len(times(storage.store)) == 2)
        url = f"sqlite:///{tree.folder}/clips/frigate.db"
        unlock(url)
        with closing(EventStore(url)) as other:
            other.open()
            assert len(times(other)) == 2


def test_what_could_not_be_stored_is_found_later(tree: Tree, caplog: pytest.LogCaptureFixture) -> None:
    clock = FakeClock(is_running=True)
    with running(tree.folder, clock) as storage:
        wait_until(lambda: storage.store.is_open)
        with closing(sqlite3.connect(tree.folder / "clips" / "frigate.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            tree.record(NOON - 30)
            wait_until(lambda: "looking for new files failed" in caplog.text)
            clock.time += 2 * 3600
        wait_until(lambda: times(storage.store) == [-30])
