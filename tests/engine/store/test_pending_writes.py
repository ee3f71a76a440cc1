"""What is dropped when too much is pending for an unavailable database."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.config.model import Config
from custom_components.frigate_native.engine.errors import StoreError
from custom_components.frigate_native.engine.messages import ClockMessage, StoreMessage
from custom_components.frigate_native.engine.store import EventStore, EventWriter
from tests.servers import PATIENCE_S, wait_until

STORE = "custom_components.frigate_native.engine.store"


def test_oldest_jobs_fail_when_too_many_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{STORE}.database._CONNECT_ARGUMENTS", {"sqlite": {"timeout": 0}})
    monkeypatch.setattr(f"{STORE}.event_writer.MOST_JOBS", 3)
    path, states = tmp_path / "frigate.db", list[StoreMessage | ClockMessage]()
    recorder = EventWriter(EventStore(f"sqlite:///{path}"), Config(directory=tmp_path), states.append)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        recorder.start()
        wait_until(lambda: states)
        jobs = [recorder.submit(lambda store: store.count(), waits=True) for _ in range(5)]
        for job in jobs[:2]:
            with pytest.raises(StoreError, match="unavailable for too long"):
                job.result(PATIENCE_S)
        other.execute("ROLLBACK")
        assert [job.result(PATIENCE_S) for job in jobs[2:]] == [0, 0, 0]
    assert recorder.stop()


def test_no_more_jobs_are_taken_than_anybody_could_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{STORE}.pending_writes.MOST_JOBS", 2)
    recorder = EventWriter(EventStore(f"sqlite:///{tmp_path}/frigate.db"), Config(directory=tmp_path), lambda _: None)
    jobs = [recorder.submit(lambda store: store.count()) for _ in range(3)]  # nobody does them yet
    with pytest.raises(StoreError, match="too many jobs"):
        jobs[2].result(0)
    recorder.start()
    assert [job.result(PATIENCE_S) for job in jobs[:2]] == [0, 0]
    assert recorder.stop()
