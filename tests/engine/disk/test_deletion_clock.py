"""The time to delete by, when the machine's clock jumps, restarts, or is slow to be right."""

from itertools import pairwise
from pathlib import Path
from typing import override

import pytest

from custom_components.frigate_native.engine.concurrency import Clock
from custom_components.frigate_native.engine.disk.deletion_clock import DeletionClock

NOW = 1_790_000_000.0
HOUR_S = 3600.0
DAY_S = 24 * HOUR_S
PASS_S = 600.0


class ManualClock(Clock):
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.time = NOW
        self.running_s = 0.0
        self.follows_network = False

    def run(self, seconds: float) -> None:
        self.time += seconds
        self.running_s += seconds

    def restart(self, downtime_s: float) -> None:
        self.time += downtime_s
        self.running_s = 0.0

    @override
    def now(self) -> float:
        return self.time

    @override
    def monotonic(self) -> float:
        return self.running_s

    @override
    def is_synchronized(self) -> bool:
        return self.follows_network


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "retention.txt"


@pytest.fixture
def deletion(path: Path, clock: ManualClock) -> DeletionClock:
    """Return one that has seen the right time."""
    deletion = DeletionClock(path, clock)
    assert deletion.time(lambda: NOW - HOUR_S) == NOW
    return deletion


def no_recording() -> float | None:
    return None


def passes(deletion: DeletionClock, clock: ManualClock, seconds: float) -> list[float | None]:
    """Return the times of the passes within some seconds."""
    times = []
    for _ in range(int(seconds / PASS_S)):
        clock.run(PASS_S)
        times.append(deletion.time(no_recording))
    return times


def test_network_time_is_believed_within_an_hour_and_followed_day_by_day(
    deletion: DeletionClock, clock: ManualClock
) -> None:
    clock.follows_network = True
    clock.time += 30 * DAY_S
    assert passes(deletion, clock, HOUR_S) == [None] * 6
    assert "for an hour" in deletion.problem
    times = passes(deletion, clock, DAY_S)
    assert times[-1] == clock.time
    known = [time for time in times if time is not None]
    assert all(after - before <= DAY_S + 2 * PASS_S for before, after in pairwise(known))
    assert deletion.problem == ""


def test_time_that_passes_is_followed(deletion: DeletionClock, clock: ManualClock) -> None:
    assert passes(deletion, clock, 2 * DAY_S)[-1] == NOW + 2 * DAY_S
    assert deletion.problem == ""


def test_jump_deletes_nothing_and_is_reported(
    deletion: DeletionClock, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    clock.time += 400 * DAY_S
    assert set(passes(deletion, clock, DAY_S)) == {None}
    assert "400 days ahead" in deletion.problem
    assert caplog.text.count("400 days ahead") == 1

    clock.time -= 400 * DAY_S
    assert passes(deletion, clock, PASS_S) == [clock.time]
    assert deletion.problem == ""


def test_time_that_holds_is_followed_a_day_per_pass(deletion: DeletionClock, clock: ManualClock) -> None:
    clock.time += 5 * DAY_S
    assert set(passes(deletion, clock, DAY_S)) == {None}
    times = [time for time in passes(deletion, clock, 7 * PASS_S) if time is not None]
    assert times[0] < NOW + DAY_S + 2 * DAY_S
    assert max(after - before for before, after in pairwise(times)) <= DAY_S + PASS_S
    assert times[-1] == clock.time
    assert deletion.problem == ""


def test_clock_that_jumps_again_must_hold_anew(deletion: DeletionClock, clock: ManualClock) -> None:
    clock.time += 5 * DAY_S
    passes(deletion, clock, DAY_S)
    clock.time += 5 * DAY_S
    assert set(passes(deletion, clock, DAY_S)) == {None}


def test_jump_is_not_confirmed_by_a_restart(path: Path, deletion: DeletionClock, clock: ManualClock) -> None:
    clock.time += 400 * DAY_S
    passes(deletion, clock, 2 * HOUR_S)
    clock.restart(60)
    again = DeletionClock(path, clock)
    assert again.time(lambda: clock.time) is None  # what was recorded since has the wrong time too
    assert "400 days ahead" in again.problem


@pytest.mark.parametrize(("downtime_s", "is_trusted"), [(0.9 * DAY_S, True), (30 * DAY_S, False)])
def test_downtime_of_a_day_is_trusted(
    path: Path, deletion: DeletionClock, clock: ManualClock, downtime_s: float, *, is_trusted: bool
) -> None:
    passes(deletion, clock, HOUR_S)
    clock.restart(downtime_s)
    assert DeletionClock(path, clock).time(no_recording) == (clock.time if is_trusted else None)


@pytest.mark.parametrize("saved", [None, "", "broken"])
def test_newest_recording_counts_without_a_saved_time(path: Path, clock: ManualClock, saved: str | None) -> None:
    if saved is not None:
        path.write_text(saved)
    assert DeletionClock(path, clock).time(lambda: NOW - 30 * DAY_S) is None


def test_machine_that_starts_in_1970_is_right_again_at_once(
    path: Path, deletion: DeletionClock, clock: ManualClock
) -> None:
    passes(deletion, clock, HOUR_S)
    right = clock.time
    clock.restart(0)
    clock.time = 60.0
    again = DeletionClock(path, clock)
    assert again.time(no_recording) == 60.0
    clock.time = right + 60
    assert again.time(no_recording) == clock.time


def test_time_that_was_set_back_is_confirmed_after_a_day(deletion: DeletionClock, clock: ManualClock) -> None:
    clock.time -= 10 * DAY_S
    passes(deletion, clock, 2 * DAY_S)
    clock.time += 10 * DAY_S
    assert passes(deletion, clock, PASS_S) == [None]
