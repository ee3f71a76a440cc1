"""The computed score: the documentation's worked example, row by row."""

import pytest

from custom_components.frigate_native.engine.events.scores import ScoreHistory, computed_score

MIN_SCORE, THRESHOLD = 0.6, 0.85


@pytest.mark.parametrize(
    ("history", "computed"),
    [
        ([0.0, 0.0, 0.7], 0.0),
        ([0.0, 0.7, 0.0], 0.0),
        ([0.7, 0.0, 0.85], 0.7),
        ([0.7, 0.85, 0.95, 0.90], 0.875),
        ([0.7, 0.85, 0.95, 0.90, 0.88], 0.88),
        ([0.7, 0.85, 0.95, 0.90, 0.88, 0.95], 0.89),
    ],
)
def test_median_of_the_printed_histories(history: list[float], computed: float) -> None:
    assert computed_score(history) == pytest.approx(computed)


def test_true_from_the_fourth_row_on() -> None:
    history = ScoreHistory()
    is_true = []
    for score in (0.7, 0.55, 0.85, 0.90, 0.88, 0.95):
        history.add(score if score >= MIN_SCORE else 0.0)
        is_true.append(history.computed >= THRESHOLD)
    assert is_true == [False, False, False, True, True, True]


def test_two_good_scores_are_enough_one_is_not() -> None:
    history = ScoreHistory()
    history.add(0.9)
    assert history.computed == 0
    history.add(0.8)
    assert history.computed == pytest.approx(0.8)


def test_flickering_object_falls_back() -> None:
    history = ScoreHistory()
    for score in (0.9, 0.9, 0.9, 0, 0, 0.9, 0, 0, 0.9, 0, 0, 0.9, 0):
        history.add(score)
    assert history.computed == 0


def test_only_ten_scores_are_kept() -> None:
    history = ScoreHistory()
    for score in [0.5] * 20 + [0.9] * 10:
        history.add(score)
    assert history.computed == pytest.approx(0.9)
