"""Validators of single values: each says what was found and what would be right."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import voluptuous as vol

from .problems import Problem, collecting, echo, kind, raise_all
from .written_numbers import WrittenFloat, WrittenInt

type Validator[T] = Callable[[object], T]
"""Takes a value from the file, returns it converted; raises Problem, or several in a vol.MultipleInvalid."""

_DECIMAL: Final = re.compile(r"[-+]?(0|[1-9][0-9_]*|[0-9]*\.[0-9_]*)([eE][-+]?[0-9]+)?")
_MOST: Final = 1_000_000_000
_SIDES: Final = 4
_LONGEST: Final = 30_000.0  # feet
_CACHE_SIZE: Final = re.compile(r"[0-9]+[kmgKMG%]?")
_ENTITY: Final = re.compile(r"camera\.[a-z0-9_]+")
_ENDPOINT: Final = re.compile(r"(tcp://[^\s/@]+:[0-9]{1,5}|ipc://\S+)")
_NO_TEXT: Final = re.compile(r"[\x00\ud800-\udfff]")


class LogLevel(StrEnum):
    """Log levels of the file."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class Whole:
    """Validates whole numbers from `least` to `most`, both allowed; None: beyond all use."""

    least: int = 0
    most: int | None = None

    @property
    def expects(self) -> str:
        """What would be right."""
        if self.most is None:
            return f"a whole number, {self.least} or more"
        return f"a whole number from {self.least} to {self.most}"

    def __call__(self, value: object) -> int:
        """Return the number."""
        if isinstance(value, bool) or not isinstance(value, int):
            raise Problem(echo(value), self.expects)
        if value > (most := self.most or _MOST):
            raise Problem(echo(value), f"a whole number from {self.least} to {most}")
        if value < self.least:
            raise Problem(echo(value), self.expects)
        _check_decimal(value)
        return int(value)


@dataclass(frozen=True, slots=True)
class Number:
    """Validates numbers from `least` to `most`, both allowed."""

    least: float
    most: float

    @property
    def expects(self) -> str:
        """What would be right."""
        return f"a number from {self.least:g} to {self.most:g}"

    def __call__(self, value: object) -> float:
        """Return the number as a float."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Problem(echo(value), self.expects)
        if not math.isfinite(value) or not self.least <= value <= self.most:
            raise Problem(echo(value), self.expects)
        _check_decimal(value)
        return float(value)


@dataclass(frozen=True, slots=True)
class Area:
    """Validates areas of boxes: whole square pixels, or a fraction of the frame below 1."""

    @property
    def expects(self) -> str:
        """What would be right."""
        return "a whole number of square pixels, or a fraction of the frame such as 0.05"

    def __call__(self, value: object) -> float:
        """Return an int for pixels, a float below 1 for a fraction."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
            raise Problem(echo(value), self.expects)
        _check_decimal(value)
        if isinstance(value, int):
            return int(value)
        if value >= 1:
            raise Problem(echo(value), self.expects)
        return float(value)


def _check_decimal(number: float) -> None:
    """Refuse what YAML reads as another number than people do: 0640 (octal), 1:30 (sexagesimal), 0x1F."""
    if isinstance(number, WrittenInt | WrittenFloat) and not _DECIMAL.fullmatch(number.source):
        raise Problem(f"{number.source} is read as {number + 0} by YAML", "write it in decimal")


@dataclass(frozen=True, slots=True)
class Choice[E: StrEnum]:
    """Validates one word of a closed set, lower case."""

    words: type[E]

    @property
    def expects(self) -> str:
        """What would be right."""
        return f"one of {', '.join(self.words)}"

    def __call__(self, value: object) -> E:
        """Return the member that has this word."""
        if isinstance(value, str) and value in self.words:
            return self.words(value)
        raise Problem(echo(value), self.expects)


@dataclass(frozen=True, slots=True)
class Items[T]:
    """Validates lists with at least `least` items; `example` shows a right one."""

    item: Validator[T]
    example: str
    least: int = 0

    @property
    def expects(self) -> str:
        """What would be right."""
        return f"a list: {self.example}"

    def __call__(self, value: object) -> tuple[T, ...]:
        """Return the items."""
        if not isinstance(value, list | tuple):
            raise Problem(echo(value), self.expects)
        if len(value) < self.least:
            raise Problem("an empty list", f"at least {self.least}: {self.example}")
        problems: list[vol.Invalid] = []
        found: list[T] = []
        for index, entry in enumerate(value):
            with collecting(problems, index):
                found.append(self.item(entry))
        raise_all(problems)
        return tuple(found)


