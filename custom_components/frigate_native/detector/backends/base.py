"""The interface of backends and their shared functions."""

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ..protocol import ModelSpec
from ..slots import Rgb

type Output = NDArray[Any]  # of the model's own shape and type
type Tensor = NDArray[Any]  # (1, H, W, 3) or (1, 3, H, W)

_SIGN_BIT = np.uint8(0x80)
_REALS = (np.dtype(np.float32), np.dtype(np.float16))
_INPUT_TYPES = (np.dtype(np.uint8), np.dtype(np.int8), *_REALS)


class BackendError(Exception):
    """A model cannot be loaded or run; the message names the place, the problem and the fix."""


class RegionError(BackendError):
    """The model does not accept this region, but may accept others."""


class OutputInfo(NamedTuple):
    """One output of a model: value = (stored - zero_point) * scale; scale 0.0: not quantized."""

    name: str
    shape: tuple[int, ...]
    scale: float = 0.0
    zero_point: int = 0


class Backend(Protocol):
    """A loaded model. For one thread. A side of an output that only an inference shows is 0."""

    description: str
    outputs: Sequence[OutputInfo]

    def infer(self, tensor: Tensor) -> Sequence[Output]:
        """Return the outputs for one region in the order of `outputs`; raises BackendError.

        The region has the model's layout (see `arrange`); its type is uint8 or the model's input type.
        """
        ...


def arrange(rgb: Rgb, model: ModelSpec) -> Tensor:
    """Return a region as the model's input, (1, H, W, 3) or (1, 3, H, W); copied only if the layout differs."""
    if model.is_bgr:
        rgb = rgb[:, :, ::-1]
    if model.is_nchw:
        rgb = rgb.transpose(2, 0, 1)
    return np.ascontiguousarray(rgb)[np.newaxis]


def convert(tensor: Tensor, dtype: np.dtype[Any], model: ModelSpec) -> Tensor:
    """Return a tensor in the model's input type; raises RegionError if it cannot be converted."""
    if tensor.dtype == dtype:
        return tensor
    if tensor.dtype == np.uint8 and dtype == np.int8:
        return (tensor ^ _SIGN_BIT).view(np.int8)
    if tensor.dtype == np.uint8 and dtype in _REALS:
        return ((tensor.astype(np.float32) - np.float32(model.mean)) / np.float32(model.std)).astype(dtype, copy=False)
    raise RegionError(f"the region has type {tensor.dtype}, but the model expects {dtype}")


def input_shape(model: ModelSpec) -> tuple[int, int, int, int]:
    """Return the shape of the input that the configuration describes."""
    return (1, 3, model.height, model.width) if model.is_nchw else (1, model.height, model.width, 3)


def check_input(shape: Sequence[int], dtype: np.dtype[Any], model: ModelSpec) -> None:
    """Raise BackendError if a model's input differs from the configuration or has an unsupported type."""
    found = tuple(int(side) for side in shape)
    if found != input_shape(model):
        raise BackendError(_size_error(found, model))
    if dtype not in _INPUT_TYPES:
        raise BackendError(
            f"model.path: {model.file} expects {dtype} input; use a model with uint8, int8 or float input"
        )


def _size_error(shape: tuple[int, ...], model: ModelSpec) -> str:
    found = f"model.width: {model.width}, model.height: {model.height}, but {model.file} expects "
    if len(shape) == 4 and shape[3] == 3:
        order = "; set model.input_tensor to nhwc" if model.is_nchw else ""
        return f"{found}{shape[2]}x{shape[1]}; set width: {shape[2]} and height: {shape[1]}{order}"
    if len(shape) == 4 and shape[1] == 3:
        order = "" if model.is_nchw else "; set model.input_tensor to nchw"
        return f"{found}{shape[3]}x{shape[2]}; set width: {shape[3]} and height: {shape[2]}{order}"
    return f"{found}an input of shape {shape}; use a model with image input, (1, height, width, 3)"
