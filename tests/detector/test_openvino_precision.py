"""Quantized models in OpenVINO on processors whose 8-bit products overflow."""

import importlib
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from custom_components.frigate_native.detector.backends import openvino_precision as precision

backend: Any = pytest.importorskip(
    "custom_components.frigate_native.detector.backends.openvino",
    reason="OpenVINO has no wheel for this C library",
    exc_type=ImportError,
)

type Values = NDArray[np.float32]

_CHANNELS = 64


def _fake_quantize(value: Any, low: Values, high: Values) -> Any:
    return _ops().fake_quantize(value, low, high, low, high, 256)


def _quantize_and_back(value: Any, low: Values, high: Values) -> Any:
    """Return a value as models in ONNX store it: as integers that the next layer converts back."""
    ops = _ops()
    step = (high - low) / np.float32(255)
    stored = ops.convert(ops.fake_quantize(value, low, high, np.float32(0), np.float32(255), 256), "u8")
    return ops.add(ops.multiply(ops.convert(stored, "f32"), ops.constant(step)), ops.constant(low))


def _ops() -> Any:
    return importlib.import_module("openvino.opset13")


def _sum_of_products(quantize: Any, low: Values, high: Values) -> Any:
    """Return a model that quantizes a picture's channels and adds up 127 times each."""
    ops = _ops()
    picture = ops.parameter([1, _CHANNELS, 8, 8], np.float32)
    weights = ops.multiply(
        ops.convert(ops.constant(np.full((_CHANNELS, _CHANNELS, 1, 1), 127, np.int8)), "f32"),
        ops.constant(np.ones((_CHANNELS, 1, 1, 1), np.float32)),
    )
    products = ops.convolution(quantize(picture, low, high), weights, [1, 1], [0, 0], [0, 0], [1, 1])
    return backend.openvino.Model([products], [picture], "products")


def _run(model: Any, value: float) -> Values:
    core = backend.openvino.Core()
    request = core.compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"}).create_infer_request()
    request.infer([np.full(tuple(model.input(0).shape), value, np.float32)])
    return np.array(request.get_output_tensor(0).data)


@pytest.mark.parametrize("quantize", [_fake_quantize, _quantize_and_back])
@pytest.mark.parametrize("shape", [(), (1, _CHANNELS, 1, 1)], ids=["one range", "a range per channel"])
@pytest.mark.parametrize(("value", "kept"), [(255, 255), (300, 255), (-7, 0)], ids=["largest", "above", "below"])
def test_products_are_exact_and_values_stay_in_the_quantized_range(
    quantize: Any, shape: tuple[int, ...], value: float, kept: float
) -> None:
    model = _sum_of_products(quantize, np.zeros(shape, np.float32), np.full(shape, 255, np.float32))
    precision.run_in_float(model)
    assert _run(model, value) == pytest.approx(_CHANNELS * 127 * kept)


def test_quantized_weights_stay_as_they_are() -> None:
    """A model may quantize weights by an operation too; those are constants, which OpenVINO reads once."""
    ops = _ops()
    picture = ops.parameter([1, 2, 8, 8], np.float32)
    low, high = np.float32(-1.28), np.float32(1.27)
    weights = ops.fake_quantize(ops.constant(np.full((2, 2, 1, 1), 0.123, np.float32)), low, high, low, high, 256)
    model = backend.openvino.Model(
        [ops.convolution(picture, weights, [1, 1], [0, 0], [0, 0], [1, 1])], [picture], "weights"
    )
    precision.run_in_float(model)
    assert _run(model, 1) == pytest.approx(0.24, rel=1e-5)


@pytest.mark.parametrize("device", ["GPU", "GPU.0", "NPU"])
def test_accelerators_run_in_8_bits_whatever_the_processor_does(device: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(precision, "_has_exact_products", lambda _: False)
    assert not precision.needs_float(backend.openvino.Core(), device)
