"""Resize regions to the input size of another model."""

import numpy as np

from .slots import Rgb


class Resizer:
    """Nearest-neighbour scaling: cheap, and good enough for sizes that differ little (320 and 300)."""

    def __init__(self, width: int, height: int) -> None:
        """Store the target size."""
        self._size = (height, width)

    def resize(self, rgb: Rgb) -> Rgb:
        """Return the scaled region, (H, W, 3); the region itself if the size matches."""
        if rgb.shape[:2] == self._size:
            return rgb
        rows, columns = (_nearest(source, target) for source, target in zip(rgb.shape, self._size, strict=False))
        return rgb[rows[:, np.newaxis], columns]


def _nearest(source: int, target: int) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Return the nearest source index for each target index."""
    return ((2 * np.arange(target, dtype=np.intp) + 1) * source) // (2 * target)
