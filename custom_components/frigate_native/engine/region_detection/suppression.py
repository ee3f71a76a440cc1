"""One detection for each thing, however many regions it showed up in."""

from collections.abc import Sequence

from ..geometry import Box, Size, covered_share, iou
from ..objects import Detection

_MAX_OVERLAP = 0.4  # IoU above which two detections of a label are one thing
_CLIPPED_SHARE = 0.6  # a clipped detection that lies in another one so far is a part of it
_EDGE_SHARE = 1 / 60  # of a region's side (5 pixels of 300): that near to the edge a box may be cut off


def is_clipped(detection: Detection, size: Size) -> bool:
    """Tell whether a detection ends where its region does, though the frame goes on there."""
    box, region = detection.box, detection.region
    near = max(1, int((region[2] - region[0]) * _EDGE_SHARE))
    return (
        (box[0] - region[0] <= near < region[0])
        or (box[1] - region[1] <= near < region[1])
        or (region[2] - box[2] <= near and region[2] < size.width - near)
        or (region[3] - box[3] <= near and region[3] < size.height - near)
    )


def suppress(detections: Sequence[Detection], size: Size) -> list[Detection]:
    """Return the detections without repetitions: whole ones before clipped ones, higher scores first."""
    ranked = sorted(detections, key=lambda found: (is_clipped(found, size), -found.score))
    kept: list[Detection] = []
    for found in ranked:
        if not any(_repeats(found, other, size) for other in kept):
            kept.append(found)
    return kept


def is_part_of(found: Detection, known: Sequence[tuple[str, Box]]) -> bool:
    """Tell whether a detection is a piece of one of these (label, box)."""
    return any(label == found.label and covered_share(found.box, box) > _CLIPPED_SHARE for label, box in known)


def _repeats(found: Detection, other: Detection, size: Size) -> bool:
    if found.label != other.label:
        return False
    if iou(found.box, other.box) > _MAX_OVERLAP:
        return True
    return is_clipped(found, size) and covered_share(found.box, other.box) > _CLIPPED_SHARE
