"""The score of an object over time, by which true objects are told from false ones."""

import statistics

_KEPT = 10
_PADDED_TO = 3


def computed_score(history: list[float]) -> float:
    """Return the median of a score history, padded with zeros to three values."""
    return statistics.median(history + [0.0] * (_PADDED_TO - len(history)))


class ScoreHistory:
    """The last ten scores of one object; 0.0 stands for a look that did not find it, or found too little.

    Zeros from before the third real score are padding only and fall away with it, as the documentation's worked
    example shows (threshold 0.85 reached in its fourth row). Later zeros stay, and pull a flickering object down.
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
        """Append the score of one look."""
        self._scores.append(score)
        if score > 0:
            self._real += 1
            if self._real == _PADDED_TO:
                self._scores = [kept for kept in self._scores if kept > 0]
        del self._scores[:-_KEPT]
