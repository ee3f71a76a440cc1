"""The score of an object over time, which separates confirmed objects from false positives."""

import statistics

_KEPT = 10
_PADDED_TO = 3


def computed_score(history: list[float]) -> float:
    """Return the median of a score history, padded with zeros to three values."""
    return statistics.median(history + [0.0] * (_PADDED_TO - len(history)))


class ScoreHistory:
    """The last ten scores of one object; 0.0 means that a detection run did not find it, or not with enough score.

    Zeros before the third real score are only padding and are removed with it, as in the documentation's example
    (threshold 0.85 is reached in its fourth row). Later zeros are kept and lower the score of a flickering object.
    """

    def __init__(self) -> None:
        """Start without a score."""
        self._scores: list[float] = []
        self._real = 0

    @property
    def computed(self) -> float:
        """The median of the history, 0..1."""
        return computed_score(self._scores)

    def add(self, score: float) -> None:
        """Append the score of one detection run."""
        self._scores.append(score)
        if score > 0:
            self._real += 1
            if self._real == _PADDED_TO:
                self._scores = [kept for kept in self._scores if kept > 0]
        del self._scores[:-_KEPT]
