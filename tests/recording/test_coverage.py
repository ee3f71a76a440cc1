"""Gaps: where they lie, what fills them, and that a restart remembers them."""

from itertools import pairwise
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.recording.coverage import Coverage
from custom_components.frigate_native.engine.recording.spool import Span
from custom_components.frigate_native.engine.recording.timeline import Timeline

NOW = 1_790_000_000.0


def span(start: float, end: float) -> Span:
    return Span(start=NOW + start, end=NOW + end)


def gaps(coverage: Coverage, now: float = 0.0, *, is_recording: bool = True) -> list[tuple[float, float | None, str]]:
    found = coverage.gaps("back", NOW + now, is_recording=is_recording)
    return [(gap.start - NOW, None if gap.end is None else gap.end - NOW, gap.reason) for gap in found]


def test_gaps_are_kept_across_restarts_for_a_day(tmp_path: Path) -> None:
    coverage = Coverage(tmp_path / "coverage.json")
    coverage.want(frozenset({"back"}), NOW)
    for start, end in ((1, 60), (60, 120), (120.3, 180), (170, 240)):  # pauses of a picture, and an overlap
        coverage.add("back", span(start, end))
    assert gaps(coverage) == []
    coverage.blame("back", "the camera was away")
    coverage.add("back", span(300, 360))

    coverage = Coverage(tmp_path / "coverage.json")
    coverage.load()
    coverage.want(frozenset({"back"}), NOW + 400)
    assert coverage.newest("back") == NOW + 360
    assert gaps(coverage, 420, is_recording=False) == [
        (240, 300, "the camera was away"),
        (360, None, "the recorder did not run"),
    ]
    coverage.add("back", span(500, 560))
    assert gaps(coverage, 86400 + 400) == [(360, 500, "the recorder did not run")]

    coverage.want(frozenset(), NOW + 600)
    coverage.want(frozenset({"back"}), NOW + 9000)
    coverage.add("back", span(9002, 9060))
    assert gaps(coverage, 9060) == []  # nobody wanted it recorded


def test_segment_that_comes_late_fills_its_gap(tmp_path: Path) -> None:
    coverage = Coverage(tmp_path / "coverage.json")
    coverage.want(frozenset({"back"}), NOW)
    for start, end in ((0, 60), (240, 300), (90, 150), (150, 240)):
        coverage.add("back", span(start, end))
    assert [gap[:2] for gap in gaps(coverage)] == [(60, 90)]


@pytest.mark.parametrize("broken", ["", "[]", '{"back": {}}', '{"back": {"since": 1, "end": 2, "gaps": [[1]]}}'])
def test_broken_file_is_passed_over(tmp_path: Path, broken: str) -> None:
    (tmp_path / "coverage.json").write_text(broken)
    coverage = Coverage(tmp_path / "coverage.json")
    coverage.load()
    coverage.want(frozenset({"back"}), NOW)
    coverage.add("back", span(0, 60))
    assert gaps(coverage) == []


def test_packets_that_are_late_shift_no_segment() -> None:
    timeline = Timeline()
    late_s = (0.0, 0.9, 0.4, 1.5, 0.0)
    spans = [timeline.place(60 * i, 60 * i + 60, NOW + 60 * i + 60 + late, 1e6) for i, late in enumerate(late_s)]
    for i, each in enumerate(spans):
        assert (each.start - NOW, each.end - NOW) == pytest.approx((60 * i, 60 * i + 60), abs=0.01)


def test_clock_that_runs_faster_is_followed_without_gaps() -> None:
    timeline = Timeline()
    spans = [timeline.place(60 * i, 60 * i + 60, NOW + 60.01 * (i + 1), 1e6) for i in range(500)]
    assert all(before.end == after.start for before, after in pairwise(spans))
    assert spans[-1].end == pytest.approx(NOW + 60.01 * 500, abs=0.2)


def test_timestamps_that_jump_move_the_next_segment_only() -> None:
    timeline = Timeline()
    timeline.place(0, 60, NOW + 60, 90)
    jumped = timeline.place(60, 2e9, NOW + 120, 150)
    assert jumped.end == NOW + 120
    assert jumped.start >= NOW - 30
    after = timeline.place(2e9, 2e9 + 60, NOW + 180, 210)
    assert (after.start, after.end) == pytest.approx((NOW + 120, NOW + 180))
