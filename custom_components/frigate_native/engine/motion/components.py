"""Connected components of a small binary picture, with numpy and union-find over runs."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..geometry import Box

type ChangedPixels = NDArray[np.bool_]  # (h, w)


# After growing by two pixels, each component is a union of 5 x 5 blocks, or 3 x 3 in a corner of the picture.
# The outline through the centres of n x n pixels encloses (n - 1)^2, so at least this share of a component's pixels.
_MIN_ENCLOSED = (2 / 3) ** 2


class Run(NamedTuple):
    """Adjacent set pixels in one row: columns start to end, end exclusive."""

    row: int
    start: int
    end: int


def grow(changed: ChangedPixels) -> ChangedPixels:
    """Return the pixels grown by two pixels in all directions, like two dilations with a 3 x 3 square."""
    wide = changed.copy()
    for shift in (1, 2):
        wide[:, shift:] |= changed[:, :-shift]
        wide[:, :-shift] |= changed[:, shift:]
    tall = wide.copy()
    for shift in (1, 2):
        tall[shift:] |= wide[:-shift]
        tall[:-shift] |= wide[shift:]
    return tall


def find_boxes(changed: ChangedPixels, min_area: float) -> list[Box]:
    """Return the bounding boxes of the 8-connected components that enclose more than `min_area`.

    The area is that of the polygon through the centres of the outermost pixels, including holes (as contour
    functions report it), in square pixels of the small picture. Boxes are (x1, y1, x2, y2), x2 and y2 exclusive.
    """
    boxes = []
    for runs in _components(_runs(changed)):
        box = _bounding_box(runs)
        if (box[2] - box[0] - 1) * (box[3] - box[1] - 1) <= min_area:
            continue
        if _is_surely_larger(runs, min_area) or _enclosed_area(runs, box) > min_area:
            boxes.append(box)
    return boxes


def _runs(changed: ChangedPixels) -> list[Run]:
    width = changed.shape[1] + 1
    padded = np.zeros(changed.shape[0] * width + 1, np.bool_)  # an unset pixel between rows and around the picture
    padded[1:].reshape(-1, width)[:, :-1] = changed
    edges = np.flatnonzero(padded[1:] != padded[:-1]).reshape(-1, 2)
    rows = edges[:, 0] // width
    return list(map(Run, rows.tolist(), *(edges - rows[:, np.newaxis] * width).T.tolist(), strict=True))


def _components(runs: list[Run]) -> list[list[Run]]:
    """Group runs that touch, also at corners. Runs are sorted by row and column."""
    parents = list(range(len(runs)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    above = 0
    for index, run in enumerate(runs):
        while runs[above].row < run.row - 1:
            above += 1
        candidate = above
        while runs[candidate].row < run.row and runs[candidate].start <= run.end:
            if runs[candidate].end >= run.start:
                parents[root(candidate)] = root(index)
            elif candidate == above:
                above += 1
            candidate += 1
    parts: dict[int, list[Run]] = {}
    for index, run in enumerate(runs):
        parts.setdefault(root(index), []).append(run)
    return list(parts.values())


def _bounding_box(runs: list[Run]) -> Box:
    return min(run.start for run in runs), runs[0].row, max(run.end for run in runs), runs[-1].row + 1


def _is_surely_larger(runs: list[Run], min_area: float) -> bool:
    return sum(run.end - run.start for run in runs) * _MIN_ENCLOSED > min_area


def _enclosed_area(runs: list[Run], box: Box) -> float:
    """Add up the 2 x 2 squares of pixel centres: one if all four pixels are set, half if three are."""
    if len(runs) == box[3] - box[1]:  # one run per row, as in nearly all components: no holes, no picture needed
        return sum(map(_area_between, runs, runs[1:], strict=False))
    part = np.zeros((box[3] - box[1], box[2] - box[0]), np.int8)
    for run in runs:
        part[run.row - box[1], run.start - box[0] : run.end - box[0]] = 1
    part = _without_holes(part)
    corners = part[:-1, :-1] + part[:-1, 1:] + part[1:, :-1] + part[1:, 1:]
    return float(np.count_nonzero(corners == 4) + np.count_nonzero(corners == 3) / 2)


def _area_between(upper: Run, lower: Run) -> float:
    """Return the area between two runs in adjacent rows."""
    squares = min(upper.end, lower.end) - max(upper.start, lower.start) - 1
    if squares < 0:
        return 0.0
    return squares + ((upper.start != lower.start) + (upper.end != lower.end)) / 2


def _without_holes(part: NDArray[np.int8]) -> NDArray[np.int8]:
    """Fill holes: unset pixels that are not 4-connected to the outside."""
    outside = np.pad(part == 0, 1, constant_values=True)
    reached = np.zeros_like(outside)
    reached[0, :] = reached[-1, :] = True
    reached[:, 0] = reached[:, -1] = True
    while True:
        before = np.count_nonzero(reached)
        reached[1:] |= reached[:-1] & outside[1:]
        reached[:-1] |= reached[1:] & outside[:-1]
        reached[:, 1:] |= reached[:, :-1] & outside[:, 1:]
        reached[:, :-1] |= reached[:, 1:] & outside[:, :-1]
        if np.count_nonzero(reached) == before:
            return (~reached[1:-1, 1:-1]).astype(np.int8)
