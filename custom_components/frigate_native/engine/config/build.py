"""Turns a checked configuration into dataclasses: fills in what is inherited and what is default."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from ..ffmpeg.arguments import is_live
from ..redact import remember_arguments
from .keys import Content, Inheritance, ListOf, NamedOf, SectionOf, Written, declared_keys
from .model import CameraConfig, Config, FfmpegConfig
from .presets import FPS, is_arguments

_ARGUMENTS: Final = ("global_args", "hwaccel_args", "input_args")
_PACING: Final = frozenset({"-re", "-stream_loop", "-loop"})
_LIKE_A_CAMERA: Final = ("-re", "-stream_loop", "-1")
_NAME: Final = "name"
_USUAL_FPS: Final = 5  # Frigate's, for presets that need a rate


def build_config(written: Written, directory: Path) -> Config:
    """Return the configuration; directory is the one that relative paths start from."""
    cameras = {name: _whole_camera(camera, written) for name, camera in written.get("cameras", {}).items()}
    return _build(Config, {**written, "cameras": cameras}, directory=directory)


def _whole_camera(camera: Written, common: Written) -> Written:
    """Return a camera's keys together with those that it inherits."""
    sections = {
        name: inherit(_section_of(declared.key.content), camera.get(name), common.get(name, {}))
        for name, declared in declared_keys(CameraConfig).items()
        if declared.key.is_inherited
    }
    return {**camera, **sections, "ffmpeg": _inputs_inherit(sections["ffmpeg"], camera.get("fps", _USUAL_FPS))}


def inherit(keys_of: type[Any], own: Written | None, common: Written) -> Written:
    """Return a section's keys: its own, else those of the common section, as each key's inheritance says."""
    merged = dict(own or {})
    for name, declared in declared_keys(keys_of).items():
        if name not in common:
            continue
        if isinstance(content := declared.key.content, SectionOf):
            merged[name] = inherit(content.keys_of, merged.get(name), common[name])
        elif own is None or (declared.key.inheritance is Inheritance.KEY and name not in own):
            merged[name] = common[name]
    return merged


def _inputs_inherit(ffmpeg: Written, fps: int) -> Written:
    """Return the section with each input's arguments: its own, else the section's, never merged."""
    declared = declared_keys(FfmpegConfig)
    shared = {name: ffmpeg[name] for name in _ARGUMENTS if name in ffmpeg}
    usual = {name: declared[name].default for name in _ARGUMENTS}
    sources = [{**usual, **shared, **_of_file(source["path"], shared), **source} for source in ffmpeg["inputs"]]
    return {**ffmpeg, "inputs": [_with_rate(source, fps) for source in sources]}


def _of_file(path: str, shared: Written) -> Written:
    """Return the usual arguments of a video file, which plays like a camera: in real time, and again and again.

    Shared arguments that say nothing about that are meant for cameras.
    """
    if is_live(path) or not _PACING.isdisjoint(shared.get("input_args", ())):
        return {}
    return {"input_args": _LIKE_A_CAMERA}


def _with_rate(source: Written, fps: int) -> Written:
    """Return an input with the camera's rate in the arguments that need it."""
    return {**source, "input_args": tuple(str(fps) if word == FPS else word for word in source["input_args"])}


def _section_of(content: Content) -> type[Any]:
    assert isinstance(content, SectionOf)
    return content.keys_of


def _build[T](keys_of: type[T], written: Written, **known: object) -> T:
    """Return a section's dataclass; known are fields that are not keys."""
    values = dict(known)
    for name, declared in declared_keys(keys_of).items():
        if name in written:
            values[declared.attribute] = _built(declared.key.content, written[name])
        elif declared.key.default_from is not None:
            values[declared.attribute] = declared.key.default_from(written)
    return keys_of(**values)


def _built(content: Content, value: Any) -> object:
    match content:
        case SectionOf(keys_of=keys_of):
            return _build(keys_of, value)
        case ListOf(keys_of=keys_of):
            return tuple(_build(keys_of, entry) for entry in value)
        case NamedOf(entry=SectionOf(keys_of=keys_of), is_tuple=is_tuple):
            built = _named(keys_of, value)
            return tuple(built.values()) if is_tuple else built
        case _ if is_arguments(content):
            remember_arguments(value)  # ffmpeg repeats in its messages what it does not understand
    return value


def _named(keys_of: type[Any], entries: Mapping[str, Written]) -> dict[str, Any]:
    is_named = any(item.name == _NAME for item in fields(keys_of))
    return {name: _build(keys_of, entry, **({_NAME: name} if is_named else {})) for name, entry in entries.items()}
