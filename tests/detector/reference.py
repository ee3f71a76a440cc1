"""What the float network finds in regions of the footage, written by script/build_model."""

import csv
from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple

import av
import numpy as np

from custom_components.frigate_native.engine.detection import RawDetection
from custom_components.frigate_native.engine.frame import Frame, Rgb
from tests.engine.detection.pools import FOOTAGE

REFERENCE = FOOTAGE.with_suffix(".float.csv")
_SIDE = 300
_SAME_OBJECT_IOU = 0.5

type _Place = tuple[int, int, int]  # number of the frame, left, top


class Region(NamedTuple):
    """A square of the footage that needs no scaling, and its objects."""

    rgb: Rgb
    objects: list[RawDetection]


def read_regions(labels: Mapping[int, str]) -> list[Region]:
    """Return the regions in which the float network finds anything."""
    with REFERENCE.open(newline="") as file:
        rows = list(csv.DictReader(file))
    found = {place: [_to_detection(row, labels) for row in group] for place, group in groupby(rows, key=_place)}
    crops = _crops(set(found))
    return [Region(crops[place], objects) for place, objects in found.items()]


def score_difference(expected: RawDetection, answer: list[RawDetection]) -> float:
    """Return how far the best matching object's score is from the expected one; the whole score when there is none."""
    same = [
        abs(found.score - expected.score)
        for found in answer
        if found.label == expected.label and _iou(found.box, expected.box) > _SAME_OBJECT_IOU
    ]
    return min(same, default=expected.score)


def _place(row: Mapping[str, str]) -> _Place:
    return int(row["frame"]), int(row["left"]), int(row["top"])


def _to_detection(row: Mapping[str, str], labels: Mapping[int, str]) -> RawDetection:
    box = (float(row["x1"]), float(row["y1"]), float(row["x2"]), float(row["y2"]))
    return RawDetection(label=labels[int(row["label_index"])], score=float(row["score"]), box=box)


def _crops(places: set[_Place]) -> dict[_Place, Rgb]:
    crops: dict[_Place, Rgb] = {}
    with av.open(str(FOOTAGE)) as container:
        for number, picture in enumerate(container.decode(video=0)):
            for place in (each for each in places if each[0] == number):
                _, left, top = place
                crops[place] = np.empty((_SIDE, _SIDE, 3), np.uint8)
                Frame(picture, 0.0, number).crop_rgb((left, top, left + _SIDE, top + _SIDE), crops[place])
    return crops


def _iou(first: tuple[float, ...], second: tuple[float, ...]) -> float:
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    shared = max(width, 0.0) * max(height, 0.0)
    return shared / (_area(first) + _area(second) - shared)


def _area(box: tuple[float, ...]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
