"""YOLO models from version 3 on: one list of boxes, with or without objectness, raw heads, or detections after NMS."""

from collections.abc import Callable, Sequence
from typing import Final, override

import numpy as np

from ..backends.base import Output, OutputInfo
from ..protocol import ModelSpec, Rows
from .base import MIN_SCORE, Decoder, to_rows
from .candidates import (
    Reals,
    best_classes,
    check_classes,
    from_centres,
    from_corners,
    refuse,
    to_best_rows,
    to_reals,
)
from .yolo_heads import are_heads, flatten_heads

_AFTER_NMS: Final = {
    6: (0, 4, 5),  # x1, y1, x2, y2, score, class: YOLOv10 and later exports with NMS
    7: (1, 6, 5),  # picture, x1, y1, x2, y2, class, score: YOLOv7's
}
"""Where boxes, scores and classes are in a row, by its length."""
_STRIDES: Final = (8, 16, 32)
_FORMS: Final = (
    "one list of boxes, (1, 4 + classes, boxes) or (1, boxes, 5 + classes), three raw heads, "
    "or a list of detections of six or seven numbers"
)

type _Decode = Callable[[Sequence[Output]], Rows]


class YoloDecoder(Decoder):
    """Decodes what the outputs' shapes show.

    Lists with boxes in columns (YOLOv8 and later) have no objectness, those with boxes in rows (YOLOv5 to 7) have it,
    unless the number of labels says otherwise.
    """

    def __init__(self, model: ModelSpec, outputs: Sequence[OutputInfo]) -> None:
        """Identify the outputs; raises BackendError."""
        self._size = np.array((model.width, model.height), np.float32)
        self._outputs = outputs
        self._labels = model.classes
        self._decode = self._choose(outputs)

    @override
    def decode(self, outputs: Sequence[Output]) -> Rows:
        return self._decode(outputs)

    def _choose(self, outputs: Sequence[OutputInfo]) -> _Decode:
        if are_heads(outputs):
            check_classes(_per_box(outputs[0]) - 5, self._labels)
            return self._from_heads
        shape = outputs[0].shape
        if len(outputs) == 1 and len(shape) in (2, 3):
            if shape[-1] in _AFTER_NMS and shape[-2] not in _numbers_of_boxes(self._size):
                return self._from_detections
            if len(shape) == 3 and min(shape[1:]) > 4:
                return self._from_list(is_in_columns=shape[1] < shape[2])
        raise refuse(outputs, "yolo-generic", _FORMS)

    def _from_list(self, *, is_in_columns: bool) -> _Decode:
        shape = self._outputs[0].shape
        length = shape[1] if is_in_columns else shape[2]
        before = _before_classes(length, self._labels, is_in_columns=is_in_columns)
        check_classes(length - before, self._labels)

        def decode(outputs: Sequence[Output]) -> Rows:
            values = to_reals(outputs[0][0], self._outputs[0])
            return self._to_rows(values.T if is_in_columns else values, before)

        return decode

    def _from_heads(self, outputs: Sequence[Output]) -> Rows:
        heads = [to_reals(output, info) for output, info in zip(outputs, self._outputs, strict=True)]
        return self._to_rows(flatten_heads(heads, self._size), 5)

    def _to_rows(self, values: Reals, before: int) -> Rows:
        """Return the best of boxes (n, 4 or 5 + classes): middle, size, perhaps objectness, and a score per class."""
        if before == 5:  # no class scores higher than the object itself
            values = values[values[:, 4] >= MIN_SCORE]
        scores = values[:, before:] * values[:, 4:5] if before == 5 else values[:, before:]
        sure, labels, best = best_classes(scores)
        return to_best_rows(labels, best, from_centres(values[sure, :4], self._size))

    def _from_detections(self, outputs: Sequence[Output]) -> Rows:
        values = to_reals(outputs[0], self._outputs[0])
        values = values.reshape(-1, values.shape[-1])
        boxes, score, label = _AFTER_NMS[values.shape[-1]]
        values = values[values[:, score] >= MIN_SCORE]
        return to_rows(
            np.rint(values[:, label]), values[:, score], from_corners(values[:, boxes : boxes + 4], self._size)
        )


def _numbers_of_boxes(size: Reals) -> tuple[int, int]:
    """Return how many boxes lists before NMS have: one or three per cell of the grids."""
    width, height = (int(side) for side in size)
    cells = sum((width // stride) * (height // stride) for stride in _STRIDES)
    return cells, 3 * cells


def _before_classes(length: int, labels: int, *, is_in_columns: bool) -> int:
    """Return how many numbers come before a box's classes: with objectness 5, otherwise 4. labels 0: unknown."""
    if labels and length - labels in (4, 5):
        return length - labels
    return 4 if is_in_columns else 5


def _per_box(head: OutputInfo) -> int:
    """Return how many numbers a raw head has per box: (1, 3, h, w, numbers) or (1, 3 * numbers, h, w)."""
    return head.shape[4] if len(head.shape) == 5 else head.shape[1] // 3
