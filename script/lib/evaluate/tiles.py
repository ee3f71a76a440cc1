"""The tiles of a frame for an exhaustive search."""

from typing import Final

from custom_components.frigate_native.engine.geometry import Box, Size

_SHARES: Final = (1.0, 2 / 3, 4 / 9)  # of the frame's shorter side: 720, 480 and 320 pixels of 720
_MIN_INPUT_SHARE: Final = 0.6  # of the model's input side: smaller tiles are only scaled up


def all_tiles(size: Size, input_side: int) -> list[Box]:
    """Return squares of several sizes over the whole frame.

    Neighbours overlap by at least half, so an object up to half as long as a tile is completely inside one.
    """
    sides = [round(min(size) * share) for share in _SHARES]
    sides = [side for side in sides if side >= input_side * _MIN_INPUT_SHARE] or sides[:1]
    return [
        (x, y, x + side, y + side)
        for side in sides
        for y in _starts(size.height, side)
        for x in _starts(size.width, side)
    ]


def _starts(length: int, side: int) -> list[int]:
    steps = -(-2 * (length - side) // side)
    return [round(step * (length - side) / steps) for step in range(steps + 1)] if steps else [0]
