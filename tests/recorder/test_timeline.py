"""Where segments lie in time when packets are late, streams stall and clocks are set."""

from itertools import pairwise

import pytest

from custom_components.frigate_native.recorder.timeline import StreamSegment, Timeline

NOW = 1_790_000_000.0


def place(timeline: Timeline, *segments: tuple[float, float, float]) -> list[tuple[float, float]]:
    """Place segments of a stream's start and end, arrived after NOW; return their times after NOW."""
    placed = timeline.place(
        StreamSegment(start=start, end=end, arrived=NOW + arrived, longest_s=arrived + 30)
        for start, end, arrived in segments
    )
    return [(round(each.start - NOW, 3), round(each.end - NOW, 3)) for each in placed]


@pytest.mark.parametrize("late_s", [(0.0, 0.9, 0.4, 1.5, 0.0), (0.0, 8.0, 0.0, 5.0, 0.0)], ids=["jitter", "stalls"])
def test_packets_that_are_late_shift_no_segment(late_s: tuple[float, ...]) -> None:
    timeline = Timeline()
    time_ranges = [place(timeline, (60 * i, 60 * i + 60, 60 * i + 60 + late))[0] for i, late in enumerate(late_s)]
    for i, each in enumerate(time_ranges):
        assert each == pytest.approx((60 * i, 60 * i + 60), abs=0.01)


def test_stream_that_catches_up_is_never_placed_in_the_future() -> None:
    """Its first segments came late."""
    timeline = Timeline()
    assert place(timeline, (0, 10, 12), (10, 20, 22)) == [(2, 12), (12, 22)]
    assert place(timeline, (20, 30, 30.2)) == [(22, 30.2)]
    assert place(timeline, (30, 40, 40.1)) == [(30.2, 40.1)]


def test_first_segments_are_placed_by_what_came_next() -> None:
    """A server that begins with what it has kept, in segments of a second."""
    begin = [(0.0, 1.0, 0.5), (1.0, 2.0, 0.6), (2.0, 3.0, 0.7), (3.0, 4.0, 1.7)]
    assert place(Timeline(), *begin) == [(-2.3, -1.3), (-1.3, -0.3), (-0.3, 0.7), (0.7, 1.7)]


def test_stream_that_stood_still_has_a_gap() -> None:
    timeline = Timeline()
    time_ranges = [place(timeline, (60 * i, 60 * i + 60, 60 * i + 60 + (30 if i else 0)))[0] for i in range(7)]
    assert [round(after - before) for (_, before), (after, _) in pairwise(time_ranges) if after - before > 0.1] == [30]
    assert time_ranges[-1] == (390, 450)


@pytest.mark.parametrize("step", [3600, -3600])
def test_clock_that_is_set_moves_what_follows(step: int) -> None:
    timeline = Timeline()
    place(timeline, (0, 60, 60))
    timeline.shift(step)
    assert place(timeline, (60, 120, 120 + step)) == [(60 + step, 120 + step)]


def test_clock_that_runs_faster_is_followed_without_gaps() -> None:
    timeline = Timeline()
    time_ranges = [place(timeline, (60 * i, 60 * i + 60, 60.01 * (i + 1)))[0] for i in range(500)]
    assert all(before == after for (_, before), (after, _) in pairwise(time_ranges))
    assert time_ranges[-1][1] == pytest.approx(60.01 * 500, abs=0.2)


def test_timestamps_that_jump_move_the_next_segment_only() -> None:
    timeline = Timeline()
    forth = place(timeline, (0, 60, 60), (60, 2e9, 120), (2e9, 2e9 + 60, 180))
    assert forth == [(0, 60), (60, 120), (120, 180)]
    assert place(timeline, (2e9 + 60, 30, 240)) == [(180, 240)]
    assert place(timeline, (30, 90, 300)) == [(240, 300)]
