"""Brings a region to another model's size."""

import numpy as np

from .slots import Rgb


class Resizer:
    """Takes the nearest pixels: for the few sizes that differ a little (320 to 300), and cheap."""

    def __init__(self, width: int, height: int) -> None:
        """Keep the size to bring regions to."""
        self._size = (height, width)

    def resize(self, rgb: Rgb) -> Rgb:
        """Return the region, (H, W, 3); itself when it has the size."""
        if rgb.shape[:2] == self._size:
            return rgb
        rows, columns = (_nearest(had, wanted) for had, wanted in zip(rgb.shape, self._size, strict=False))
        return rgb[rows[:, np.newaxis], columns]


def _nearest(had: int, wanted: int) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Return for each wanted place the one whose middle is nearest."""
    return ((2 * np.arange(wanted, dtype=np.intp) + 1) * had) // (2 * wanted)
