"""What every backend offers, and the steps they share."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ..protocol import ModelSpec
from ..slots import Rgb

type Output = NDArray[Any]  # of the model's own shape and type
type Tensor = NDArray[Any]  # (1, H, W, 3) or (1, 3, H, W)

_SIGN_BIT = np.uint8(0x80)


class BackendError(Exception):
    """A model cannot be loaded or run here; the text says place, what was found and the mend."""


class RegionError(BackendError):
    """This region cannot be given to the model; others can."""


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

    def infer(self, tensor: Tensor) -> Sequence[Output]:
        """Return the outputs for one region in the order of `outputs`; raises BackendError.

        The region is in the model's own order, as `arrange` makes it; uint8, or what the model takes.
        """
        ...


def arrange(rgb: Rgb, model: ModelSpec) -> Tensor:
    """Return a region as the model's input, (1, H, W, 3) or (1, 3, H, W); a copy only where the order differs."""
    if model.is_bgr:
        rgb = rgb[:, :, ::-1]
    if model.is_nchw:
        rgb = rgb.transpose(2, 0, 1)
    return np.ascontiguousarray(rgb)[np.newaxis]


def convert(tensor: Tensor, wanted: np.dtype[Any], model: ModelSpec) -> Tensor:
    """Return a tensor in the type that the model takes; raises RegionError where there is no way."""
    if tensor.dtype == wanted:
        return tensor
    if tensor.dtype == np.uint8 and wanted == np.int8:
        return (tensor ^ _SIGN_BIT).view(np.int8)
    if tensor.dtype == np.uint8 and wanted == np.float32:
        return (tensor.astype(np.float32) - np.float32(model.mean)) / np.float32(model.std)
    raise RegionError(f"a region of {tensor.dtype}, but the model takes {wanted}")


def check_input(shape: Sequence[int], dtype: np.dtype[Any], model: ModelSpec) -> None:
    """Raise BackendError when a model's input is not what the configuration says, or nothing that can be filled."""
    found = tuple(int(side) for side in shape)
    wanted = (1, 3, model.height, model.width) if model.is_nchw else (1, model.height, model.width, 3)
    if found != wanted:
        raise BackendError(_size_error(found, model))
    if dtype not in {np.dtype(np.uint8), np.dtype(np.int8), np.dtype(np.float32)}:
        raise BackendError(f"model.path: {model.file} wants {dtype} input; it must take uint8, int8 or float32")


def _size_error(shape: tuple[int, ...], model: ModelSpec) -> str:
    found = f"model.width: {model.width}, model.height: {model.height}, but {model.file} wants "
    if len(shape) == 4 and shape[3] == 3:
        order = "; model.input_tensor must be nhwc" if model.is_nchw else ""
        return f"{found}{shape[2]}x{shape[1]}; set width: {shape[2]} and height: {shape[1]}{order}"
    if len(shape) == 4 and shape[1] == 3:
        order = "" if model.is_nchw else "; model.input_tensor must be nchw"
        return f"{found}{shape[3]}x{shape[2]}; set width: {shape[3]} and height: {shape[2]}{order}"
    return f"{found}an input of shape {shape}; it must be a picture (1, height, width, 3)"
