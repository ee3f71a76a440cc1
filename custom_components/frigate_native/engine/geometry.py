"""Boxes, areas and overlap in pixels of the detect frame; pure functions."""

from typing import NamedTuple

type Box = tuple[int, int, int, int]
"""(x1, y1, x2, y2) in pixels of the detect frame; x2 and y2 are exclusive."""

type RelativeBox = tuple[float, float, float, float]
"""(x1, y1, x2, y2) relative to a region or frame, 0..1."""

type Point = tuple[int, int]


class Size(NamedTuple):
    """Width and height of a picture in pixels."""

    width: int
    height: int


def ratio(box: Box) -> float:
    """Return the width of a box divided by its height."""
    x1, y1, x2, y2 = box
    return (x2 - x1) / max(y2 - y1, 1)


def area(box: Box) -> int:
    """Return the area of a box in square pixels; 0 for an empty one."""
    x1, y1, x2, y2 = box
    return (x2 - x1) * (y2 - y1) if x1 < x2 and y1 < y2 else 0


def intersection_area(first: Box, second: Box) -> int:
    """Return the area that two boxes share, in square pixels."""
    left, top, right, bottom = first
    x1, y1, x2, y2 = second
    width = (x2 if x2 < right else right) - (x1 if x1 > left else left)  # noqa: FURB136 - min and max take three times as long
    if width <= 0:
        return 0
    height = (y2 if y2 < bottom else bottom) - (y1 if y1 > top else top)  # noqa: FURB136
    return width * height if height > 0 else 0


def iou(first: Box, second: Box) -> float:
    """Return intersection over union, 0..1."""
    shared = intersection_area(first, second)
    if not shared:
        return 0.0
    return shared / (area(first) + area(second) - shared)


def covered_share(box: Box, by: Box) -> float:
    """Return how much of `box` lies inside `by`, 0..1."""
    own = area(box)
    return intersection_area(box, by) / own if own else 0.0


def union(first: Box, second: Box) -> Box:
    """Return the smallest box that contains both."""
    return (
        min(first[0], second[0]),
        min(first[1], second[1]),
        max(first[2], second[2]),
        max(first[3], second[3]),
    )


def touches(first: Box, second: Box) -> bool:
    """Return whether two boxes overlap or share an edge or corner."""
    return first[0] <= second[2] and second[0] <= first[2] and first[1] <= second[3] and second[1] <= first[3]


def contains(outer: Box, inner: Box) -> bool:
    """Return whether `inner` is completely inside `outer`."""
    return outer[0] <= inner[0] and outer[1] <= inner[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def bottom_centre(box: Box) -> Point:
    """Return the bottom center, where an object touches the ground: masks and zones are tested there."""
    return (box[0] + box[2]) // 2, box[3]


def clamp(box: Box, size: Size) -> Box:
    """Return the part of a box that lies inside a frame of this size."""
    return (
        min(max(box[0], 0), size.width),
        min(max(box[1], 0), size.height),
        min(max(box[2], 0), size.width),
        min(max(box[3], 0), size.height),
    )


def square_region(box: Box, size: Size, multiplier: float, least: int) -> Box:
    """Return the square region around a box for the detector.

    The side is the longer side of the box, cut to a multiple of 4, times `multiplier`, at least `least` pixels.
    It is moved into the frame if it fits; a region larger than the frame extends beyond its right or bottom edge.
    """
    side = max(int(max(box[2] - box[0], box[3] - box[1]) // 4 * 4 * multiplier), least)
    x1 = _offset((box[0] + box[2]) / 2, side, size.width)
    y1 = _offset((box[1] + box[3]) / 2, side, size.height)
    return x1, y1, x1 + side, y1 + side


def _offset(centre: float, side: int, limit: int) -> int:
    return max(0, min(int(centre - side / 2), limit - side))
