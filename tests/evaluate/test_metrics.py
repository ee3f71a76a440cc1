"""The figures of hand-made tracks."""

from collections.abc import Iterable

import pytest
from evaluate.details import disagreements, wrong_events
from evaluate.metrics import compare, delays_s, false_events
from evaluate.tracks import Track

FRAMES = list(range(10))


def track(name: str, x: int, frames: Iterable[int] = FRAMES, filled: Iterable[int] = ()) -> Track:
    """Return somebody who walks to the right from x on, certain but for the filled frames."""
    boxes = {frame: (x + 3 * frame, 100, x + 3 * frame + 30, 190) for frame in frames}
    return Track(id=name, label="person", boxes=boxes, certain=set(boxes) - set(filled))


def test_equal_tracks_are_perfect() -> None:
    figures = compare([track("a", 0), track("b", 200)], [track("1", 0), track("2", 200)], FRAMES)
    assert (figures.recall, figures.precision, figures.idf1) == (1, 1, 1)
    assert (figures.id_switches, figures.fragmentations) == (0, 0)


def test_new_name_half_way_is_one_switch() -> None:
    figures = compare([track("a", 0)], [track("1", 0, range(5)), track("2", 0, range(5, 10))], FRAMES)
    assert (figures.id_switches, figures.fragmentations) == (1, 0)
    assert (figures.recall, figures.precision) == (1, 1)
    assert figures.idf1 == pytest.approx(0.5)


def test_names_that_change_places_are_two_switches() -> None:
    ours = [
        track("1", 0, range(5)),
        track("1", 200, range(5, 10)),
        track("2", 200, range(5)),
        track("2", 0, range(5, 10)),
    ]
    joined = {
        name: Track(
            id=name,
            label="person",
            boxes={frame: box for part in ours if part.id == name for frame, box in part.boxes.items()},
            certain=set(FRAMES),
        )
        for name in ("1", "2")
    }
    assert compare([track("a", 0), track("b", 200)], list(joined.values()), FRAMES).id_switches == 2


def test_missed_boxes_lower_recall_and_break_the_track() -> None:
    ours = [track("1", 0, [0, 1, 2, 5, 6, 7, 8, 9]), track("2", 200)]
    figures = compare([track("a", 0), track("b", 200)], ours, FRAMES)
    assert figures.recall == pytest.approx(0.9)
    assert figures.precision == 1
    assert (figures.id_switches, figures.fragmentations) == (0, 1)


def test_object_that_is_missing_is_not_reported() -> None:
    figures = compare([track("a", 0)], [track("1", 0, filled=[8, 9])], FRAMES)
    assert figures.recall == pytest.approx(0.8)


def test_box_without_an_object_lowers_precision() -> None:
    figures = compare([track("a", 0)], [track("1", 0), track("2", 300)], FRAMES)
    assert figures.precision == pytest.approx(0.5)


@pytest.mark.parametrize("reported", [FRAMES, [0, 1, 2, 7, 8, 9]], ids=["reported", "not reported"])
def test_gap_that_the_reference_filled_counts_neither_way(reported: list[int]) -> None:
    figures = compare([track("a", 0, filled=range(3, 7))], [track("1", 0, reported)], FRAMES)
    assert (figures.recall, figures.precision) == (1, 1)


def test_empty_comparison_is_perfect() -> None:
    figures = compare([], [], FRAMES)
    assert (figures.recall, figures.precision, figures.id_switches) == (1, 1, 0)


def test_no_reports_give_no_recall() -> None:
    assert compare([track("a", 0)], [], FRAMES).recall == 0


def test_event_without_an_object_is_false() -> None:
    ghost = track("2", 300)
    assert false_events([track("a", 0)], [track("1", 0), ghost]) == [ghost]
    assert [line["id"] for line in wrong_events([track("a", 0)], [ghost])] == ["2"]


def test_event_that_was_right_half_of_the_time_is_not_false() -> None:
    assert not false_events([track("a", 0, range(5))], [track("1", 0)])


def test_details_name_frame_and_kind() -> None:
    ours = [track("1", 0, range(4)), track("2", 0, range(5, 10)), track("3", 300, [9])]
    lines = list(disagreements([track("a", 0)], ours, FRAMES))
    assert [(line["frame"], line["kind"]) for line in lines] == [(4, "missed"), (5, "switch"), (9, "surplus")]
    assert (lines[1]["before"], lines[1]["after"]) == ("1", "2")


@pytest.mark.parametrize(
    ("ours", "delay"),
    [
        pytest.param(track("1", 0), 0.0, id="at_once"),
        pytest.param(track("1", 0, range(3, 10)), 0.6, id="late"),
        pytest.param(track("1", 0, filled=range(4)), 0.8, id="expected_but_not_seen"),
        pytest.param(track("1", 300), 1.8, id="never"),
    ],
)
def test_delay_until_something_new_is_found(ours: Track, delay: float) -> None:
    times = {frame: frame / 5 for frame in FRAMES}
    assert delays_s([track("a", 0)], [ours], times) == [pytest.approx(delay)]


def test_delay_counts_from_the_first_certain_frame() -> None:
    times = {frame: frame / 5 for frame in FRAMES}
    assert delays_s([track("a", 0, filled=range(2))], [track("1", 0, range(3, 10))], times) == [pytest.approx(0.2)]
