"""Which picture of an object is the better one."""

from ..geometry import Box, Size
from ..pictures import Picture

_SCORE_STEP = 0.05
_AREA_FACTOR = 1.1


def is_better(new: Picture, current: Picture) -> bool:
    """Tell whether a picture of an object should replace another.

    It must not be cut off by the frame's edge where the current one is whole, and its score must be higher by
    more than 0.05 or its area by more than a tenth.
    """
    size = new.frame.size
    if _touches_edge(new.box, size) and not _touches_edge(current.box, size):
        return False
    return new.score > current.score + _SCORE_STEP or new.area > current.area * _AREA_FACTOR


def _touches_edge(box: Box, size: Size) -> bool:
    return box[0] <= 0 or box[1] <= 0 or box[2] >= size.width - 1 or box[3] >= size.height - 1
