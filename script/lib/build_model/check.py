"""Compare the models with the float network they come from, on frames that were not used for calibration."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf
from crops import Crop
from numpy.typing import NDArray

_SIZE = 300
_CLASSES = {"person": 1, "car": 3}
_FOUND = 0.5  # Frigate's default min_score
_NEARLY = 0.4
_SAME = 0.5  # IoU from which two boxes are the same object
_SMALL = 32  # pixels of the 300 px input; a person 25 to 40 px wide in a crop of 300 to 400 px

Array = NDArray[np.float32]
Heads = tuple[Array, Array]  # boxes (1917, 4), scores (1917, 91)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How one runtime's results differ from the float network's."""

    runtime: str
    objects: int
    missed: int
    invented: int
    score_differences: Array
    overlaps: Array
    small: NDArray[np.bool_]
    ms: float
    mb: float

    def row(self) -> str:
        """Return a row of the table in HEADER."""
        gap = np.abs(self.score_differences)
        return (
            f"| {self.runtime} | {self.objects} | {self.missed} | {self.invented} "
            f"| {gap.mean():.4f} / {np.quantile(gap, 0.99):.3f} | {gap[self.small].mean():.4f} "
            f"| {self.overlaps.mean():.4f} / {np.quantile(self.overlaps, 0.01):.3f} "
            f"| {self.overlaps[self.small].mean():.4f} "
            f"| {self.ms:.1f} | {self.mb:.0f} |"
        )


HEADER = (
    "| model | objects | missed | invented | score difference, mean / 99 % | the same, small | "
    "IoU, mean / worst 1 % | the same, small | ms | MB |\n|" + " --- |" * 10
)


def check(graph: Any, anchors: Array, crops: list[Crop], models: Path, scratch: Path) -> list[Result]:
    """Return a result for each runtime, measured in a separate process with one thread."""
    reference = run_graph(graph, crops)
    np.save(scratch / "crops.npy", np.stack(crops))
    return [_check_one(runtime, reference, anchors, models, scratch) for runtime in ("tflite", "ncnn")]


def run_graph(graph: Any, crops: list[Crop]) -> list[Heads]:
    """Return the float network's outputs for each crop."""
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        tf.import_graph_def(graph, name="")
        runs = (session.run(["boxes:0", "scores:0"], {"image:0": crop[None].astype(np.float32)}) for crop in crops)
        return [(boxes[0], scores[0]) for boxes, scores in runs]


def _check_one(runtime: str, reference: list[Heads], anchors: Array, models: Path, scratch: Path) -> Result:
    output = scratch / f"{runtime}.npz"
    command: list[str | Path] = [Path(__file__).with_name("bench.py"), runtime, models, scratch / "crops.npy", output]
    done = subprocess.run([sys.executable, *command], check=True, capture_output=True, text=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    with np.load(output) as heads:
        found = list(zip(heads["boxes"], heads["scores"], strict=True))
    pairs, missed, invented = [], 0, 0
    for expected, actual in zip(reference, found, strict=True):
        for index in _CLASSES.values():
            strong, matched = _match(expected, actual, index, anchors)
            pairs += matched
            missed += strong - len(matched)
            strong, matched = _match(actual, expected, index, anchors)
            invented += strong - len(matched)
    differences, overlaps, widths = np.array(pairs, np.float32).T
    return Result(
        runtime=runtime,
        objects=len(pairs) + missed,
        missed=missed,
        invented=invented,
        score_differences=differences,
        overlaps=overlaps,
        small=widths < _SMALL,
        ms=figures["ms"],
        mb=figures["mb"],
    )


def _match(expected: Heads, actual: Heads, index: int, anchors: Array) -> tuple[int, list[tuple[float, float, float]]]:
    """Return the number of expected objects; score difference, IoU and width of those that were found."""
    strong_boxes, strong_scores = find_objects(expected, index, anchors, _FOUND)
    boxes, scores = find_objects(actual, index, anchors, _NEARLY)
    matched = []
    for box, score in zip(strong_boxes, strong_scores, strict=True):
        overlaps = _iou(boxes, box)
        if len(overlaps) and overlaps.max() >= _SAME:
            best = int(overlaps.argmax())
            matched.append((float(scores[best] - score), float(overlaps[best]), float(box[3] - box[1])))
    return len(strong_boxes), matched


def find_objects(heads: Heads, index: int, anchors: Array, least: float) -> tuple[Array, Array]:
    """Return boxes (ymin, xmin, ymax, xmax, pixels) and scores of one class, overlapping ones removed."""
    scores = heads[1][:, index]
    rows = np.flatnonzero(scores > least)
    rows = rows[np.argsort(-scores[rows])]
    boxes, scores = _decode(heads[0][rows], anchors[rows]) * _SIZE, scores[rows]
    kept: list[int] = []
    for row in range(len(rows)):
        if not kept or _iou(boxes[kept], boxes[row]).max() < _SAME:
            kept.append(row)
    return boxes[kept], scores[kept]


def _decode(encodings: Array, anchors: Array) -> Array:
    low, high = anchors[:, :2], anchors[:, 2:]
    size = high - low
    centre = encodings[:, :2] / 10 * size + (low + high) / 2
    half = np.exp(encodings[:, 2:] / 5) * size / 2
    return np.concatenate([centre - half, centre + half], 1)


def _iou(boxes: Array, box: Array) -> Array:
    sides = np.minimum(boxes[:, 2:], box[2:]) - np.maximum(boxes[:, :2], box[:2])
    shared = np.clip(sides, 0, None).prod(1)
    areas = (boxes[:, 2:] - boxes[:, :2]).prod(1) + (box[2:] - box[:2]).prod()
    return np.asarray(shared / (areas - shared))
