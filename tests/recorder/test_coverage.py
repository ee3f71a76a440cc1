"""Gaps: where they lie, what fills them, and that a restart remembers them."""

from itertools import pairwise
from pathlib import Path

import pytest

from custom_components.frigate_native.recorder.coverage import Coverage
from custom_components.frigate_native.recorder.segment_cache import TimeRange
from custom_components.frigate_native.recorder.timeline import StreamSegment, Timeline

NOW = 1_790_000_000.0
LATER = NOW + 86400


def time_range(start: float, end: float) -> TimeRange:
    return TimeRange(start=NOW + start, end=NOW + end)


def gaps(coverage: Coverage, now: float = 420.0, *, is_recording: bool = True) -> list[tuple[float, float | None, str]]:
    found = coverage.gaps("back", NOW + now, is_recording=is_recording)
    return [(gap.start - NOW, None if gap.end is None else gap.end - NOW, gap.reason) for gap in found]


def test_gaps_are_kept_across_restarts_for_a_day(tmp_path: Path) -> None:
    coverage = Coverage(tmp_path / "coverage.json")
    coverage.set_cameras(frozenset({"back"}), NOW)
    for start, end in ((1, 60), (60, 120), (120.3, 180), (170, 240)):  # pauses of a picture, and an overlap
        coverage.add("back", time_range(start, end), LATER)
    assert gaps(coverage) == []
    coverage.add_reason("back", "the camera was away", NOW + 250)
    coverage.add("back", time_range(300, 360), NOW + 360)

    coverage = Coverage(tmp_path / "coverage.json")
    coverage.load()
    coverage.set_cameras(frozenset({"back"}), NOW + 400)
    assert coverage.newest("back", NOW + 400) == NOW + 360
    assert gaps(coverage, 420, is_recording=False) == [
        (240, 300, "the camera was away"),
        (360, None, "the recorder was not running"),
    ]
    coverage.add("back", time_range(500, 560), NOW + 560)
    assert gaps(coverage, 86400 + 400) == [(360, 500, "the recorder was not running")]

    coverage.set_cameras(frozenset(), NOW + 600)
    coverage.set_cameras(frozenset({"back"}), NOW + 9000)
    coverage.add("back", time_range(9002, 9060), NOW + 9060)
    assert gaps(coverage, 9060) == []  # nobody wanted it recorded


def test_each_gap_has_the_reason_that_was_told_in_it(tmp_path: Path) -> None:
    """A segment lies in the tree only after its end, when its camera may have gone again."""
    coverage = Coverage(tmp_path / "coverage.json")
    coverage.set_cameras(frozenset({"back"}), NOW)
    coverage.add_reason("back", "nothing answers", NOW + 5)
    coverage.add("back", time_range(30, 60), NOW + 60)
    coverage.add_reason("back", "the camera was away", NOW + 68)
    coverage.add_reason("back", "the password is wrong", NOW + 130)
    coverage.add("back", time_range(100, 122), NOW + 122)
    assert gaps(coverage, 140, is_recording=False)[1:] == [
        (60, 100, "the camera was away"),
        (122, None, "the password is wrong"),
    ]
    assert gaps(coverage, 150)[-1] == (122, 130, "the password is wrong")  # until its first segment tells more
    coverage.add("back", time_range(200, 260), NOW + 260)
    coverage.add("back", time_range(266, 320), NOW + 320)
    assert gaps(coverage) == [
        (0, 30, "nothing answers"),
        (60, 100, "the camera was away"),
        (122, 200, "the password is wrong"),
        (260, 266, "no frames arrived"),
    ]


def test_segment_that_comes_late_fills_its_gap(tmp_path: Path) -> None:
    coverage = Coverage(tmp_path / "coverage.json")
    coverage.set_cameras(frozenset({"back"}), NOW)
    for start, end in ((0, 60), (240, 300), (90, 150), (150, 240)):
        coverage.add("back", time_range(start, end), LATER)
    assert [gap[:2] for gap in gaps(coverage)] == [(60, 90)]


def test_recordings_of_the_future_hide_no_gap(tmp_path: Path) -> None:
    """The machine's clock was set back."""
    coverage = Coverage(tmp_path / "coverage.json")
    coverage.set_cameras(frozenset({"back"}), NOW)
    coverage.add("back", time_range(3540, 3600), NOW + 3600)
    assert coverage.newest("back", NOW) == NOW
    coverage.add_reason("back", "the camera was away", NOW + 100)
    coverage.add("back", time_range(300, 360), NOW + 360)
    assert (0, 300, "the camera was away") in gaps(coverage)


def test_clock_that_is_set_forth_and_back_leaves_one_gap(tmp_path: Path) -> None:
    coverage = Coverage(tmp_path / "coverage.json")
    coverage.set_cameras(frozenset({"back"}), NOW)
    coverage.add("back", time_range(0, 60), NOW + 60)
    coverage.add_reason("back", "the clock was set", NOW + 3661)
    coverage.add("back", time_range(3665, 3725), NOW + 3725)
    assert gaps(coverage, 3725) == [(60, 3665, "the clock was set")]
    coverage.add_reason("back", "the clock was set back", NOW + 126)
    coverage.add("back", time_range(3725, 3727), NOW + 127)  # late: of before it was set back
    assert coverage.newest("back", NOW + 130) == NOW + 127
    coverage.add("back", time_range(130, 190), NOW + 191)
    assert gaps(coverage, 191) == [(60, 127, "the clock was set"), (127, 130, "the clock was set back")]


@pytest.mark.parametrize("broken", ["", "[]", '{"back": {}}', '{"back": {"since": 1, "end": 2, "gaps": [[1]]}}'])
def test_broken_file_is_passed_over(tmp_path: Path, broken: str) -> None:
    (tmp_path / "coverage.json").write_text(broken)
    coverage = Coverage(tmp_path / "coverage.json")
    coverage.load()
    coverage.set_cameras(frozenset({"back"}), NOW)
    coverage.add("back", time_range(0, 60), NOW + 60)
    assert gaps(coverage) == []


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
