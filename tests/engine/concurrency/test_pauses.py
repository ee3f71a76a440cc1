"""Pauses between attempts, and a common limit for several waits."""

import time
from typing import override

import pytest

from custom_components.frigate_native.engine.concurrency import Backoff, Deadline, SystemClock


class _SetClock(SystemClock):
    def __init__(self) -> None:
        self.now_s = 100.0

    @override
    def monotonic(self) -> float:
        return self.now_s


def test_pauses_double_up_to_the_longest() -> None:
    backoff = Backoff(1, 5)

    assert [backoff.next_s() for _ in range(5)] == [1, 2, 4, 5, 5]


def test_reset_goes_back_to_the_shortest_pause() -> None:
    backoff = Backoff(1, 60)
    backoff.next_s()
    backoff.next_s()
    backoff.reset()

    assert backoff.next_s() == 1


def test_deadline_counts_down_to_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    now_s = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now_s)
    deadline = Deadline(5)
    now_s = 103.0
    assert (deadline.left_s(), deadline.has_passed) == (2.0, False)
    now_s = 120.0
    assert (deadline.left_s(), deadline.has_passed) == (0.0, True)


def test_deadline_follows_the_clock_it_is_given() -> None:
    clock = _SetClock()
    deadline = Deadline(5, clock)
    clock.now_s += 5

    assert deadline.has_passed
