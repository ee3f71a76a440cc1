"""Assign detections to identities that were identified by eye.

Linking detections is unreliable where people hide each other, and its errors would count against a better tracker.
Identities can therefore be written to a file, as for the MOTChallenge: each person's box at intervals, from appearance
to departure. A detection belongs to the identity whose interpolated box it overlaps best. Other detections (part of a
person, two people in one box, a traffic cone) are ignored.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from custom_components.frigate_native.engine.geometry import Box, Size, iou

from .assignment import assign
from .tracks import CERTAIN_SCORE, Sighting, Track, filled

_SAME_IOU: Final = 0.5


def read_identities(file: Path, label: str, size: Size, times: Sequence[float]) -> list[Track]:
    """Return each identity's expected boxes in a video of this size with these frame times.

    The file's columns are label, identity, time (seconds since the first frame), x1, y1, x2, y2 (0..1 of the picture).
    """
    boxes: defaultdict[str, dict[float, Box]] = defaultdict(dict)
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["label"] == label:
                boxes[row["identity"]][times[0] + float(row["time"])] = _to_pixels(row, size)
    return [Track(id=f"{label}-{name}", label=label, boxes=filled(known, times)) for name, known in boxes.items()]


def recognise(identities: Sequence[Track], sightings: Sequence[Sequence[Sighting]]) -> list[Track]:
    """Return the identities with the sightings that belong to them, frame by frame."""
    found = [Track(id=one.id, label=one.label, boxes=dict(one.boxes)) for one in identities]
    for frame, seen in enumerate(sightings):
        present = [track for track in found if frame in track.boxes]
        costs = [[1 - iou(track.boxes[frame], other.box) for other in seen] for track in present]
        for row, column in assign(costs, 1 - _SAME_IOU).items():
            present[row].boxes[frame] = seen[column].box
            if seen[column].score >= CERTAIN_SCORE:
                present[row].certain.add(frame)
    return found


def _to_pixels(row: Mapping[str, str], size: Size) -> Box:
    x1, x2 = (round(float(row[name]) * size.width) for name in ("x1", "x2"))
    y1, y2 = (round(float(row[name]) * size.height) for name in ("y1", "y2"))
    return x1, y1, x2, y2
