"""Remember what the frame looked like when detection last ran in each of its places."""

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..geometry import Box, Size

type Gray = NDArray[np.float32]  # (h, w), 0..255
type Blocks = NDArray[np.float32]  # (rows, columns), mean brightness

_ROWS: Final = 24  # of blocks in a frame; noise averages out in each
_CHANGED: Final = 8.0  # levels of brightness, with the change of the whole frame taken out


class ExaminedPicture:
    """Tells where a frame differs from what detection has seen there. For one thread."""

    def __init__(self, size: Size) -> None:
        """Prepare for frames of this size; nothing has been seen yet."""
        self._size = size
        self._picture: Gray | None = None
        self._blocks: Blocks | None = None  # of the picture
        self._seen: Blocks | None = None

    def show(self, picture: Gray | None) -> None:
        """Use a frame's small copy, (h, w), from now on; without one, everything counts as changed."""
        self._picture, self._blocks = picture, None

    def mark(self, regions: Sequence[Box]) -> None:
        """Remember the parts of the picture that detection has seen."""
        if not regions or (blocks := self._current()) is None:
            return
        if self._seen is None or self._seen.shape != blocks.shape:
            self._seen = np.full_like(blocks, np.inf)
        for region in regions:
            part = self._inside(region, blocks)
            self._seen[part] = blocks[part]

    def changed(self, tiles: Sequence[Box], known: Sequence[Box]) -> list[Box]:
        """Return the tiles in which the frame differs from what was seen there, or that were never seen.

        Changes in known boxes do not count: objects there are followed.
        """
        blocks, seen = self._current(), self._seen
        if blocks is None or seen is None or seen.shape != blocks.shape:
            return list(tiles)
        difference = blocks - seen
        is_seen = np.isfinite(difference)
        light = np.median(difference[is_seen]) if is_seen.any() else 0.0
        differs = ~is_seen | (np.abs(difference - light) > _CHANGED)
        for box in known:
            differs[self._touched(box, blocks)] = False
        return [tile for tile in tiles if differs[self._inside(tile, blocks)].any()]

    def _current(self) -> Blocks | None:
        if self._blocks is None and self._picture is not None:
            self._blocks = _mean_blocks(self._picture)
        return self._blocks

    def _inside(self, region: Box, blocks: Blocks) -> tuple[slice, slice]:
        """Return the blocks that lie completely inside a region, up to the frame's edges."""
        x1, y1, x2, y2 = region
        rows, columns = blocks.shape
        return _inner(y1, y2, self._size.height, rows), _inner(x1, x2, self._size.width, columns)

    def _touched(self, box: Box, blocks: Blocks) -> tuple[slice, slice]:
        """Return the blocks that a box touches."""
        rows, columns = (count / length for count, length in zip(blocks.shape, reversed(self._size), strict=True))
        x1, y1, x2, y2 = (max(value, 0) for value in box)
        return slice(int(y1 * rows), math.ceil(y2 * rows)), slice(int(x1 * columns), math.ceil(x2 * columns))


def _mean_blocks(picture: Gray) -> Blocks:
    height, width = picture.shape
    side = max(1, height // _ROWS)
    rows, columns = height // side, width // side
    parts = picture[: rows * side, : columns * side].reshape(rows, side, columns, side)
    means: Blocks = parts.mean(axis=(1, 3))
    return means


def _inner(start: int, end: int, length: int, count: int) -> slice:
    return slice(-(-max(start, 0) * count // length), count if end >= length else max(end, 0) * count // length)
