"""Detection transformers: D-FINE, DEIM and RT-DETR, and RF-DETR. Each of their boxes is another object: no NMS."""

from collections.abc import Sequence
from typing import Final, override

import numpy as np

from ..backends.base import Output, OutputInfo
from ..protocol import ModelSpec, Rows
from .base import MIN_SCORE, Decoder, to_rows
from .candidates import best_classes, check_classes, find_boxes, from_centres, from_corners, refuse, sigmoid, to_reals

_DFINE_FORMS: Final = (
    "labels (1, n), boxes (1, n, 4) and scores (1, n), or boxes (1, n, 4) and classes (1, n, classes), "
    "or one list (1, n, 4 + classes)"
)


class QueriesDecoder(Decoder):
    """Decodes boxes (1, n, 4) by their middle, in fractions, and one logit per class, (1, n, classes)."""

    def __init__(self, model: ModelSpec, outputs: Sequence[OutputInfo], model_type: str) -> None:
        """Identify the outputs; raises BackendError."""
        self._size = np.array((model.width, model.height), np.float32)
        self._outputs = outputs
        boxes_at = find_boxes(outputs)
        if boxes_at is None:
            raise refuse(outputs, model_type, "boxes (1, n, 4) and classes (1, n, classes)")
        self._boxes_at = boxes_at
        classes = outputs[1 - self._boxes_at].shape[2]
        self._background = check_classes(classes, model.classes, may_have_background=True)

    @override
    def decode(self, outputs: Sequence[Output]) -> Rows:
        reals = [to_reals(output[0], info) for output, info in zip(outputs, self._outputs, strict=True)]
        scores = sigmoid(reals[1 - self._boxes_at][:, self._background :])
        sure, labels, best = best_classes(scores)
        return to_rows(labels, best, from_centres(reals[self._boxes_at][sure], self._size))


class LabelledBoxesDecoder(Decoder):
    """Decodes labels (1, n), boxes (1, n, 4) of corners in the input's pixels and scores (1, n), in any order."""

    def __init__(self, model: ModelSpec, outputs: Sequence[OutputInfo]) -> None:
        """Identify the outputs by their names and shapes; raises BackendError."""
        self._size = np.array((model.width, model.height), np.float32)
        self._outputs = outputs
        places = {name: index for index, output in enumerate(outputs) for name in _NAMES if name in output.name.lower()}
        if set(places) != set(_NAMES) or outputs[places["boxes"]].shape[-1] != 4:
            raise refuse(outputs, "dfine", _DFINE_FORMS)
        self._labels_at, self._boxes_at, self._scores_at = (places[name] for name in _NAMES)

    @override
    def decode(self, outputs: Sequence[Output]) -> Rows:
        scores = to_reals(outputs[self._scores_at], self._outputs[self._scores_at]).reshape(-1)
        boxes = to_reals(outputs[self._boxes_at], self._outputs[self._boxes_at]).reshape(-1, 4)
        sure = scores >= MIN_SCORE
        labels = outputs[self._labels_at].reshape(-1)[sure]
        return to_rows(labels, scores[sure], from_corners(boxes[sure], self._size))


class ScoredBoxesDecoder(Decoder):
    """Decodes one list (1, n, 4 + classes): boxes by their middle, in fractions, and a score per class."""

    def __init__(self, model: ModelSpec, outputs: Sequence[OutputInfo]) -> None:
        """Compare the number of classes with that of labels; raises BackendError."""
        self._size = np.array((model.width, model.height), np.float32)
        self._info = outputs[0]
        check_classes(outputs[0].shape[2] - 4, model.classes)

    @override
    def decode(self, outputs: Sequence[Output]) -> Rows:
        values = to_reals(outputs[0][0], self._info)
        sure, labels, best = best_classes(values[:, 4:])
        return to_rows(labels, best, from_centres(values[sure, :4], self._size))


_NAMES: Final = ("labels", "boxes", "scores")


def dfine_decoder(model: ModelSpec, outputs: Sequence[OutputInfo]) -> Decoder:
    """Return the decoder of a D-FINE, DEIM or RT-DETR model by the form of its export; raises BackendError."""
    match [output.shape for output in outputs]:
        case [_, _, _]:
            return LabelledBoxesDecoder(model, outputs)
        case [_, _]:
            return QueriesDecoder(model, outputs, "dfine")
        case [(_, _, length)] if length > 4:
            return ScoredBoxesDecoder(model, outputs)
    raise refuse(outputs, "dfine", _DFINE_FORMS)
