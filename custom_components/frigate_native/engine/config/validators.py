"""Validators of single values: each says what was found and what would be right."""

import math
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

import voluptuous as vol

from ..geometry import Point
from .problems import Problem, collecting, echo, kind, raise_all

type Validator[T] = Callable[[object], T]
"""Takes a value from the file, returns it converted; raises Problem, or several in a vol.MultipleInvalid."""

_SAFE_NAME: Final = re.compile(r"[A-Za-z0-9_-]+")
_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CACHE_SIZE: Final = re.compile(r"[0-9]+[kmgKMG%]?")
_PIXELS: Final = re.compile(r"\s*-?[0-9]{1,5}\s*", re.ASCII)


class LogLevel(StrEnum):
    """Log levels of the file."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    CRITICAL = "critical"


def text(value: object) -> str:
    """Return text that is not blank; its value is never repeated in the message."""
    if isinstance(value, str):
        if value.strip():
            return value
        raise Problem("empty text", "give a value or leave the key out")
    if isinstance(value, Mapping) and any(str(key).startswith("FRIGATE_") for key in value):
        raise Problem("braces without quotes are a mapping", "put the text in quotes: '{FRIGATE_…}'")
    raise Problem(f"{kind(value)}, not text", "put it in quotes" if isinstance(value, int | float) else "text")


def flag(value: object) -> bool:
    """Return true or false."""
    if isinstance(value, bool):
        return value
    raise Problem(echo(value), "true or false")


def whole(least: int = 0, most: int | None = None) -> Validator[int]:
    """Return a validator of whole numbers from `least` to `most`, both allowed."""
    mend = f"a whole number from {least} to {most}" if most is not None else f"a whole number, {least} or more"

    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Problem(echo(value), mend)
        if value < least or (most is not None and value > most):
            raise Problem(echo(value), mend)
        return value

    return check


def number(least: float, most: float) -> Validator[float]:
    """Return a validator of numbers from `least` to `most`, both allowed."""
    mend = f"a number from {least:g} to {most:g}"

    def check(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Problem(echo(value), mend)
        if not math.isfinite(value) or not least <= value <= most:
            raise Problem(echo(value), mend)
        return float(value)

    return check


def choice[E: StrEnum](words: type[E]) -> Validator[E]:
    """Return a validator of one word of a closed set, lower case."""

    def check(value: object) -> E:
        if isinstance(value, str) and value in words:
            return words(value)
        raise Problem(echo(value), f"one of {', '.join(words)}")

    return check


def items[T](item: Validator[T], *, example: str, least: int = 0) -> Validator[tuple[T, ...]]:
    """Return a validator of lists with at least `least` items; `example` shows a right one."""

    def check(value: object) -> tuple[T, ...]:
        if not isinstance(value, list | tuple):
            raise Problem(echo(value), f"a list: {example}")
        if len(value) < least:
            raise Problem("an empty list", f"at least {least}: {example}")
        problems: list[vol.Invalid] = []
        found: list[T] = []
        for index, entry in enumerate(value):
            with collecting(problems, index):
                found.append(item(entry))
        raise_all(problems)
        return tuple(found)

    return check


def one_or_items[T](item: Validator[T]) -> Validator[tuple[T, ...]]:
    """Return a validator of one text or a list of them."""
    several = items(item, example="[text, text]")

    def check(value: object) -> tuple[T, ...]:
        return several(value) if isinstance(value, list | tuple) else (item(value),)

    return check


def arguments(value: object) -> tuple[str, ...]:
    """Return ffmpeg arguments: a text split at blanks (quotes mean nothing) or a list of words and numbers."""
    if isinstance(value, str):
        return tuple(value.split())
    return items(_word, example="[-rtsp_transport, tcp]")(value)


def _word(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return text(value)


def safe_name(value: object) -> str:
    """Return a name that is safe in file paths, topics and URLs."""
    if not isinstance(value, str):
        raise Problem(f"the name is {kind(value)}", "put the name in quotes")
    if not _SAFE_NAME.fullmatch(value):
        mend = "letters (a-z, A-Z), digits, _ and - only: the name becomes part of paths, topics and addresses"
        raise Problem("not a usable name", mend)
    return value


def label(value: object) -> str:
    """Return the name of a kind of object."""
    if isinstance(value, str) and value.strip():
        return value
    raise Problem(f"the label is {kind(value)}", "the name of an object, such as person")


def cache_size(value: object) -> str:
    """Return the size of a tmpfs as mount has it: bytes, or a number with k, m, g or %."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return str(value)
    if isinstance(value, str) and _CACHE_SIZE.fullmatch(value):
        return value
    raise Problem(echo(value), "a size such as 256m")


def variable_name(value: object) -> str:
    """Return the name of an environment variable."""
    if isinstance(value, str) and _VARIABLE.fullmatch(value):
        return value
    raise Problem("not the name of a variable", "letters, digits and _, not beginning with a digit")


def variable_value(value: object) -> str:
    """Return what an environment variable is set to; numbers become text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return value
    raise Problem(f"{kind(value)}, not text", "put it in quotes")


def polygon(value: object) -> tuple[Point, ...]:
    """Return the points of a polygon given as `x,y,x,y,…` or as a list of `x,y`."""
    if isinstance(value, list | tuple):
        value = ",".join(items(_pair, example="['0,0', '100,0', '100,100']")(value))
    if not isinstance(value, str):
        raise Problem(echo(value), "x,y pairs as text: '0,0,100,0,100,100'")
    return points(value)


def _pair(value: object) -> str:
    if isinstance(value, str) and value.count(",") == 1:
        return value
    raise Problem(echo(value), "one point as text: 'x,y'")


def points(value: str) -> tuple[Point, ...]:
    """Return the points of a polygon given as `x,y,x,y,…` in pixels; raises Problem."""
    numbers = value.split(",")
    for place, part in enumerate(numbers, start=1):
        if not _PIXELS.fullmatch(part):
            raise Problem(f"{echo(part)} in place {place}", "whole numbers of pixels, separated by commas")
    if len(numbers) % 2 or len(numbers) < 6:
        raise Problem(f"{len(numbers)} numbers", "a polygon needs x,y pairs, at least 3")
    return tuple((int(x), int(y)) for x, y in zip(numbers[::2], numbers[1::2], strict=True))
