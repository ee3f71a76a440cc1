"""Combine boxes into as few square regions as useful."""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from ..geometry import Box, Size, area, contains, square_region, union

_MARGIN = 1.2  # room around a box, so that an object that moved is still completely inside
_MAX_GROWTH = 1.25  # a region may grow this much to include another box: more pixels per inference, fewer inferences
_MIN_PIXELS = 80  # of an object's longer side in the detector's input: above this, a region may grow further


class _Cluster(NamedTuple):
    """Boxes that share a region: the box around them, and the longer side of the smallest."""

    box: Box
    smallest: int


def plan_regions(boxes: Sequence[Box], size: Size, min_side: int) -> list[Box]:
    """Return square regions (x1, y1, x2, y2); each box with a margin is completely inside one of them.

    Boxes are pixels of a frame of this size. A region's side is at least `min_side`, the detector's
    input size: smaller regions gain nothing, and boxes that fit into one cost one inference. Larger regions are joined
    only if no object in them becomes too small for the detector. Greedy; regions are sorted by size, largest first.
    """
    clusters: list[_Cluster] = []
    for box in sorted(boxes, key=area, reverse=True):
        own = _Cluster(box, _longer_side(box))
        sides = [_joint_side(cluster, own, min_side) for cluster in clusters]
        best = min((side, index) for index, side in enumerate(sides) if side) if any(sides) else None
        if best is None:
            clusters.append(own)
        else:
            clusters[best[1]] = _joint(clusters[best[1]], own)
    clusters = _joined(clusters, min_side)
    return _without_contained([square_region(cluster.box, size, _MARGIN, min_side) for cluster in clusters])


def _longer_side(box: Box) -> int:
    return max(box[2] - box[0], box[3] - box[1])


def _joint(first: _Cluster, second: _Cluster) -> _Cluster:
    return _Cluster(union(first.box, second.box), min(first.smallest, second.smallest))


def _side(box: Box, min_side: int) -> int:
    return max(int(_longer_side(box) * _MARGIN), min_side)


def _joint_side(first: _Cluster, second: _Cluster, min_side: int) -> int:
    """Return the side of the region for both, or 0 if it would be too large."""
    together = _joint(first, second)
    side = _side(together.box, min_side)
    grown = max(_side(first.box, min_side), _side(second.box, min_side)) * _MAX_GROWTH
    return side if side <= max(min_side, grown, together.smallest * min_side / _MIN_PIXELS) else 0


def _joined(clusters: list[_Cluster], min_side: int) -> list[_Cluster]:
    """Join clusters as long as any pair fits."""
    for first, second in combinations(clusters, 2):
        if _joint_side(first, second, min_side):
            rest = [cluster for cluster in clusters if cluster is not first and cluster is not second]
            return _joined([_joint(first, second), *rest], min_side)
    return clusters


def _without_contained(regions: list[Box]) -> list[Box]:
    kept: list[Box] = []
    for region in sorted(regions, key=area, reverse=True):
        if not any(contains(other, region) for other in kept):
            kept.append(region)
    return kept
