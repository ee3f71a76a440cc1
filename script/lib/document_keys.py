"""Writes the documentation of all configuration keys, from their declarations."""

import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from custom_components.frigate_native.engine.config.keys import (
    Content,
    Declared,
    InDirectory,
    Inheritance,
    ListOf,
    NamedOf,
    SectionOf,
    declared_keys,
)
from custom_components.frigate_native.engine.config.model import CameraConfig, Config
from custom_components.frigate_native.engine.config.names import label_map, labels, zone_names
from custom_components.frigate_native.engine.config.polygons import polygon
from custom_components.frigate_native.engine.config.validators import arguments, flag

_CAMERA: Final = "cameras.<name>"
_INTRODUCTION: Final = """# Configuration keys

All keys of a [configuration file](configuration.md). This page is written by `script/document_keys`.

A camera takes what it does not say itself from the global section of the same name, key by key, unless the table says
otherwise. A key without a value counts as not given.
"""
_WORDS: Final[Mapping[Any, str]] = {
    flag: "`true` or `false`",
    labels: "list of labels",
    zone_names: "list of zones",
    label_map: "numbers with labels",
    arguments: "text or list",
    polygon: "text or list",
}


def document() -> str:
    """Return the page."""
    parts = [_INTRODUCTION]
    for path, keys_of in _sections(Config):
        if rows := [_row(name, declared) for name, declared in _values(keys_of)]:
            parts.append(
                "\n".join(
                    (f"## {_heading(path)}\n", "| key | value | default | meaning |", "| - | - | - | - |", *rows, "")
                )
            )
    return "\n".join(parts)


def _sections(keys_of: type[Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], type[Any]]]:
    """Yield the sections, in the file's order; those that cameras have alike only at the camera."""
    yield path, keys_of
    for name, declared in declared_keys(keys_of).items():
        match declared.key.content:
            case SectionOf(keys_of=inner) if not (path == () and _is_a_cameras(name, inner)):
                yield from _sections(inner, (*path, name))
            case ListOf(keys_of=inner):
                yield from _sections(inner, (*path, f"{name}[]"))
            case NamedOf(entry=SectionOf(keys_of=inner)):
                yield from _sections(inner, (*path, name, "<name>"))


def _is_a_cameras(name: str, keys_of: type[Any]) -> bool:
    camera = declared_keys(CameraConfig).get(name)
    return camera is not None and camera.key.content == SectionOf(keys_of=keys_of)


def _values(keys_of: type[Any]) -> Iterator[tuple[str, Declared]]:
    for name, declared in declared_keys(keys_of).items():
        match declared.key.content:
            case SectionOf() | ListOf() | NamedOf(entry=SectionOf()):
                continue
        yield name, declared


def _heading(path: tuple[str, ...]) -> str:
    if not path:
        return "Top level"
    dotted = ".".join(path)
    own = dotted.removeprefix(f"{_CAMERA}.")
    is_shared = own != dotted and len(path) == 3 and _is_shared(path[2])
    return f"`{own}` and `{dotted}`" if is_shared else f"`{dotted}`"


def _is_shared(name: str) -> bool:
    common, camera = declared_keys(Config).get(name), declared_keys(CameraConfig)[name]
    return common is not None and common.key.content == camera.key.content


def _row(name: str, declared: Declared) -> str:
    key = declared.key
    notes = [key.doc]
    if key.inheritance is Inheritance.SECTION:
        notes.append("Inherited only by cameras without this section.")
    notes += [f"Also read from `{former.place}`." for former in key.former]
    unit = f" ({key.unit})" if key.unit else ""
    return f"| `{name}` | {_value(key.content)}{unit} | {_default(declared)} | {' '.join(notes)} |"


def _value(content: Content) -> str:
    match content:
        case InDirectory(expects=expects):
            return expects
        case NamedOf(entry=entry):
            return f"names with {_value(entry)}"
        case _:
            return str(getattr(content, "expects", _WORDS.get(content, "text")))


def _default(declared: Declared) -> str:
    if declared.is_required:
        return "required"
    match declared.default:
        case bool() as value:
            return f"`{str(value).lower()}`"
        case None | () | {}:
            return ""
        case tuple() as words:
            return f"`{' '.join(words)}`"
        case StrEnum() as word:
            return f"`{word}`"
        case float() as number:
            return f"`{int(number) if number.is_integer() else number}`"
        case other:
            return f"`{other}`"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(document(), encoding="utf-8")