def distances(value: object) -> tuple[float, ...]:
    """Return the lengths of four sides, given as a list or as text; none at all for an empty one."""
    entries = value.split(",") if isinstance(value, str) else value
    example = "four lengths: 10,12,11,13.5"
    if not isinstance(entries, list | tuple):
        raise Problem(echo(value), example)
    if not entries or entries == [""]:
        return ()
    try:
        lengths = tuple(float(entry) for entry in entries if not isinstance(entry, bool))
    except TypeError, ValueError:
        raise Problem(echo(value), example) from None
    if len(lengths) != _SIDES or not all(0 < length <= _LONGEST for length in lengths):
        raise Problem(echo(value), example)
    return lengths


def text(value: object) -> str:
    """Return text that is not blank; its value is never repeated in the message."""
    if isinstance(value, str):
        if value.strip():
            return _usable(value)
        raise Problem("empty text", "give a value or leave the key out")
    if isinstance(value, Mapping) and any(str(key).startswith("FRIGATE_") for key in value):
        raise Problem("braces without quotes are a mapping", "put the text in quotes: '{FRIGATE_…}'")
    if isinstance(value, WrittenInt | WrittenFloat):
        return value.source
    raise Problem(f"{kind(value)}, not text", "put it in quotes" if isinstance(value, int | float) else "text")


def _usable(value: str) -> str:
    """Return a text that programs, files and servers accept."""
    if _NO_TEXT.search(value):
        raise Problem("the text contains NUL or half a character", "write it without that character")
    return value


def text_or_empty(value: object) -> str:
    """Return text, which may be empty."""
    return "" if value == "" else text(value)


def stream_path(value: object) -> str:
    """Return the address of a stream, or a video file."""
    found = text(value)
    if _ENTITY.fullmatch(found):
        mend = "the stream's address; cameras that are added in Home Assistant can use camera entities"
        raise Problem("a camera entity cannot be used in a configuration file", mend)
    return found


def flag(value: object) -> bool:
    """Return true or false."""
    if isinstance(value, bool):
        return value
    raise Problem(echo(value), "true or false")


def one_or_items[T](item: Validator[T], value: object) -> tuple[T, ...]:
    """Return one text or a list of them, each validated."""
    return Items(item, "[text, text]")(value) if isinstance(value, list | tuple) else (item(value),)


def arguments(value: object) -> tuple[str, ...]:
    """Return ffmpeg arguments: text split at blanks (quotes have no meaning) or a list of words and numbers."""
    if isinstance(value, str):
        return tuple(_usable(value).split())
    return Items(_word, "[-rtsp_transport, tcp]")(value)


def _word(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return text(value)


def cache_size(value: object) -> str:
    """Return the size of a tmpfs as mount expects it: bytes, or a number with k, m, g or %."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return str(value)
    if isinstance(value, str) and _CACHE_SIZE.fullmatch(value):
        return value
    raise Problem(echo(value), "a size such as 256m")


def variable_value(value: object) -> str:
    """Return the value of an environment variable; numbers become text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return _usable(value)
    raise Problem(f"{kind(value)}, not text", "put it in quotes")


def host_name(value: object) -> str:
    """Return a host without scheme, user and port."""
    host = text(value)
    has_port = host.count(":") == 1 or "]:" in host  # more colons are an IPv6 address
    if has_port or "/" in host or "@" in host or host != host.strip() or " " in host:
        raise Problem("more than a host", "a name or an IP address alone; the port has its own key")
    return host


def web_address(value: object) -> str:
    """Return the address of a web page; one without a scheme gets http."""
    address = text(value)
    if "://" not in address:
        address = f"http://{address}"
    if not address.startswith(("http://", "https://")) or " " in address:
        raise Problem("not the address of a web page", "http://host or https://host")
    return address


def database_url(value: object) -> str:
    """Return an SQLAlchemy URL."""
    url = text(value)
    if not re.match(r"[a-z][a-z0-9+_]*://", url):
        raise Problem("not the URL of a database", "dialect://user:password@host/name")
    return url


def endpoint(value: object) -> str:
    """Return the address of a remote detector."""
    found = text(value)
    if not _ENDPOINT.fullmatch(found):
        raise Problem("not an endpoint", "tcp://host:port or ipc://path")
    return found
