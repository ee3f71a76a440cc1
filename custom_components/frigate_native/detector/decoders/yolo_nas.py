"""YOLO-NAS: detections after NMS, or boxes and scores before it."""

from collections.abc import Sequence
from typing import Final, override

import numpy as np

from ..backends.base import Output, OutputInfo
from ..protocol import ModelSpec, Rows
from .base import MIN_SCORE, Decoder, to_rows
from .candidates import best_classes, check_classes, find_boxes, from_corners, refuse, to_best_rows, to_reals

_FORMS: Final = "a flat list of detections, (n, 7), or boxes (1, n, 4) and scores (1, n, classes)"
_LENGTH: Final = 7  # picture, x1, y1, x2, y2, score, class


class YoloNasDecoder(Decoder):
    """Decodes the flat list of an export with NMS, and the two outputs of one without."""

    def __init__(self, model: ModelSpec, outputs: Sequence[OutputInfo]) -> None:
        """Identify the outputs; raises BackendError."""
        self._size = np.array((model.width, model.height), np.float32)
        self._outputs = outputs
        self._has_nms = len(outputs) == 1 and outputs[0].shape[-1:] == (_LENGTH,)
        boxes_at = 0 if self._has_nms else find_boxes(outputs)
        if boxes_at is None:
            raise refuse(outputs, "yolonas", _FORMS)
        self._boxes_at = boxes_at
        if not self._has_nms:
            check_classes(outputs[1 - boxes_at].shape[-1], model.classes)

    @override
    def decode(self, outputs: Sequence[Output]) -> Rows:
        reals = [to_reals(output, info) for output, info in zip(outputs, self._outputs, strict=True)]
        if not self._has_nms:
            scores = reals[1 - self._boxes_at]
            sure, labels, best = best_classes(scores.reshape(-1, scores.shape[-1]))
            boxes = reals[self._boxes_at].reshape(-1, 4)[sure]
            return to_best_rows(labels, best, from_corners(boxes, self._size))
        found = reals[0].reshape(-1, _LENGTH)
        found = found[found[:, 5] >= MIN_SCORE]
        return to_rows(np.rint(found[:, 6]), found[:, 5], from_corners(found[:, 1:5], self._size))
