"""ONNX Runtime on the CPU, for .onnx models."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, override

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from ..protocol import ChildSpec, ModelSpec
from .base import Backend, BackendError, Output, OutputInfo, Tensor, check_input, convert, input_shape

_TYPES: Final[Mapping[str, type[np.generic]]] = {
    "tensor(uint8)": np.uint8,
    "tensor(int8)": np.int8,
    "tensor(float)": np.float32,
    "tensor(float16)": np.float16,
    "tensor(int64)": np.int64,
    "tensor(int32)": np.int32,
}
_ONLY_ERRORS: Final = 3


class OnnxBackend(Backend):
    """An .onnx model."""

    def __init__(self, spec: ChildSpec) -> None:
        """Load the model and compare its input with the configuration; raises BackendError."""
        self._model = spec.model
        self._session = _open(spec)
        inputs = self._session.get_inputs()
        picture = next((each for each in inputs if len(each.shape) == 4), inputs[0])
        self._name, self._dtype = picture.name, np.dtype(_TYPES.get(picture.type, np.void))
        check_input(_filled(picture.shape, spec.model), self._dtype, spec.model)
        self._inputs = {each.name: _picture_size(each, spec.model) for each in inputs if each is not picture}
        self.outputs = tuple(OutputInfo(each.name, _known(each.shape)) for each in self._session.get_outputs())
        self.description = f"ONNX Runtime on CPU, {spec.num_threads} thread(s)"

    @override
    def infer(self, tensor: Tensor) -> Sequence[Output]:
        inputs = self._inputs | {self._name: convert(tensor, self._dtype, self._model)}
        try:
            found: Sequence[Output] = self._session.run(None, inputs)
        except Exception as err:  # its errors have no common base but this
            raise BackendError(f"the model stopped working: {_first_line(err)}") from err
        return found


def create(spec: ChildSpec) -> Backend:
    """Return the model on the CPU; raises BackendError."""
    return OnnxBackend(spec)


def _open(spec: ChildSpec) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = spec.num_threads
    options.log_severity_level = _ONLY_ERRORS
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # otherwise threads wait busily
    try:
        return onnxruntime.InferenceSession(spec.model.file, options, providers=["CPUExecutionProvider"])
    except Exception as err:  # its errors have no common base but this
        raise BackendError(
            f"model.path: {spec.model.file} cannot be loaded by ONNX Runtime ({_first_line(err)}); use an .onnx model"
        ) from err


def _filled(shape: Sequence[object], model: ModelSpec) -> tuple[int, ...]:
    """Return an input's shape, with the configured sides where the model accepts any."""
    if len(shape) != 4:
        return _known(shape)
    return tuple(side or ours for side, ours in zip(_known(shape), input_shape(model), strict=True))


def _known(shape: Sequence[object]) -> tuple[int, ...]:
    return tuple(side if isinstance(side, int) and side > 0 else 0 for side in shape)


def _picture_size(info: Any, model: ModelSpec) -> NDArray[Any]:
    """Return width and height for the second input of D-FINE and RT-DETR models; raises BackendError."""
    shape = _known(info.shape)
    if len(shape) != 2 or shape[1] != 2:
        raise BackendError(
            f"model.path: {model.file} has another input, {info.name} {shape}; use a model with image input only"
        )
    return np.array([[model.width, model.height]], _TYPES.get(info.type, np.int64))


def _first_line(err: Exception) -> str:
    return (str(err).strip().splitlines() or [type(err).__name__])[0][:200]
