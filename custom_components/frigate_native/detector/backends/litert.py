"""LiteRT, TensorFlow Lite's successor, on the CPU or through a delegate."""

from collections.abc import Sequence
from typing import Any, override

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from ..protocol import ChildSpec
from .base import Backend, BackendError, Output, OutputInfo, Tensor, check_input, convert


class LiteRtBackend(Backend):
    """A .tflite model; XNNPACK runs on the CPU what no delegate handles."""

    def __init__(self, spec: ChildSpec, delegates: Sequence[Any] = (), where: str = "CPU") -> None:
        """Load the model and compare its input with the configuration; raises BackendError."""
        file = spec.model.tflite
        if file is None:
            raise BackendError(f"model.path: {spec.model.file}: LiteRT needs a .tflite file")
        self._model = spec.model
        self._interpreter = _open(file.model, spec.num_threads, delegates)
        details = self._interpreter.get_input_details()[0]
        self._dtype: np.dtype[Any] = np.dtype(details["dtype"])
        check_input(details["shape"], self._dtype, spec.model)
        self._input = int(details["index"])
        found = self._interpreter.get_output_details()
        self._indices = [int(each["index"]) for each in found]
        self.outputs = tuple(_info(each) for each in found)
        self.description = f"LiteRT on {where}, {spec.num_threads} thread(s)"

    @override
    def infer(self, tensor: Tensor) -> Sequence[Output]:
        interpreter = self._interpreter
        try:
            interpreter.set_tensor(self._input, convert(tensor, self._dtype, self._model))
            interpreter.invoke()
        except (RuntimeError, ValueError) as err:
            raise BackendError(f"the model stopped working: {err}") from err
        return [interpreter.get_tensor(index) for index in self._indices]


def create(spec: ChildSpec) -> Backend:
    """Return the model on the CPU; raises BackendError."""
    return LiteRtBackend(spec)


def _open(path: str, num_threads: int, delegates: Sequence[Any]) -> Any:
    try:
        interpreter = Interpreter(
            model_path=path, num_threads=num_threads, experimental_delegates=list(delegates) or None
        )
        interpreter.allocate_tensors()
    except (RuntimeError, ValueError) as err:
        raise BackendError(f"model.path: {path} cannot be loaded ({err}); use a .tflite model") from err
    return interpreter


def _info(details: dict[str, Any]) -> OutputInfo:
    scale, zero_point = details["quantization"]
    shape = tuple(int(side) for side in details["shape"])
    is_real = np.issubdtype(details["dtype"], np.floating)
    return OutputInfo(str(details["name"]), shape, 0.0 if is_real else float(scale), int(zero_point))
