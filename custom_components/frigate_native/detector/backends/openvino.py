"""OpenVINO, for Intel processors and GPUs."""

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, override

import numpy as np
from numpy.typing import NDArray

from ..protocol import ChildSpec, ModelSpec
from ..tflite import read_tflite
from .base import Backend, BackendError, Output, OutputInfo, Tensor, check_input, convert, input_shape
from .openvino_precision import needs_float, run_in_float

# Importing OpenVINO starts a process that sends usage statistics to Intel; users have not agreed to that here.
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # its import fails, as intended
openvino: Any = importlib.import_module("openvino")

_ANY_DEVICE = ("AUTO", "MULTI", "HETERO", "BATCH")


class OpenVinoBackend(Backend):
    """A .tflite, .onnx or .xml model."""

    def __init__(self, spec: ChildSpec) -> None:
        """Load the model and compare its input with the configuration; raises BackendError."""
        self._model = spec.model
        device = spec.device or "AUTO"
        core = openvino.Core()
        _check_device(core, device, spec.name)
        compiled = _compile(core, spec, device)
        ports = compiled.inputs
        picture = next((index for index, port in enumerate(ports) if len(port.shape) == 4), 0)
        self._dtype: np.dtype[Any] = np.dtype(ports[picture].get_element_type().to_dtype())
        check_input(tuple(ports[picture].shape), self._dtype, spec.model)
        self._request = compiled.create_infer_request()
        self._picture = picture
        self._inputs = {index: _picture_size(port, spec.model) for index, port in enumerate(ports) if index != picture}
        self.outputs = tuple(_outputs(compiled, spec.model))
        self.description = f"OpenVINO on {device}"

    @override
    def infer(self, tensor: Tensor) -> Sequence[Output]:
        try:
            self._request.infer(self._inputs | {self._picture: convert(tensor, self._dtype, self._model)})
        except RuntimeError as err:
            raise BackendError(f"the model stopped working: {_last_line(err)}") from err
        return [self._request.get_output_tensor(index).data for index in range(len(self.outputs))]


def create(spec: ChildSpec) -> Backend:
    """Return the model on the device that `device` names; raises BackendError."""
    return OpenVinoBackend(spec)


def _check_device(core: Any, device: str, name: str) -> None:
    known = core.available_devices
    if not device.startswith((*_ANY_DEVICE, *known)):
        found = ", ".join(("AUTO", *known))
        raise BackendError(f"detectors.{name}.device: {device}: OpenVINO has no such device here; use one of {found}")


def _compile(core: Any, spec: ChildSpec, device: str) -> Any:
    options: dict[str, Any] = {"PERFORMANCE_HINT": "LATENCY"}
    if device == "CPU":  # by default it emulates bfloat16, which few home processors do fast
        options |= {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": spec.num_threads}
    try:
        model = core.read_model(spec.model.file)
        _fix_shapes(model, spec.model)
        if needs_float(core, device):
            run_in_float(model)
        return core.compile_model(model, device, options)
    except RuntimeError as err:
        raise BackendError(
            f"model.path: {spec.model.file} cannot be loaded by OpenVINO on {device} ({_last_line(err)}); "
            "use a .tflite, .onnx or .xml model that it supports, or another device"
        ) from err


def _fix_shapes(network: Any, model: ModelSpec) -> None:
    """Give a model whose input may have any size the configured one."""
    shapes = {
        port: list(input_shape(model) if port.partial_shape.rank.get_length() == 4 else (1, 2))
        for port in network.inputs
        if port.partial_shape.is_dynamic and port.partial_shape.rank.is_static
    }
    if shapes:
        network.reshape(shapes)


def _picture_size(port: Any, model: ModelSpec) -> NDArray[Any]:
    """Return width and height for the second input of D-FINE and RT-DETR models; raises BackendError."""
    if tuple(port.shape) != (1, 2):
        name = port.get_any_name() if port.names else "?"
        raise BackendError(
            f"model.path: {model.file} has another input, {name} {tuple(port.shape)}; use a model with image input only"
        )
    return np.array([[model.width, model.height]], port.get_element_type().to_dtype())


def _outputs(compiled: Any, model: ModelSpec) -> list[OutputInfo]:
    """Return the outputs; OpenVINO keeps a .tflite model's quantized outputs, but not their scale."""
    stored = {each.name: each for each in read_tflite(Path(model.tflite.model)).outputs} if model.tflite else {}
    found: list[OutputInfo] = []
    for port in compiled.outputs:
        shape = tuple(dim.get_length() if dim.is_static else 0 for dim in port.partial_shape)
        names = sorted(port.names) or [""]
        name = next((name for name in names if name in stored), names[0])
        known = stored.get(name)
        found.append(OutputInfo(name, shape, known.scale, known.zero_point) if known else OutputInfo(name, shape))
    return found


def _last_line(err: Exception) -> str:
    """Return the message of an OpenVINO error, without the source locations before it."""
    lines = [line.strip() for line in str(err).splitlines() if line.strip()]
    return lines[-1][:200] if lines else type(err).__name__
