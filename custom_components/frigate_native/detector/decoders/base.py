"""The interface of decoders and their shared functions."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ..backends.base import Output
from ..protocol import MAX_DETECTIONS, Rows

MIN_SCORE = 0.3  # lower scores are of no interest: the engine's filters start at 0.5 by default


class Decoder(Protocol):
    """Turns a model's outputs into detections."""

    def decode(self, outputs: Sequence[Output]) -> Rows:
        """Return at most MAX_DETECTIONS rows, best first, boxes within 0..1."""
        ...


def to_rows(labels: NDArray[np.generic], scores: NDArray[np.generic], boxes: NDArray[np.generic]) -> Rows:
    """Return labels (n,), scores (n,) and boxes (n, 4) as rows, best first, without invalid or empty boxes."""
    order = np.argsort(-scores.astype(np.float32), kind="stable")[:MAX_DETECTIONS]
    rows = np.empty((len(order), 6), np.float32)
    rows[:, 0] = labels[order]
    rows[:, 1] = scores[order]
    rows[:, 2:] = np.clip(boxes[order], 0.0, 1.0)
    is_good = np.isfinite(rows).all(axis=1) & (rows[:, 4] > rows[:, 2]) & (rows[:, 5] > rows[:, 3])
    return rows if is_good.all() else rows[is_good]
