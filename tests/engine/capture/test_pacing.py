"""Limited rates and playback in real time."""

import threading
from itertools import pairwise
from typing import override

import pytest

from custom_components.frigate_native.engine.capture.pacing import Pacer, RateLimit
from custom_components.frigate_native.engine.concurrency import Clock


@pytest.mark.parametrize(
    ("stream_fps", "limit", "per_second"),
    [(10, 5, 5), (25, 5, 5), (12.5, 5, 5), (5, 5, 5), (4, 5, 4), (30, 7.5, 7.5), (10, None, 10), (5.05, 5, 5)],
)
def test_rate_is_kept_on_average(stream_fps: float, limit: float | None, per_second: float) -> None:
    limiter = RateLimit(limit)

    passed = sum(limiter.admits(index / stream_fps) for index in range(round(stream_fps * 60)))

    assert passed == pytest.approx(per_second * 60, abs=2)


def test_stream_at_exactly_the_limit_loses_nothing_to_jitter() -> None:
    limiter = RateLimit(5)
    late_s = (0.0, 0.09, 0.02, 0.15, 0.0, 0.12, 0.05)

    assert all(limiter.admits(index / 5 + late_s[index % len(late_s)]) for index in range(300))


def test_burst_after_a_gap_is_limited() -> None:
    limiter = RateLimit(5)
    assert limiter.admits(0.0)

    passed = sum(limiter.admits(10 + index / 1000) for index in range(25))

    assert passed <= 2


def test_limited_pictures_are_evenly_spaced() -> None:
    limiter = RateLimit(5)

    times = [index / 25 for index in range(250) if limiter.admits(index / 25)]

    distances = [later - earlier for earlier, later in pairwise(times[2:])]
    assert distances == pytest.approx([0.2] * len(distances))


class _Waiting(threading.Event):
    """An event that is never set, and a clock that advances by each wait."""

    def __init__(self) -> None:
        super().__init__()
        self.now_s = 1000.0

    @override
    def wait(self, timeout: float | None = None) -> bool:
        self.now_s += timeout or 0.0
        return False


class _ItsClock(Clock):
    def __init__(self, event: _Waiting) -> None:
        self._event = event

    @override
    def now(self) -> float:
        return self._event.now_s

    @override
    def monotonic(self) -> float:
        return self._event.now_s


def test_pacing_keeps_the_streams_timing() -> None:
    event = _Waiting()
    pacer = Pacer(event, _ItsClock(event))
    ends = []
    for time_s in (7.0, 7.1, 7.5, 8.0):
        pacer.wait(time_s)
        ends.append(event.now_s)

    assert ends == pytest.approx([1000.0, 1000.1, 1000.5, 1001.0])


def test_delayed_reader_does_not_catch_up() -> None:
    event = _Waiting()
    pacer = Pacer(event, _ItsClock(event))
    pacer.wait(0.0)
    event.now_s += 5  # something else took five seconds
    pacer.wait(0.1)
    pacer.wait(0.2)

    assert event.now_s == pytest.approx(1005.1)


def test_broken_timestamps_do_not_block_for_hours() -> None:
    event = _Waiting()
    pacer = Pacer(event, _ItsClock(event))
    for time_s in (0.0, 0.5, 95_443.7, 1.0, 1.5):
        pacer.wait(time_s)

    assert event.now_s == pytest.approx(1001.0)
