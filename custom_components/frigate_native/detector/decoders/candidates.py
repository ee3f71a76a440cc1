"""What decoders of today's models share: real values, the best class of each box, boxes by their middle."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..backends.base import BackendError, Output, OutputInfo
from ..protocol import MAX_DETECTIONS, NO_ROWS, Rows
from .base import MIN_SCORE, to_rows
from .nms import Row, suppress_per_label

type Reals = NDArray[np.float32]

MAX_CANDIDATES: Final = 300
_MAX_IOU: Final = 0.5  # between the 0.45 of published YOLO models and the 0.6 of published SSD models
_LARGEST_FRACTION: Final = 2.0  # a box of larger numbers is in pixels: fractions hardly leave the picture
_MAX_LOGIT: Final = 80.0  # prevents overflow


def to_reals(stored: Output, info: OutputInfo) -> Reals:
    """Return an output's values; quantized ones are computed from what is stored."""
    values = stored.astype(np.float32, copy=False)
    return (values - np.float32(info.zero_point)) * np.float32(info.scale) if info.scale else values


def sigmoid(logits: Reals) -> Reals:
    """Return 1 / (1 + exp(-x)) of each value."""
    growth: Reals = np.exp(-np.clip(logits, -_MAX_LOGIT, _MAX_LOGIT))
    return np.reciprocal(1 + growth)


def best_classes(scores: Reals) -> tuple[NDArray[np.intp], NDArray[np.intp], Reals]:
    """Return the indices of boxes that are sure enough, their best class and its score, from scores (n, classes)."""
    best = scores.max(axis=1)
    sure = np.flatnonzero(best >= MIN_SCORE)
    if len(sure) > MAX_CANDIDATES:
        sure = sure[np.argpartition(-best[sure], MAX_CANDIDATES)[:MAX_CANDIDATES]]
    return sure, scores[sure].argmax(axis=1), best[sure]


def from_centres(boxes: Reals, size: Reals) -> Reals:
    """Return boxes (n, 4) of x, y of the middle, width, height as y1, x1, y2, x2 of 0..1.

    size is the input's (width, height) in pixels. Boxes may be in pixels or already in fractions.
    """
    middle, half = boxes[:, :2], boxes[:, 2:] / 2
    return from_corners(np.concatenate((middle - half, middle + half), axis=1), size)


def from_corners(boxes: Reals, size: Reals) -> Reals:
    """Return boxes (n, 4) of x1, y1, x2, y2, in pixels or in fractions, as y1, x1, y2, x2 of 0..1."""
    if len(boxes) and np.abs(boxes).max() > _LARGEST_FRACTION:
        boxes = (boxes / np.concatenate((size, size))).astype(np.float32, copy=False)
    return boxes[:, [1, 0, 3, 2]]


def to_best_rows(labels: NDArray[np.generic], scores: Reals, boxes: Reals) -> Rows:
    """Return the best rows, without those that overlap a better one of their label."""
    rows = to_rows(labels, scores, boxes)
    if not len(rows):
        return NO_ROWS
    candidates: list[Row] = [(int(label), *rest) for label, *rest in rows.tolist()]
    kept = suppress_per_label(candidates, _MAX_IOU)
    return np.array(kept[:MAX_DETECTIONS], np.float32).reshape(-1, 6)


def find_boxes(outputs: Sequence[OutputInfo]) -> int | None:
    """Return which of two outputs has the boxes, (1, n, 4) beside (1, n, classes); None: they are something else.

    Scores of four classes look the same: boxes come first then.
    """
    if len(outputs) != 2 or any(len(output.shape) != 3 for output in outputs):
        return None
    if outputs[0].shape[1] != outputs[1].shape[1]:
        return None
    return next((index for index, output in enumerate(outputs) if output.shape[2] == 4), None)


def refuse(outputs: Sequence[OutputInfo], model_type: str, forms: str) -> BackendError:
    """Return the error of a model whose outputs do not fit its type."""
    found = ", ".join(f"{output.name} {output.shape}".strip() for output in outputs)
    return BackendError(
        f"model.path: outputs {found}; a model of the type {model_type} has {forms}; set model.model_type to its kind"
    )


def check_classes(found: int, expected: int, *, may_have_background: bool = False) -> int:
    """Return how many classes in front are background; raises BackendError if the labels do not fit the model.

    expected is the number of labels; 0: unknown.
    """
    if expected in (0, found):
        return 0
    if may_have_background and found == expected + 1:
        return 1
    raise BackendError(
        f"model.labelmap_path: the model has {found} classes, but there are {expected} labels; "
        f"use a file with this model's {found} labels"
    )
