"""Gaps: where they lie, what fills them, and that a restart remembers them."""

from pathlib import Path

import pytest

from custom_components.frigate_native.recorder.coverage import Coverage
from custom_components.frigate_native.recorder.segment_cache import TimeRange

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
    assert gaps(coverage, 9060) == []  # recording was not enabled


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
