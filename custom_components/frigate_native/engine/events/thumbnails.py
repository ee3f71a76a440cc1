"""Chooses the better of two pictures of an object."""

from ..geometry import Box, Size
from ..pictures import Picture

_SCORE_STEP = 0.05
_AREA_FACTOR = 1.1


def is_better(new: Picture, current: Picture) -> bool:
    """Return whether a picture of an object should replace the current one.

    It must not touch the frame's edge if the current one does not, and its score must be higher by more than 0.05 or
    its area larger by more than a tenth.
    """
    size = new.frame.size
    if _touches_edge(new.box, size) and not _touches_edge(current.box, size):
        return False
    return new.score > current.score + _SCORE_STEP or new.area > current.area * _AREA_FACTOR


def _touches_edge(box: Box, size: Size) -> bool:
    return box[0] <= 0 or box[1] <= 0 or box[2] >= size.width - 1 or box[3] >= size.height - 1
