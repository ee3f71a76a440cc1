"""The four outputs of `TFLite_Detection_PostProcess`: boxes, label indices, scores, count."""

from collections.abc import Sequence
from typing import NamedTuple, override

import numpy as np

from ..backends.base import BackendError, Output, OutputInfo
from ..protocol import Rows
from .base import MIN_SCORE, Decoder, to_rows

_TF1_SUFFIXES = (("", ":1", ":2", ":3"), "TFLite_Detection_PostProcess")  # boxes, labels, scores, count
_TF2_SUFFIXES = ((":3", ":2", ":1", ":0"), "StatefulPartitionedCall")


class _Places(NamedTuple):
    boxes: int
    labels: int
    scores: int
    number: int


class SsdPostprocessDecoder(Decoder):
    """Reads detections that the model has already decoded (Frigate's own models, Coral models)."""

    def __init__(self, outputs: Sequence[OutputInfo]) -> None:
        """Identify the outputs; raises BackendError."""
        self._places = _by_name(outputs) or _by_shape(outputs)

    @override
    def decode(self, outputs: Sequence[Output]) -> Rows:
        places = self._places
        count = int(outputs[places.number].flat[0])
        scores = outputs[places.scores].reshape(-1)[:count]
        is_sufficient = scores >= MIN_SCORE
        boxes = outputs[places.boxes].reshape(-1, 4)[:count]
        labels = outputs[places.labels].reshape(-1)[:count]
        return to_rows(np.rint(labels[is_sufficient]), scores[is_sufficient], boxes[is_sufficient])


def _by_name(outputs: Sequence[OutputInfo]) -> _Places | None:
    names = [output.name for output in outputs]
    for suffixes, stem in (_TF1_SUFFIXES, _TF2_SUFFIXES):
        expected = [stem + suffix for suffix in suffixes]
        if len(outputs) == len(expected) and set(names) == set(expected):
            return _Places(*(names.index(name) for name in expected))
    return None


def _by_shape(outputs: Sequence[OutputInfo]) -> _Places:
    """Identify outputs by shape; the operation defines that labels come before scores."""
    boxes = [index for index, output in enumerate(outputs) if len(output.shape) == 3 and output.shape[2] == 4]
    counts = [index for index, output in enumerate(outputs) if output.shape in {(1,), ()}]
    lists = [index for index in range(len(outputs)) if index not in (*boxes, *counts)]
    if (len(boxes), len(lists), len(counts)) != (1, 2, 1):
        found = ", ".join(f"{output.name} {output.shape}" for output in outputs)
        raise BackendError(
            f"model.path: outputs {found}; use an SSD model that ends in TFLite_Detection_PostProcess (four outputs)"
        )
    return _Places(boxes[0], lists[0], lists[1], counts[0])
