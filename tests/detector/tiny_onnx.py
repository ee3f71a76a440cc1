"""Models of a few operations in ONNX's format, with the outputs of today's families.

Each sees one object: its box is BOX, its label the colour that fills the picture (red 0, green 1, blue 2), its score
how full of it the picture is.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SIDE: Final = 64
BOX: Final = (0.25, 0.125, 0.5, 0.75)  # x1, y1, x2, y2
_CENTRE: Final = (0.375, 0.4375, 0.25, 0.625)  # x and y of the middle, width, height
_CELLS: Final = 84  # of 8, 16 and 32 pixels
_OPSET: Final = 13


class _Graph:
    """Collects nodes and constants."""

    def __init__(self, dtype: int, *, is_dynamic: bool) -> None:
        batch = "batch" if is_dynamic else 1
        self.inputs = [helper.make_tensor_value_info("images", dtype, [batch, 3, SIDE, SIDE])]
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def add(self, kind: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, list(inputs), [output], **attributes))
        return output

    def constant(self, name: str, values: Any, dtype: Any = np.float32) -> str:
        self.constants.append(numpy_helper.from_array(np.array(values, dtype), name))
        return name

    def write(self, path: Path, outputs: dict[str, Sequence[int | str]]) -> Path:
        results = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()]
        graph = helper.make_graph(self.nodes, "tiny", self.inputs, results, self.constants)
        onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=8), path)
        return path


def write_yolo(path: Path) -> Path:
    """Write a model of 0..1 with boxes in columns, (1, 4 + 3, 84)."""
    graph = _Graph(TensorProto.FLOAT, is_dynamic=False)
    box = graph.constant("box", np.array(_CENTRE).reshape(1, 4, 1) * SIDE)
    column = graph.add("Concat", [box, _scores(graph, (1, 3, 1))], "column", axis=1)
    graph.add("Pad", [column, graph.constant("pads", (0, 0, 0, 0, 0, _CELLS - 1), np.int64)], "output0")
    return graph.write(path, {"output0": (1, 7, _CELLS)})


def write_yolo_nas(path: Path) -> Path:
    """Write a model of bytes with boxes (1, 1, 4) and scores (1, 1, 3)."""
    graph = _Graph(TensorProto.UINT8, is_dynamic=False)
    corners = graph.constant("corners", np.array(BOX).reshape(1, 1, 4) * SIDE)
    graph.add("Identity", [corners], "boxes")
    real = graph.add("Cast", ["images"], "real", to=TensorProto.FLOAT)
    scores = _scores(graph, (1, 1, 3), real)
    graph.add("Div", [scores, graph.constant("bytes", 255)], "probabilities")
    return graph.write(path, {"boxes": (1, 1, 4), "probabilities": (1, 1, 3)})


def write_dfine(path: Path) -> Path:
    """Write a model of 0..1 whose boxes are in pixels of the size that a second input says; any number of pictures."""
    graph = _Graph(TensorProto.FLOAT, is_dynamic=True)
    graph.inputs.append(helper.make_tensor_value_info("orig_target_sizes", TensorProto.INT64, ["batch", 2]))
    sizes = graph.add("Cast", ["orig_target_sizes"], "sizes", to=TensorProto.FLOAT)
    both = graph.add("Concat", [sizes, sizes], "both", axis=1)
    corners = graph.constant("corners", np.array(BOX).reshape(1, 4))
    pixels = graph.add("Mul", [both, corners], "pixels")
    graph.add("Reshape", [pixels, graph.constant("boxes_shape", (1, 1, 4), np.int64)], "boxes")
    scores = _scores(graph, (1, 3))
    graph.add("ReduceMax", [scores], "scores", axes=[1], keepdims=1)
    best = graph.add("ArgMax", [scores], "best", axis=1, keepdims=1)
    graph.add("Cast", [best], "labels", to=TensorProto.FLOAT)
    return graph.write(path, {"labels": ("batch", 1), "boxes": ("batch", 1, 4), "scores": ("batch", 1)})


def write_rfdetr(path: Path) -> Path:
    """Write a model of 0..1 with boxes (1, 1, 4) and logits of the background and three classes."""
    graph = _Graph(TensorProto.FLOAT, is_dynamic=False)
    graph.add("Identity", [graph.constant("box", np.array(_CENTRE).reshape(1, 1, 4))], "dets")
    scores = _scores(graph, (1, 1, 3))
    logits = graph.add(
        "Mul",
        [graph.add("Sub", [scores, graph.constant("half", 0.5)], "centred"), graph.constant("steep", 9)],
        "steeper",
    )
    background = graph.constant("background", np.full((1, 1, 1), 9))
    graph.add("Concat", [background, logits], "logits", axis=2)
    return graph.write(path, {"dets": (1, 1, 4), "logits": (1, 1, 4)})


def _scores(graph: _Graph, shape: Sequence[int], images: str = "images") -> str:
    """Add the mean of each colour."""
    means = graph.add("ReduceMean", [images], "means", axes=[2, 3], keepdims=0)
    return graph.add("Reshape", [means, graph.constant("scores_shape", shape, np.int64)], "class_scores")
