"""Threads that can be stopped, and that survive errors."""

import logging
import threading

import pytest

from custom_components.frigate_native.engine.concurrency import Worker, worker as worker_module


def test_worker_runs_in_a_thread_of_its_name() -> None:
    names: list[str] = []
    worker = Worker("fn:test:work", lambda _stop: names.append(threading.current_thread().name))
    worker.start()

    assert worker.stop()
    assert names == ["fn:test:work"]


def test_worker_ends_when_it_is_asked_to() -> None:
    def work(stop: threading.Event) -> None:
        stop.wait(60)

    worker = Worker("fn:test", work)
    worker.start()
    worker.request_stop()

    assert worker.stop(10.0)
    assert not worker.is_alive


def test_worker_that_never_started_has_ended() -> None:
    assert Worker("fn:test", lambda _stop: None).stop()


def test_stop_says_when_a_thread_does_not_end(caplog: pytest.LogCaptureFixture) -> None:
    hangs = threading.Event()

    def work(_stop: threading.Event) -> None:
        hangs.wait(60)

    worker = Worker("fn:test:stuck", work)
    worker.start()

    assert not worker.stop(0.05)
    assert "fn:test:stuck" in caplog.text
    hangs.set()
    assert worker.stop()


def test_worker_starts_again_after_an_error(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(worker_module, "_FIRST_PAUSE_S", 0.01)
    turns: list[int] = []
    is_done = threading.Event()

    def work(_stop: threading.Event) -> None:
        turns.append(1)
        if len(turns) < 3:
            raise ValueError("surprise")
        is_done.set()

    worker = Worker("fn:test", work)
    worker.start()

    assert is_done.wait(10)
    assert worker.stop()
    assert len(turns) == 3
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 2
    assert "surprise" in caplog.text


def test_stop_interrupts_the_pause_after_an_error() -> None:
    has_failed = threading.Event()

    def work(_stop: threading.Event) -> None:
        has_failed.set()
        raise ValueError("surprise")

    worker = Worker("fn:test", work)
    worker.start()

    assert has_failed.wait(10)
    assert worker.stop(10.0)
