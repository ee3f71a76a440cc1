"""YOLOX: one list of boxes relative to the cells of three grids."""

from collections.abc import Sequence
from typing import Final, override

import numpy as np

from ..backends.base import Output, OutputInfo
from ..protocol import ModelSpec, Rows
from .base import MIN_SCORE, Decoder
from .candidates import Reals, best_classes, check_classes, from_centres, refuse, to_best_rows, to_reals

_STRIDES: Final = (8, 16, 32)
_MAX_GROWTH: Final = 10.0  # exponent; prevents overflow


class YoloxDecoder(Decoder):
    """Decodes (1, cells, 5 + classes): offsets from the cell, logarithms of the sides, objectness, class scores."""

    def __init__(self, model: ModelSpec, outputs: Sequence[OutputInfo]) -> None:
        """Lay out the cells of the model's input; raises BackendError."""
        self._size = np.array((model.width, model.height), np.float32)
        self._cells, self._strides = _lay_out(model.width, model.height)
        shape = outputs[0].shape
        if len(outputs) != 1 or len(shape) != 3 or shape[1] != len(self._cells) or shape[2] <= 5:
            raise refuse(outputs, "yolox", f"one list of boxes, (1, {len(self._cells)}, 5 + classes)")
        check_classes(shape[2] - 5, model.classes)
        self._info = outputs[0]

    @override
    def decode(self, outputs: Sequence[Output]) -> Rows:
        values = to_reals(outputs[0][0], self._info)
        likely = np.flatnonzero(values[:, 4] >= MIN_SCORE)
        values = values[likely]
        sure, labels, best = best_classes(values[:, 5:] * values[:, 4:5])
        boxes = _decoded(values[sure, :4], self._cells[likely[sure]], self._strides[likely[sure]])
        return to_best_rows(labels, best, from_centres(boxes, self._size))


def _lay_out(width: int, height: int) -> tuple[Reals, Reals]:
    """Return x and y of every cell, (n, 2), and its side in pixels, (n, 1)."""
    cells, strides = [], []
    for stride in _STRIDES:
        grid = np.stack(np.meshgrid(np.arange(width // stride), np.arange(height // stride)), axis=-1).reshape(-1, 2)
        cells.append(grid)
        strides.append(np.full((len(grid), 1), stride))
    return np.concatenate(cells).astype(np.float32), np.concatenate(strides).astype(np.float32)


def _decoded(boxes: Reals, cells: Reals, strides: Reals) -> Reals:
    """Return x and y of the middle, width and height in pixels ("YOLOX", Ge et al. 2021, section 2.1)."""
    middles = (boxes[:, :2] + cells) * strides
    sides = np.exp(np.minimum(boxes[:, 2:], _MAX_GROWTH)) * strides
    return np.concatenate((middles, sides), axis=1)
