"""What every backend offers, and the error they share."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ..protocol import ModelSpec
from ..slots import Rgb

type Output = NDArray[Any]  # of the model's own shape and type


class BackendError(Exception):
    """A model cannot be loaded or run here; the text says place, what was found and the mend."""


class OutputInfo(NamedTuple):
    """One output of a model: value = (stored - zero_point) * scale; scale 0.0: stored as it is."""

    name: str
    shape: tuple[int, ...]
    scale: float = 0.0
    zero_point: int = 0


class Backend(Protocol):
    """A loaded model. For one thread."""

    description: str
    outputs: Sequence[OutputInfo]

    def infer(self, rgb: Rgb) -> Sequence[Output]:
        """Return the outputs for one region, (H, W, 3) uint8, in the order of `outputs`; raises BackendError."""
        ...


def arrange(rgb: Rgb, model: ModelSpec) -> NDArray[np.uint8]:
    """Return a region as the model's input, (1, H, W, 3) or (1, 3, H, W); a copy only where the order differs."""
    if model.is_bgr:
        rgb = rgb[:, :, ::-1]
    if model.is_nchw:
        rgb = rgb.transpose(2, 0, 1)
    return np.ascontiguousarray(rgb)[np.newaxis]
