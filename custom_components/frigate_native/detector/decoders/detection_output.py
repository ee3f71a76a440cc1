"""OpenVINO's `DetectionOutput`: one list of picture, label, score, x1, y1, x2, y2."""

from collections.abc import Sequence
from typing import override

import numpy as np

from ..backends.base import Output, OutputInfo
from ..protocol import Rows
from .base import MIN_SCORE, Decoder, to_rows

_SIZE = 7


class DetectionOutputDecoder(Decoder):
    """Decodes the outputs of SSD models converted for OpenVINO."""

    @staticmethod
    def fits(outputs: Sequence[OutputInfo]) -> bool:
        """Return whether the outputs have this format."""
        return len(outputs) == 1 and outputs[0].shape[-1:] == (_SIZE,)

    @override
    def decode(self, outputs: Sequence[Output]) -> Rows:
        found = outputs[0].reshape(-1, _SIZE)
        found = found[(found[:, 0] >= 0) & (found[:, 2] >= MIN_SCORE)]  # unused rows have picture -1
        return to_rows(np.rint(found[:, 1]), found[:, 2], found[:, [4, 3, 6, 5]])
