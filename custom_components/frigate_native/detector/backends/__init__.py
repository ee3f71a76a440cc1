"""Backends run a model; the one to use is chosen when the detector starts."""

import importlib
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from ..protocol import ChildSpec
from .base import Backend, BackendError, Output, OutputInfo, RegionError, Tensor, arrange

__all__ = ["Backend", "BackendError", "Output", "OutputInfo", "RegionError", "Tensor", "arrange", "load_backend"]

_CPU_RUNTIMES = {"litert": "ai-edge-litert", "ncnn": "ncnn"}  # fastest first; PyPI names


def load_backend(spec: ChildSpec) -> Backend:
    """Load the detector's model; raises BackendError."""
    match spec.kind:
        case "cpu":
            return _load_cpu(spec)
        case "edgetpu":
            return _load_or_explain("edgetpu", spec, "ai-edge-litert")
        case "openvino":
            return _load_or_explain("openvino", spec, "openvino")
        case "onnx":
            return _load_onnx(spec) if spec.model.other else _load_cpu(spec)
    raise BackendError(f"detectors.{spec.name}.type: {spec.kind} is unknown; use cpu, edgetpu, onnx, openvino or zmq")


def _load_onnx(spec: ChildSpec) -> Backend:
    """Load an .onnx model with its own runtime, otherwise with OpenVINO, which reads it too."""
    try:
        return _load("onnx", spec)
    except ImportError:
        return _load_or_explain("openvino", replace(spec, device=""), "onnxruntime or openvino")


def _load_or_explain(name: str, spec: ChildSpec, package: str) -> Backend:
    try:
        return _load(name, spec)
    except ImportError as err:
        raise BackendError(
            f"detectors.{spec.name}.type: {spec.kind} needs the Python package {package}, which cannot be imported "
            f"({err}); install it; if it has no build for this system (Home Assistant OS), use type: zmq"
        ) from err


def _load_cpu(spec: ChildSpec) -> Backend:
    if spec.model.other:
        return _load_onnx(spec)
    files = {"litert": spec.model.tflite, "ncnn": spec.model.ncnn}
    names = [spec.runtime] if spec.runtime else [name for name in _CPU_RUNTIMES if files[name]]
    missing: list[str] = []
    for name in names:
        if not files.get(name):
            raise BackendError(f"model: there are no files for {name}; use another runtime or model")
        try:
            return _load(name, spec)
        except ImportError as err:
            missing.append(f"{name} ({err})")
    packages = " or ".join(_CPU_RUNTIMES[name] for name in names)
    raise BackendError(
        f"detectors.{spec.name}: cannot import {', '.join(missing)}; install the Python package {packages}"
    )


def _load(name: str, spec: ChildSpec) -> Backend:
    """Import a backend on demand: its runtime may not exist for this machine."""
    module = importlib.import_module(f".{name}", __name__)
    factory = cast("Callable[[ChildSpec], Backend]", module.create)
    return factory(spec)
