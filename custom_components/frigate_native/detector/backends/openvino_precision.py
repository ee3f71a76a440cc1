"""Keep a quantized model accurate where OpenVINO's 8-bit products overflow.

Without VNNI, x86 processors multiply 8-bit numbers with `vpmaddubsw`, which adds two products in 16 bits and saturates.
Models whose weights use all eight bits then lose most of their scores. Such a model runs in float instead: its weights
keep their quantized values, its activations are only limited to their quantized ranges.
"""

import importlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

_CHANNELS, _SIDE = 64, 8
_MAX, _LARGEST_WEIGHT = 255, 127
_ACCELERATORS = ("GPU", "NPU")  # these add products in 32 bits


def needs_float(core: Any, device: str) -> bool:
    """Return whether quantized models lose accuracy on this device: it may be the CPU, and its products overflow."""
    return not device.startswith(_ACCELERATORS) and not _has_exact_products(core)


def run_in_float(model: Any) -> None:
    """Replace the quantization of activations by limits, so that no layer runs in 8 bits.

    The limits stay because a converter may have left an activation function, such as ReLU6, to the quantized range.
    Quantized outputs keep their meaning, but come as float.
    """
    for operation in model.get_ordered_ops():
        if operation.get_type_name() == "FakeQuantize" and not _is_constant(operation.input_value(0)):
            limited = _limited(operation)
            for user in operation.output(0).get_target_inputs():
                if _is_to_integers(user.get_node()):
                    user.get_node().output(0).replace(limited)
            operation.output(0).replace(limited)
    model.validate_nodes_and_infer_types()


def _has_exact_products(core: Any) -> bool:
    """Run one convolution of the largest numbers as the CPU would run it; whatever is not exact counts as overflow."""
    options = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": 1}
    request = core.compile_model(_largest_products(), "CPU", options).create_infer_request()
    request.infer([np.full((1, _CHANNELS, _SIDE, _SIDE), _MAX, np.float32)])
    return bool((request.get_output_tensor(0).data == _CHANNELS * _MAX * _LARGEST_WEIGHT).all())


def _largest_products() -> Any:
    ops = _operations()
    picture = ops.parameter([1, _CHANNELS, _SIDE, _SIDE], np.float32)
    low, high = np.float32(0), np.float32(_MAX)
    quantized = ops.fake_quantize(picture, low, high, low, high, _MAX + 1)
    stored = ops.constant(np.full((_CHANNELS, _CHANNELS, 1, 1), _LARGEST_WEIGHT, np.int8))
    weights = ops.multiply(ops.convert(stored, "f32"), ops.constant(np.ones((_CHANNELS, 1, 1, 1), np.float32)))
    products = ops.convolution(quantized, weights, [1, 1], [0, 0], [0, 0], [1, 1])
    return importlib.import_module("openvino").Model([products], [picture], "products")


def _limited(operation: Any) -> Any:
    """Return the quantization's input, mapped from its input range to its output range and limited to that."""
    ops = _operations()
    value = operation.input_value(0)
    in_low, in_high, out_low, out_high = (_constant(operation.input_value(index)) for index in range(1, 5))
    if not (np.allclose(in_low, out_low) and np.allclose(in_high, out_high)):
        scale = (out_high - out_low) / (in_high - in_low)
        value = ops.add(ops.multiply(value, ops.constant(scale)), ops.constant(out_low - in_low * scale))
    if out_low.size == out_high.size == 1:  # fused into the layer before
        return ops.clamp(value, float(out_low.item()), float(out_high.item())).output(0)
    return ops.minimum(ops.maximum(value, ops.constant(out_low)), ops.constant(out_high)).output(0)


def _is_constant(value: Any) -> bool:
    """Return whether a value is stored in the model, possibly in a smaller type."""
    node = value.get_node()
    if node.get_type_name() == "Convert":
        return _is_constant(node.input_value(0))
    return bool(node.get_type_name() == "Constant")


def _constant(value: Any) -> NDArray[np.float32]:
    node = value.get_node()
    if node.get_type_name() == "Convert":
        return _constant(node.input_value(0))
    return np.asarray(node.data, np.float32)


def _is_to_integers(node: Any) -> bool:
    return bool(node.get_type_name() == "Convert" and node.get_element_type().is_integral())


def _operations() -> Any:
    return importlib.import_module("openvino.opset13")
