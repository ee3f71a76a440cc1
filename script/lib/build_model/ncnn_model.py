"""Write a network as ncnn's two files: the .param text and the .bin with the weights."""

import struct
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from network import CLASSES, INPUT, Array, Kind, Layer, Network
from numpy.typing import NDArray

_MAGIC = 7767517
_FLAG_FLOAT32 = 0
_FLAG_FLOAT16 = 0x01306B47
_FLAG_INT8 = 0x000D4B38
_PAD_SAME = -233  # TensorFlow's SAME
_GREY = 127.5  # 0 after scaling to -1..1
_HEIGHT_WIDTH_CHANNELS = 3  # Permute's order


@dataclass(slots=True)
class _Files:
    lines: list[str] = field(default_factory=list)
    weights: bytearray = field(default_factory=bytearray)
    blobs: int = 0

    def layer(self, kind: str, name: str, inputs: list[str], outputs: list[str], **params: object) -> None:
        self.blobs += len(outputs)
        values = " ".join(f"{key.removeprefix('p')}={value}" for key, value in params.items())
        head = f"{kind:24} {name:24} {len(inputs)} {len(outputs)} {' '.join(inputs + outputs)}"
        self.lines.append(f"{head} {values}".rstrip())

    def raw(self, array: Array) -> None:
        """Write plain float32 values: biases and scales."""
        self.weights += array.astype("<f4").tobytes()

    def flagged(self, array: NDArray[np.generic], flag: int, dtype: str) -> None:
        """Write weights with a type prefix, padded to four bytes."""
        data = array.astype(dtype).tobytes()
        self.weights += struct.pack("<I", flag) + data + bytes(-len(data) % 4)


def write_ncnn(network: Network, int8_ranges: Mapping[str, float] | None = None) -> tuple[str, bytes]:
    """Return .param and .bin.

    The input blob `image` is the picture as RGB floats 0..255 (3, 300, 300); the outputs are `boxes`
    (1917, 4) and `scores` (1917, 91), after the sigmoid. Weights are float16, except those of the layers in
    `int8_ranges`: the largest absolute input of each layer that runs in int8.
    """
    files = _Files()
    blobs = _Blobs(files, network)
    files.layer("Input", INPUT, [], [INPUT], p0=300, p1=300, p2=3)
    blobs.split(INPUT)
    for layer in network.layers:
        if layer.kind is Kind.ADD:
            files.layer("BinaryOp", layer.name, [blobs.take(name) for name in layer.inputs], [layer.name], p0=0)
        else:
            _convolution(files, layer, blobs.take(layer.inputs[0]), (int8_ranges or {}).get(layer.name))
        blobs.split(layer.name)
    _head(files, "boxes", network.boxes, 4, "boxes")
    _head(files, "scores", network.scores, CLASSES, "logits")
    files.layer("Sigmoid", "sigmoid", ["logits"], ["scores"])
    text = "\n".join([str(_MAGIC), f"{len(files.lines)} {files.blobs}", *files.lines, ""])
    return text, bytes(files.weights)


class _Blobs:
    """Gives every consumer its own copy of a blob, as ncnn requires."""

    def __init__(self, files: _Files, network: Network) -> None:
        self._files = files
        self._uses = Counter(name for layer in network.layers for name in layer.inputs)
        self._copies: dict[str, list[str]] = {}

    def split(self, name: str) -> None:
        """Add copies of a blob that several layers read."""
        if self._uses[name] > 1:
            self._copies[name] = [f"{name}.{i}" for i in range(self._uses[name])]
            self._files.layer("Split", f"{name}.split", [name], list(self._copies[name]))

    def take(self, name: str) -> str:
        """Return the blob to read for the next consumer."""
        return self._copies[name].pop() if name in self._copies else name


def _convolution(files: _Files, layer: Layer, source: str, int8_range: float | None) -> None:
    weights, bias = layer.weights, layer.bias
    params: dict[str, object] = {"p0": layer.channels, "p1": weights.shape[0]}
    if layer.relu6:
        params |= {"p9": 3, "p-23310": "2,0.0,6.0"}
    if layer.inputs == [INPUT]:  # scaling to -1..1 happens in the first layer's weights
        bias = bias - weights.sum((0, 1, 2))
        weights = weights * np.float32(2 / 255)
        params["p18"] = _GREY
    if weights.shape[0] > 1:
        params |= {"p3": layer.stride, "p4": _PAD_SAME}
    params |= {"p5": 1, "p6": weights.size}
    if layer.kind is Kind.DEPTHWISE:
        params["p7"] = layer.channels
        ordered = weights.transpose(2, 3, 0, 1)
    else:
        ordered = weights.transpose(3, 2, 0, 1)
    if int8_range is not None:
        params["p8"] = 1 if layer.kind is Kind.DEPTHWISE else 2
    kind = "ConvolutionDepthWise" if layer.kind is Kind.DEPTHWISE else "Convolution"
    files.layer(kind, layer.name, [source], [layer.name], **params)
    if int8_range is not None:
        scales = 127 / np.abs(ordered).max((1, 2, 3))
        files.flagged(np.rint(ordered * scales[:, None, None, None]), _FLAG_INT8, "i1")
        files.raw(bias)
        files.raw(scales)
        files.raw(np.array([127 / int8_range]))
    elif layer.inputs == [INPUT]:  # scaled down, its weights would be close to float16's smallest numbers
        files.flagged(ordered, _FLAG_FLOAT32, "<f4")
        files.raw(bias)
    else:
        files.flagged(ordered, _FLAG_FLOAT16, "<f2")
        files.raw(bias)


def _head(files: _Files, name: str, layers: list[str], width: int, output: str) -> None:
    """Concatenate the heads of all grids as rows of `width` values."""
    rows = []
    for layer in layers:
        files.layer("Permute", f"{layer}/permute", [layer], [f"{layer}/hwc"], p0=_HEIGHT_WIDTH_CHANNELS)
        files.layer("Reshape", f"{layer}/reshape", [f"{layer}/hwc"], [f"{layer}/rows"], p0=width, p1=-1)
        rows.append(f"{layer}/rows")
    files.layer("Concat", f"{name}/concat", rows, [output], p0=0)
