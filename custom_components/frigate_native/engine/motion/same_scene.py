"""Recognizes a scene in frames of another size."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..frame import Frame, Luma

_GRID: Final = (24, 32)  # parts of a frame, rows and columns; each with a few points
_POINTS: Final = 4
_SAME_SHAPE: Final = 0.05  # sizes are rounded to multiples of 8 or 16
_ALIKE: Final = 0.8  # correlation; measured: 0.99 for one scene at half its size, below 0.5 for others
_FLAT: Final = 4.0  # deviation of brightness without a scene to recognize, such as at night


def is_same_scene(before: Frame, after: Frame) -> bool:
    """Return whether two frames show the same scene as a whole, whatever their sizes are."""
    shapes = before.size.width * after.size.height, after.size.width * before.size.height
    if abs(shapes[0] / shapes[1] - 1) > _SAME_SHAPE:
        return False
    first, second = _coarse(before.luma), _coarse(after.luma)
    if min(first.std(), second.std()) < _FLAT:
        return bool(abs(first.mean() - second.mean()) < _FLAT)
    return bool(np.corrcoef(first.ravel(), second.ravel())[0, 1] > _ALIKE)


def _coarse(luma: Luma) -> NDArray[np.float32]:
    """Return the mean brightness of each part of a frame, from some of its points."""
    rows, columns = (
        np.linspace(0, length - 1, parts * _POINTS).astype(np.intp)
        for length, parts in zip(luma.shape, _GRID, strict=True)
    )
    points = luma[np.ix_(rows, columns)].astype(np.float32)
    means: NDArray[np.float32] = points.reshape(_GRID[0], _POINTS, _GRID[1], _POINTS).mean(axis=(1, 3))
    return means
