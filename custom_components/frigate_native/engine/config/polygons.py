"""Polygons of zones and masks: read from every form that files have, and fitted to a frame."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, override

from ..geometry import Point, Size
from .problems import Problem, echo, kind
from .validators import one_or_items
from .written_numbers import WrittenFloat, WrittenInt

type Corner = tuple[float, float]

MOST_POINTS: Final = 1000
"""Of a polygon: more than anybody draws, and few enough to be filled at once."""

NUMBER: Final = re.compile(r"\s*-?([0-9]{1,5}(\.[0-9]{0,12})?|\.[0-9]{1,12})\s*", re.ASCII)
"""One number of a polygon's text."""
_PAIR: Final = 2


@dataclass(frozen=True, slots=True)
class Polygon:
    """The corners of an area, x and y: in pixels, or with is_relative as fractions of the frame's width and height."""

    corners: tuple[Corner, ...]
    is_relative: bool = False

    @property
    def pixels(self) -> tuple[Point, ...]:
        """The corners of one that is in pixels."""
        return tuple((int(x), int(y)) for x, y in self.corners)

    def fitted(self, size: Size, drawn_for: Size | None = None) -> tuple[Point, ...]:
        """Return the corners in pixels of a frame of this size.

        drawn_for is the size of the frame that pixels were meant for; None: this one.
        """
        if self.is_relative:
            return tuple((int(x * size.width), int(y * size.height)) for x, y in self.corners)
        width, height = drawn_for or size
        return tuple((round(x * size.width / width), round(y * size.height / height)) for x, y in self.corners)

    @override
    def __str__(self) -> str:
        """Return the corners as a file has them."""
        return ",".join(f"{number:g}" for corner in self.corners for number in corner)


def polygon(value: object) -> Polygon:
    """Return a polygon given as text `x,y,x,y,…`, as a list of numbers, or as a list of corners; raises Problem.

    Numbers are pixels, or fractions of the frame if none is above 1 (as in Frigate 0.14 and later).
    """
    if isinstance(value, str):
        return polygon_of_text(value)
    if not isinstance(value, list | tuple):
        raise Problem(echo(value), "x,y pairs as text: '0,0,100,0,100,100'")
    if len(value) > _PAIR * MOST_POINTS:
        raise _too_many(len(value) // _PAIR)
    if value and _are_numbers(value):
        return polygon_of_text(",".join(_written(number) for number in value))
    if len(value) > MOST_POINTS:
        raise _too_many(len(value))
    return polygon_of_text(",".join(one_or_items(_corner, value)))


def is_one_polygon(value: Sequence[object]) -> bool:
    """Tell whether a list is one polygon, of numbers or of corners, and not a list of polygons."""
    return bool(value) and (_are_numbers(value) or all(map(_is_corner, value)))


def _are_numbers(value: Sequence[object]) -> bool:
    return all(_is_number(entry) for entry in value)


def _is_number(value: object) -> bool:
    if isinstance(value, str):
        return NUMBER.fullmatch(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_corner(value: object) -> bool:
    if isinstance(value, str):
        return value.count(",") == 1
    return isinstance(value, list | tuple) and len(value) == _PAIR and _are_numbers(value)


def polygon_of_text(text: str) -> Polygon:
    """Return the polygon given as `x,y,x,y,…`; raises Problem."""
    parts = text.split(",", _PAIR * MOST_POINTS)
    if len(parts) > _PAIR * MOST_POINTS:
        raise _too_many((text.count(",") + 1) // _PAIR)
    for place, part in enumerate(parts, start=1):
        if not NUMBER.fullmatch(part):
            raise Problem(f"{echo(part)} in place {place}", "numbers separated by commas: pixels, or fractions to 1")
    if len(parts) % _PAIR or len(parts) < 3 * _PAIR:
        raise Problem(f"{len(parts)} numbers", "a polygon needs x,y pairs, at least 3")
    numbers = [float(part) for part in parts]
    is_relative = max(numbers) <= 1
    for place, number in enumerate(numbers, start=1):
        if not is_relative and not number.is_integer():
            mend = "whole numbers of pixels, or only fractions from 0 to 1"
            raise Problem(f"{number:g} in place {place}, beside pixels", mend)
    return Polygon(tuple(zip(numbers[::2], numbers[1::2], strict=True)), is_relative)


def _corner(value: object) -> str:
    if isinstance(value, str) and _is_corner(value):
        return value
    if isinstance(value, list | tuple) and _is_corner(value):
        return ",".join(_written(number) for number in value)
    raise Problem(kind(value) if isinstance(value, list | tuple) else echo(value), "one corner as text: 'x,y'")


def _written(number: object) -> str:
    return number.source if isinstance(number, WrittenInt | WrittenFloat) else str(number)


def _too_many(count: int) -> Problem:
    return Problem(f"{count} points", f"at most {MOST_POINTS} points")
