"""Raw heads of YOLO models: three grids with three anchors each."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from ..backends.base import OutputInfo
from .candidates import Reals, sigmoid

_ANCHORS: Final = (
    ((12, 16), (19, 36), (40, 28)),
    ((36, 75), (76, 55), (72, 146)),
    ((142, 110), (192, 243), (459, 401)),
)
"""Width and height in pixels, finest grid first: YOLOv4's and YOLOv7's, as their authors published them for COCO."""


def are_heads(outputs: Sequence[OutputInfo]) -> bool:
    """Return whether the outputs are raw heads: (1, 3, h, w, 5 + classes) or (1, 3 * (5 + classes), h, w)."""
    return len(outputs) == 3 and (
        all(len(output.shape) == 5 and output.shape[1] == 3 and output.shape[4] > 5 for output in outputs)
        or all(len(output.shape) == 4 and output.shape[1] % 3 == 0 and output.shape[1] > 15 for output in outputs)
    )


def flatten_heads(heads: Sequence[Reals], size: Reals) -> Reals:
    """Return boxes (n, 5 + classes) of x, y, width, height in pixels, objectness and scores per class.

    size is the input's (width, height). The formula is that of YOLOv5 and YOLOv7:
    the middle is (2 s - 0.5 + cell) * stride, a side (2 s)^2 * anchor, where s is the sigmoid of what the head says.
    """
    finest_first = sorted((_as_grid(head) for head in heads), key=lambda grid: -grid.shape[2])
    return np.concatenate(list(_flattened(finest_first, size)))


def _as_grid(head: Reals) -> Reals:
    """Return a head as (3, h, w, numbers)."""
    if head.ndim == 4:
        _, channels, height, width = head.shape
        head = head.reshape(1, 3, channels // 3, height, width).transpose(0, 1, 3, 4, 2)
    grids: Reals = head[0]
    return grids


def _flattened(grids: Sequence[Reals], size: Reals) -> Iterator[Reals]:
    for grid, anchors in zip(grids, _ANCHORS, strict=True):
        _, height, width, numbers = grid.shape
        values = sigmoid(grid)
        stride = size / np.array((width, height), np.float32)
        cells = np.stack(np.meshgrid(np.arange(width), np.arange(height)), axis=-1)
        values[..., :2] = (values[..., :2] * 2 - 0.5 + cells) * stride
        values[..., 2:4] = (values[..., 2:4] * 2) ** 2 * np.array(anchors, np.float32)[:, None, None]
        yield values.reshape(-1, numbers)
