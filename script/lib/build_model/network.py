"""The network as a list of layers, with batch normalisation folded and activations fused."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

Array = NDArray[np.float32]

INPUT = "image"
CLASSES = 91  # COCO's 90 and the background


class Kind(StrEnum):
    """A layer's operation."""

    CONV = "conv"
    DEPTHWISE = "depthwise"
    ADD = "add"


@dataclass(slots=True, kw_only=True)
class Layer:
    """One layer; `inputs` are layers' names or INPUT. Padding is TensorFlow's SAME everywhere.

    Weights are (height, width, in, out); a depthwise layer's are (height, width, channels, 1).
    """

    name: str
    kind: Kind
    inputs: list[str]
    weights: Array = field(default_factory=lambda: np.empty(0, np.float32))
    bias: Array = field(default_factory=lambda: np.empty(0, np.float32))
    stride: int = 1
    relu6: bool = False

    @property
    def channels(self) -> int:
        """Return the number of output channels of a convolution."""
        return int(self.weights.shape[2 if self.kind is Kind.DEPTHWISE else 3])

    def scale(self, factor: Array) -> None:
        """Multiply the output, channel by channel."""
        self.weights = self.weights * (factor[:, None] if self.kind is Kind.DEPTHWISE else factor)
        self.bias = self.bias * factor


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Layers in execution order, and the names of the heads, from the finest grid to the coarsest.

    The network's input is the picture scaled to -1..1: `value * 2 / 255 - 1`. A boxes head has four channels
    an anchor, a scores head one channel a class and anchor: logits, before the sigmoid.
    """

    layers: list[Layer]
    boxes: list[str]
    scores: list[str]


def read_network(graph: Any) -> Network:
    """Return the layers of a GraphDef from graph.load_graph."""
    return _Reader(graph).read()


class _Reader:
    """Walks the graph once; `_made` has the layer for each node's value."""

    def __init__(self, graph: Any) -> None:
        self._nodes = {node.name: node for node in graph.node}
        self._consts = {
            node.name: tf.make_ndarray(node.attr["value"].tensor) for node in graph.node if node.op == "Const"
        }
        self._made: dict[str, str] = {}
        self._layers: dict[str, Layer] = {}

    def read(self) -> Network:
        image = next(name for name, node in self._nodes.items() if node.op == "Sub")
        self._made[image] = INPUT
        boxes, scores = (self._heads(name) for name in ("boxes", "scores"))
        return Network(layers=list(self._layers.values()), boxes=boxes, scores=scores)

    def _heads(self, output: str) -> list[str]:
        node = self._nodes[output]
        while node.op != "ConcatV2":
            node = self._nodes[node.input[0]]
        return [self._layer(self._nodes[name].input[0]) for name in node.input[:-1]]  # the last one is the axis

    def _layer(self, name: str) -> str:
        """Return the name of the layer for a node's value; create it with its inputs if needed."""
        if name not in self._made:
            self._made[name] = self._make(self._nodes[name])
        return self._made[name]

    def _make(self, node: Any) -> str:
        match node.op:
            case "Conv2D" | "DepthwiseConv2dNative":
                return self._convolution(node)
            case "Add" | "AddN" if not any(name in self._consts for name in node.input):
                return self._new(
                    Layer(name=_short(node.name), kind=Kind.ADD, inputs=[self._layer(n) for n in node.input])
                )
        layer = self._layers[self._layer(next(name for name in node.input if name not in self._consts))]
        constants = [self._consts[name].astype(np.float32) for name in node.input if name in self._consts]
        if layer.relu6:
            raise ValueError(f"{node.name}: {node.op} after an activation cannot be folded")
        match node.op, constants:
            case "Relu6", []:
                layer.relu6 = True
            case "Add" | "BiasAdd", [offset]:
                self._biased(layer).bias += offset.ravel()
            case "Mul", [factor]:
                layer.scale(factor.ravel())
            case "FusedBatchNorm", [gamma, beta, mean, variance]:
                factor = gamma / np.sqrt(variance + node.attr["epsilon"].f)
                layer.scale(factor)
                layer.bias += beta - mean * factor
            case _:
                raise ValueError(f"{node.name}: {node.op} is not supported")
        return layer.name

    def _convolution(self, node: Any) -> str:
        weights = self._consts[node.input[1]].astype(np.float32)
        kind = Kind.CONV if node.op == "Conv2D" else Kind.DEPTHWISE
        layer = Layer(
            name=_short(node.name),
            kind=kind,
            inputs=[self._layer(node.input[0])],
            weights=weights,
            stride=node.attr["strides"].list.i[1],
        )
        layer.bias = np.zeros(layer.channels, np.float32)
        return self._new(layer)

    def _biased(self, layer: Layer) -> Layer:
        """Return the layer for an offset: a sum has no bias, so the convolution before it is used."""
        return layer if layer.kind is not Kind.ADD else self._layers[layer.inputs[0]]

    def _new(self, layer: Layer) -> str:
        if layer.name in self._layers:
            raise ValueError(f"{layer.name}: two layers of that name")
        self._layers[layer.name] = layer
        return layer.name


def _short(name: str) -> str:
    """Return `expanded_conv_1/expand` for `net/.../MobilenetV2/expanded_conv_1/expand/BatchNorm/...`."""
    parts = [part for part in name.split("/") if part not in {"net", "FeatureExtractor", "MobilenetV2"}]
    if "ArithmeticOptimizer" in parts:
        return f"{parts[0]}/add"
    end = next((i for i, part in enumerate(parts) if part in {"BatchNorm", "Conv2D"}), len(parts))
    if parts[end - 1] == parts[end - 2] == "depthwise" or parts[end - 2].endswith("_depthwise"):
        end -= 1
    return "/".join(parts[:end])


def to_graph(network: Network, picture: tf.Tensor) -> dict[str, tf.Tensor]:
    """Build the network into TensorFlow's default graph; the picture is [1, 300, 300, 3], scaled to -1..1.

    Return every layer's value by its name, and `boxes` [1, 1917, 4], `logits` and `scores` [1, 1917, 91].
    """
    values = {INPUT: picture}
    for layer in network.layers:
        values[layer.name] = _apply(layer, [values[name] for name in layer.inputs])
    for output, heads, width in (("boxes", network.boxes, 4), ("logits", network.scores, CLASSES)):
        rows = [tf.reshape(values[name], [1, -1, width], f"{name}/rows") for name in heads]
        values[output] = tf.concat(rows, 1, output)
    values["scores"] = tf.sigmoid(values["logits"], "scores")
    return values


def _apply(layer: Layer, inputs: list[tf.Tensor]) -> tf.Tensor:
    """Return a layer's value; the last operation has its name."""
    if layer.kind is Kind.ADD:
        return tf.add(*inputs, name=layer.name)
    if layer.kind is Kind.CONV:
        value = tf.nn.conv2d(inputs[0], layer.weights, layer.stride, "SAME")
    else:
        value = tf.nn.depthwise_conv2d(inputs[0], layer.weights, [1, layer.stride, layer.stride, 1], "SAME")
    if not layer.relu6:
        return tf.nn.bias_add(value, layer.bias, name=layer.name)
    return tf.nn.relu6(tf.nn.bias_add(value, layer.bias), name=layer.name)
