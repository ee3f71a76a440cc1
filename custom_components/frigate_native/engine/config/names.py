"""Validators of names: of cameras, zones, labels, variables and topics."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

import voluptuous as vol

from .problems import Problem, collecting, echo, kind, raise_all
from .validators import Items, Whole, text

RESERVED_CAMERA_NAMES: Final = frozenset(
    {
        *("stats", "events", "config", "version", "detectors", "detection_fps", "service"),
        *("clips", "recordings", "notifications", "api", "vod", "review", "reviews", "exports", "preview"),
    }
)
_SAFE_NAME: Final = re.compile(r"[A-Za-z0-9_-]+")
_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TOPIC_WILDCARDS: Final = re.compile(r"[#+]")
_UNSAFE_CATEGORIES: Final = frozenset({"Cc", "Cs"})  # control characters and half characters, as Unicode names them
_LONGEST_NAME: Final = 100  # characters; a file has up to four names and a time in its own, of 255 bytes
_LONGEST_PREFIX: Final = 200


def safe_name(value: object) -> str:
    """Return a name that is safe in file paths, topics and URLs."""
    if not isinstance(value, str):
        raise Problem(f"the name is {kind(value)}", "put the name in quotes")
    if not _SAFE_NAME.fullmatch(value):
        mend = "letters (a-z, A-Z), digits, _ and - only: the name becomes part of paths, topics and addresses"
        raise Problem("not a usable name", mend)
    if len(value) > _LONGEST_NAME:
        raise Problem(f"the name has {len(value)} characters", f"at most {_LONGEST_NAME} characters")
    return value


def camera_name(value: object) -> str:
    """Return a name that a camera may have."""
    name = safe_name(value)
    if name in RESERVED_CAMERA_NAMES:
        raise Problem("this name is used by an address or topic of the system", "choose another name for the camera")
    return name


def label(value: object) -> str:
    """Return the name of a kind of object, which becomes part of topics."""
    if not isinstance(value, str) or not value.strip():
        raise Problem(f"the label is {kind(value)}", "the name of an object, such as person")
    if wildcard := _TOPIC_WILDCARDS.search(value):
        problem = f"the label contains '{wildcard[0]}', which has a meaning of its own in MQTT topics"
        raise Problem(problem, "the name of an object without # and +")
    if has_control_characters(value):
        raise Problem("the label contains a control character", "the name of an object in letters and digits")
    if len(value) > _LONGEST_NAME:
        raise Problem(f"the label has {len(value)} characters", f"at most {_LONGEST_NAME} characters")
    return value


def has_control_characters(name: str) -> bool:
    """Tell whether a text holds characters that are not text: no topic and not every database takes them."""
    return any(unicodedata.category(character) in _UNSAFE_CATEGORIES for character in name)


def labels(value: object) -> tuple[str, ...]:
    """Return a list of labels, each once."""
    return tuple(dict.fromkeys(Items(label, "[person, car]")(value)))


def zone_names(value: object) -> tuple[str, ...]:
    """Return a list of names of zones."""
    return Items(text, "[front_steps]")(value)


def label_map(value: object) -> dict[int, str]:
    """Return labels by their numbers."""
    if not isinstance(value, Mapping):
        raise Problem(f"{kind(value)}, not a mapping", "index: label")
    problems: list[vol.Invalid] = []
    found: dict[int, str] = {}
    for index, name in value.items():
        with collecting(problems, str(index)):
            found[_label_index(index)] = label(name)
    raise_all(problems)
    return found


def _label_index(value: Any) -> int:
    if isinstance(value, str) and value.isdecimal():  # JSON has no other keys
        return int(value)
    return Whole()(value)


def variable_name(value: object) -> str:
    """Return the name of an environment variable."""
    if isinstance(value, str) and _VARIABLE.fullmatch(value):
        return value
    raise Problem("not the name of a variable", "letters, digits and _, not starting with a digit")


def topic_prefix(value: object) -> str:
    """Return what MQTT topics begin with."""
    prefix = text(value)
    if has_control_characters(prefix):
        raise Problem("the prefix contains a control character", "a topic in letters, digits and /")
    if len(prefix) > _LONGEST_PREFIX:
        raise Problem(f"the prefix has {len(prefix)} characters", f"at most {_LONGEST_PREFIX} characters")
    if _TOPIC_WILDCARDS.search(prefix) or prefix != prefix.strip("/ "):
        raise Problem(echo(prefix), "a topic without wildcards (# and +) and without / at its ends")
    if prefix.startswith("$"):
        raise Problem(echo(prefix), "a topic that does not begin with $: brokers keep those for themselves")
    return prefix
