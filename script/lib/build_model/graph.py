"""Rebuild the detection network from a TensorFlow.js graph model."""

import json
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import tensorflow as tf
from google.protobuf import json_format
from numpy.typing import NDArray

INPUT = "image"
BOXES = "boxes"
SCORES = "scores"
INPUT_SIZE = 300

_RESIZED_IMAGE_OP = "TensorArrayGatherV3"  # 300x300x3 float, raw 0..255; scaled to -1..1 by what follows
_BOX_ENCODINGS = "Squeeze"
_CLASS_SCORES = "Postprocessor/convert_scores"
_ANCHORS = "Postprocessor/ExpandDims"

GraphDef: TypeAlias = Any  # noqa: UP040 - tf.compat.v1.GraphDef, which has no types; TensorFlow wants an older Python


def load_graph(folder: Path) -> tuple[GraphDef, NDArray[np.float32]]:
    """Return the network from picture to heads, and its anchors.

    The graph's input is `image`, float32 [1, 300, 300, 3], RGB 0..255. Its outputs are `boxes`, float32
    [1, 1917, 4], the box encodings as ty, tx, th, tw; and `scores`, float32 [1, 1917, 91], sigmoid scores
    with the background as class 0. Anchors are float32 [1917, 4]: ymin, xmin, ymax, xmax, 0..1.
    """
    model = json.loads((folder / "model.json").read_text())
    weights = dict(_read_weights(folder, model["weightsManifest"]))
    graph = _to_graph_def(model["modelTopology"]["node"], weights)
    return _cut(graph), weights[_ANCHORS].reshape(-1, 4).astype(np.float32)


def _read_weights(folder: Path, manifest: list[dict[str, Any]]) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield every constant's name and value; the shards hold them one after the other."""
    for group in manifest:
        data = b"".join((folder / path).read_bytes() for path in group["paths"])
        offset = 0
        for weight in group["weights"]:
            dtype = np.dtype(weight["dtype"])
            count = int(np.prod(weight["shape"], dtype=np.int64))
            yield weight["name"], np.frombuffer(data, dtype, count, offset).reshape(weight["shape"])
            offset += count * dtype.itemsize
        if offset != len(data):
            raise ValueError(f"{folder}: the shards hold {len(data)} bytes; the manifest describes {offset}")


def _to_graph_def(nodes: list[dict[str, Any]], weights: dict[str, NDArray[Any]]) -> GraphDef:
    graph = tf.compat.v1.GraphDef()
    for node in nodes:
        value = weights.get(node["name"]) if node["op"] == "Const" else None
        plain = {**node, "attr": {} if value is not None else _with_base64(node.get("attr", {}))}
        new = json_format.ParseDict(plain, graph.node.add())
        if value is not None:
            new.attr["dtype"].type = tf.as_dtype(value.dtype).as_datatype_enum
            new.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(value))
    return graph


def _with_base64(value: Any) -> Any:
    """Return protobuf's JSON form of attributes, whose bytes (`s`) are lists of numbers here."""
    if isinstance(value, list):
        return [_with_base64(item) for item in value]
    if not isinstance(value, dict):
        return value
    bytes_field = {"s": b64encode(bytes(value["s"])).decode()} if value.get("s") else {}
    return bytes_field | {key: _with_base64(item) for key, item in value.items() if key != "s"}


def _cut(graph: GraphDef) -> GraphDef:
    """Return the part between the resized picture and the heads, with plain names at both ends."""
    resized = next(node.name for node in graph.node if node.op == _RESIZED_IMAGE_OP)
    cut = tf.compat.v1.GraphDef()
    with tf.Graph().as_default() as new:
        image = tf.compat.v1.placeholder(tf.float32, [1, INPUT_SIZE, INPUT_SIZE, 3], INPUT)
        boxes, scores = tf.import_graph_def(
            graph, {f"{resized}:0": image}, [f"{_BOX_ENCODINGS}:0", f"{_CLASS_SCORES}:0"], name="net"
        )
        tf.identity(boxes, BOXES)
        tf.identity(scores, SCORES)
        cut.CopyFrom(new.as_graph_def())
    return tf.compat.v1.graph_util.extract_sub_graph(cut, [BOXES, SCORES])
