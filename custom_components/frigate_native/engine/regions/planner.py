"""Few squares that together hold all boxes worth a look."""

from collections.abc import Sequence

from ..geometry import Box, Size, area, contains, square_region, union

_MARGIN = 1.2  # room round a box, so that what moved on is still whole inside
_MOST_GROWTH = 1.25  # a region may grow by this to take in another box: more pixels per inference, fewer inferences


def plan_regions(boxes: Sequence[Box], size: Size, least_side: int) -> list[Box]:
    """Return square regions (x1, y1, x2, y2), each box with a margin wholly inside one of them.

    Boxes are pixels of a frame of this size. A region is at least `least_side` long, the detector's own input
    side, below which nothing is gained; what fits there together costs one inference. Larger ones join only if
    neither grows by more than a quarter: a longer side makes everything in it smaller for the detector.
    Greedy, largest first; regions follow one another in that order.
    """
    clusters: list[Box] = []
    for box in sorted(boxes, key=area, reverse=True):
        best, best_side = -1, 0
        for index, cluster in enumerate(clusters):
            side = _joint_side(cluster, box, size, least_side)
            if side and (best < 0 or side < best_side):
                best, best_side = index, side
        if best < 0:
            clusters.append(box)
        else:
            clusters[best] = union(clusters[best], box)
    return _without_contained([_region(cluster, size, least_side) for cluster in _joined(clusters, size, least_side)])


def _region(box: Box, size: Size, least_side: int) -> Box:
    return square_region(box, size, _MARGIN, least_side)


def _side(box: Box, least_side: int) -> int:
    return max(int(max(box[2] - box[0], box[3] - box[1]) * _MARGIN), least_side)


def _joint_side(first: Box, second: Box, size: Size, least_side: int) -> int:
    """Return the side of the region that holds both, or 0 when it would be too long."""
    longer = max(_side(first, least_side), _side(second, least_side))
    together = _side(union(first, second), least_side)
    return together if together <= max(least_side, longer * _MOST_GROWTH) else 0


def _joined(clusters: list[Box], size: Size, least_side: int) -> list[Box]:
    """Join whole clusters as long as a pair fits."""
    for index, first in enumerate(clusters):
        for other in range(index + 1, len(clusters)):
            if _joint_side(first, clusters[other], size, least_side):
                rest = [cluster for place, cluster in enumerate(clusters) if place not in (index, other)]
                return _joined([union(first, clusters[other]), *rest], size, least_side)
    return clusters


def _without_contained(regions: list[Box]) -> list[Box]:
    kept: list[Box] = []
    for region in sorted(regions, key=area, reverse=True):
        if not any(contains(other, region) for other in kept):
            kept.append(region)
    return kept
