"""Keep one detection per object, even if several regions show it."""

from collections.abc import Sequence

from ..geometry import Box, Size, covered_share, iou
from ..objects import Detection

_MAX_OVERLAP = 0.4  # IoU above which two detections of a label are one object
_CLIPPED_SHARE = 0.6  # a clipped detection that overlaps another one to this extent is part of it
_EDGE_SHARE = 1 / 60  # of a region's side (5 of 300 pixels): this close to the edge, a box may be cut off


def is_clipped(detection: Detection, size: Size) -> bool:
    """Return whether a detection ends at its region's edge while the frame continues."""
    box, region = detection.box, detection.region
    near = max(1, int((region[2] - region[0]) * _EDGE_SHARE))
    return (
        (box[0] - region[0] <= near < region[0])
        or (box[1] - region[1] <= near < region[1])
        or (region[2] - box[2] <= near and region[2] < size.width - near)
        or (region[3] - box[3] <= near and region[3] < size.height - near)
    )


def suppress(detections: Sequence[Detection], size: Size) -> list[Detection]:
    """Return the detections without duplicates: complete before clipped ones, then by score."""
    ranked = sorted(detections, key=lambda found: (is_clipped(found, size), -found.score))
    kept: list[Detection] = []
    for found in ranked:
        if not any(_is_duplicate(found, other, size) for other in kept):
            kept.append(found)
    return kept


def is_part_of(found: Detection, known: Sequence[tuple[str, Box]]) -> bool:
    """Return whether a detection is part of one of these objects (label, box)."""
    return any(label == found.label and covered_share(found.box, box) > _CLIPPED_SHARE for label, box in known)


def _is_duplicate(found: Detection, other: Detection, size: Size) -> bool:
    if found.label != other.label:
        return False
    if iou(found.box, other.box) > _MAX_OVERLAP:
        return True
    return is_clipped(found, size) and covered_share(found.box, other.box) > _CLIPPED_SHARE
