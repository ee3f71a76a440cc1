"""Detection models of a few operations, written with LiteRT's own schema: what they find is known beforehand.

They see one object: its box is the anchor (0.25, 0.125) to (0.75, 0.5), its label the colour that fills the picture
(green 0, blue 1; red is the background), its score how full of it the picture is.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import ai_edge_litert.schema_py_generated as schema
import flatbuffers
import numpy as np
from flatbuffers import flexbuffers
from numpy.typing import NDArray

from custom_components.frigate_native.engine.config.model import ModelConfig
from custom_components.frigate_native.engine.detection import DetectorPool
from custom_components.frigate_native.engine.frame import Rgb

BOX: Final = (0.125, 0.25, 0.5, 0.75)  # x1, y1, x2, y2
_ANCHOR: Final = (0.5, 0.3125, 0.5, 0.375)  # y, x, height, width of its middle
_TYPES: Final = {"float32": schema.TensorType.FLOAT32, "uint8": schema.TensorType.UINT8, "int8": schema.TensorType.INT8}
_QUANTIZATION: Final = {"float32": None, "uint8": (1 / 255, 0), "int8": (1 / 255, -128)}
_OUTPUTS: Final = tuple(f"TFLite_Detection_PostProcess{suffix}" for suffix in ("", ":1", ":2", ":3"))


def write_model(
    path: Path,
    *,
    width: int = 48,
    height: int = 32,
    dtype: str = "uint8",
    is_nchw: bool = False,
    classes: int = 2,
    compiled: bool = False,
) -> Path:
    """Write a model that ends in the four-output post-processing; compiled: one that only a Coral could run."""
    writer = _Writer()
    shape = (1, 3, height, width) if is_nchw else (1, height, width, 3)
    picture = source = writer.tensor("image", shape, dtype)
    if is_nchw:
        order = writer.tensor("order", (4,), "int32", np.array([0, 2, 3, 1], np.int32))
        picture = writer.tensor("nhwc", (1, height, width, 3), dtype)
        writer.operate(schema.BuiltinOperator.TRANSPOSE, [source, order], [picture])
    mean = writer.tensor("mean", (1, 1, 1, 3), dtype)
    writer.operate(schema.BuiltinOperator.AVERAGE_POOL_2D, [picture], [mean], _pool(width, height))
    if dtype != "float32":
        real = writer.tensor("real", (1, 1, 1, 3), "float32")
        writer.operate(schema.BuiltinOperator.DEQUANTIZE, [mean], [real])
        mean = real
    scores = writer.tensor("class_predictions", (1, 1, 3), "float32")
    writer.operate(schema.BuiltinOperator.RESHAPE, [mean], [scores], _reshape(1, 1, 3))
    boxes = writer.tensor("box_encodings", (1, 1, 4), "float32", np.zeros((1, 1, 4), np.float32))
    anchors = writer.tensor("anchors", (1, 4), "float32", np.array([_ANCHOR], np.float32))
    results = [writer.tensor(name, (), "float32") for name in _OUTPUTS]
    writer.custom("TFLite_Detection_PostProcess", [boxes, scores, anchors], results, _postprocess(classes))
    if compiled:
        writer.custom("edgetpu-custom-op", [source], [], b"")
    path.write_bytes(writer.finish([source], results))
    return path


def own_model(path: Path, folder: Path, **more: Any) -> ModelConfig:
    """Return the configuration of a tiny model, its labels in a file of this folder."""
    labels = folder / "tiny.txt"
    labels.write_text("green\nblue\n")
    values: dict[str, Any] = {"path": path, "width": 48, "height": 32, "labelmap_path": labels}
    return ModelConfig(**values | more)


def labels_in(pool: DetectorPool, *, red: int = 0, green: int = 0, blue: int = 0) -> list[str]:
    """Return the labels of what a picture of one colour shows."""

    def fill(out: Rgb) -> None:
        out[:] = (red, green, blue)

    (answer,) = pool.detect([fill])
    assert answer is not None
    assert all(found.box == BOX for found in answer)
    return [found.label for found in answer]


class _Writer:
    """Collects what a model's file holds."""

    def __init__(self) -> None:
        self._tensors: list[Any] = []
        self._buffers = [schema.BufferT()]
        self._codes: list[Any] = []
        self._operators: list[Any] = []

    def tensor(self, name: str, shape: Sequence[int], dtype: str, values: NDArray[Any] | None = None) -> int:
        tensor = schema.TensorT()
        tensor.name, tensor.shape = name, list(shape)
        tensor.type = _TYPES.get(dtype, schema.TensorType.INT32)
        if values is None and (quantization := _QUANTIZATION.get(dtype)):
            tensor.quantization = schema.QuantizationParametersT()
            tensor.quantization.scale, tensor.quantization.zeroPoint = ([value] for value in quantization)
        if values is not None:
            tensor.buffer = len(self._buffers)
            self._buffers.append(schema.BufferT())
            self._buffers[-1].data = np.frombuffer(values.tobytes(), np.uint8)
        self._tensors.append(tensor)
        return len(self._tensors) - 1

    def operate(self, code: int, inputs: list[int], outputs: list[int], options: tuple[int, Any] | None = None) -> None:
        entry = schema.OperatorCodeT()
        entry.builtinCode = entry.deprecatedBuiltinCode = code
        operator = self._add(entry, inputs, outputs)
        if options:
            operator.builtinOptionsType, operator.builtinOptions = options

    def custom(self, name: str, inputs: list[int], outputs: list[int], options: bytes) -> None:
        entry = schema.OperatorCodeT()
        entry.builtinCode = entry.deprecatedBuiltinCode = schema.BuiltinOperator.CUSTOM
        entry.customCode = name
        self._add(entry, inputs, outputs).customOptions = list(options)

    def _add(self, code: Any, inputs: list[int], outputs: list[int]) -> Any:
        code.version = 1
        self._codes.append(code)
        operator = schema.OperatorT()
        operator.opcodeIndex = len(self._codes) - 1
        operator.inputs, operator.outputs = inputs, outputs
        self._operators.append(operator)
        return operator

    def finish(self, inputs: list[int], outputs: list[int]) -> bytes:
        graph = schema.SubGraphT()
        graph.tensors, graph.operators, graph.inputs, graph.outputs = self._tensors, self._operators, inputs, outputs
        model = schema.ModelT()
        model.version, model.subgraphs, model.operatorCodes, model.buffers = 3, [graph], self._codes, self._buffers
        builder = flatbuffers.Builder(4096)
        builder.Finish(model.Pack(builder), b"TFL3")
        return bytes(builder.Output())


def _pool(width: int, height: int) -> tuple[int, Any]:
    options = schema.Pool2DOptionsT()
    options.padding = schema.Padding.VALID
    options.filterWidth = options.strideW = width
    options.filterHeight = options.strideH = height
    return schema.BuiltinOptions.Pool2DOptions, options


def _reshape(*shape: int) -> tuple[int, Any]:
    options = schema.ReshapeOptionsT()
    options.newShape = list(shape)
    return schema.BuiltinOptions.ReshapeOptions, options


def _postprocess(classes: int) -> bytes:
    builder = flexbuffers.Builder()
    with builder.Map():
        builder.Int("max_detections", 5)
        builder.Int("max_classes_per_detection", 1)
        builder.Int("num_classes", classes)
        builder.Float("nms_score_threshold", 1e-8)
        builder.Float("nms_iou_threshold", 0.6)
        builder.Float("y_scale", 10.0)
        builder.Float("x_scale", 10.0)
        builder.Float("h_scale", 5.0)
        builder.Float("w_scale", 5.0)
        builder.Bool("use_regular_nms", False)
    return bytes(builder.Finish())
