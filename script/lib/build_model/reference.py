"""Write down what the float network finds in the sample footage, so that tests can compare every runtime with it."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
from check import Array, find_objects, run_graph
from crops import INPUT_SIZE, Crop
from network import CLASSES

_EVERY = 60  # frames
_CORNERS = ((450, 138), (0, 138), (234, 200))  # left, top of regions that need no scaling
_MIN = 0.3  # the least score that detectors report
_HEADER = ("frame", "left", "top", "label_index", "score", "y1", "x1", "y2", "x2")


def write_reference(graph: Any, anchors: Array, footage: Path, target: Path) -> None:
    """Write the objects of some regions of the footage as CSV; boxes are relative to the region."""
    regions = list(_regions(footage))
    outputs = run_graph(graph, [crop for _, _, _, crop in regions])
    with target.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_HEADER)
        for (frame, left, top, _), heads in zip(regions, outputs, strict=True):
            for index in range(1, CLASSES):
                boxes, scores = find_objects(heads, index, anchors, _MIN)
                for box, score in zip(np.clip(boxes / INPUT_SIZE, 0, 1), scores, strict=True):
                    writer.writerow([frame, left, top, index - 1, f"{score:.3f}", *(f"{side:.3f}" for side in box)])


def _regions(footage: Path) -> Iterator[tuple[int, int, int, Crop]]:
    with av.open(str(footage)) as container:
        for number, frame in enumerate(container.decode(video=0)):
            if number % _EVERY == 0:
                picture = frame.to_ndarray(format="rgb24")
                for left, top in _CORNERS:
                    crop = picture[top : top + INPUT_SIZE, left : left + INPUT_SIZE]
                    yield number, left, top, np.ascontiguousarray(crop)
