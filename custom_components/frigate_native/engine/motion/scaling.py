"""Shrink the brightness plane for motion detection."""

import numpy as np
from numpy.typing import NDArray

from ..frame import Luma
from ..geometry import Size

type Gray = NDArray[np.float32]  # (h, w), 0..255


class Shrinker:
    """Bilinear sampling at fixed positions: four source pixels per result, whatever the size of the picture.

    Positions follow the usual convention, (i + 0.5) * scale - 0.5, so results match other libraries' bilinear
    scaling. Weights and indices are computed once.
    """

    def __init__(self, source: Size, target: Size) -> None:
        """Prepare to shrink pictures from `source` to `target` size."""
        self._top, self._bottom, row_weight = _neighbours(source.height, target.height)
        self._left, self._right, self._column_weight = _neighbours(source.width, target.width)
        self._row_weight = row_weight[:, np.newaxis]

    def shrink(self, luma: Luma) -> Gray:
        """Return the picture in the target size, (h, w) float32 with integral values."""
        top, bottom = luma[self._top], luma[self._bottom]
        upper = _blend(top[:, self._left], top[:, self._right], self._column_weight)
        lower = _blend(bottom[:, self._left], bottom[:, self._right], self._column_weight)
        return np.rint(_blend(upper, lower, self._row_weight))


def _blend(first: Luma | Gray, second: Luma | Gray, weight: Gray) -> Gray:
    result: Gray = np.subtract(second, first, dtype=np.float32)
    result *= weight
    result += first
    return result


def _neighbours(source: int, target: int) -> tuple[NDArray[np.intp], NDArray[np.intp], Gray]:
    """Return the two source indices of each result and the weight of the second."""
    places = np.clip((np.arange(target) + 0.5) * (source / target) - 0.5, 0, source - 1)
    first = places.astype(np.intp)
    return first, np.minimum(first + 1, source - 1), (places - first).astype(np.float32)
