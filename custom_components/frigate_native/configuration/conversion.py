"""Turns a configuration file into what the forms keep, so that its cameras can be changed in the user interface."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import reduce
from pathlib import Path
from typing import Any

from homeassistant.const import CONF_NAME, CONF_URL

from ..const import CONF_MAIN_URL, CONF_OTHER_SETTINGS
from ..engine.config.build import inherit
from ..engine.config.files import read_file
from ..engine.config.keys import SectionOf, declared_keys
from ..engine.config.model import CameraConfig, Config, Role
from ..engine.config.report import Report
from ..engine.config.translation import translate
from ..engine.config.validators import flag
from .entry_config import from_forms, load_file
from .form_keys import FormKey, Path as KeyPath, form_keys

type Section = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """Sections that all cameras share, each camera's settings by its name, and where the result would differ."""

    common: Section
    cameras: Mapping[str, Section]
    differences: tuple[str, ...]


def convert(path: str, directory: Path, options: Mapping[str, Any]) -> Conversion:
    """Return a file as the data of an entry and its subentries; blocks, errors as `load_file`.

    Variables stay variables, secrets are replaced. options are the entry's.
    """
    before = load_file(path, directory)
    data, _ = read_file(directory / path)
    written = _plain(translate(data, (directory / path).parent).data)
    sections = written.pop("cameras", {})
    cameras = {
        name: _settings(name, _whole(section, written, before.cameras[name]), before.cameras[name])
        for name, section in sections.items()
    }

    def result(settings: Mapping[str, Section]) -> Config:
        return from_forms(list(settings.values()), options, directory, common=written)

    simple = {name: _without_inputs(settings) for name, settings in cameras.items()}
    found = result(simple).cameras
    chosen = {name: simple[name] if found[name] == before.cameras[name] else cameras[name] for name in cameras}
    return Conversion(common=written, cameras=chosen, differences=_differences(before, result(chosen)))


def _whole(section: Section, common: Section, camera: CameraConfig) -> Section:
    """Return a camera's section with what it inherits, and with what forms would set otherwise."""
    whole = dict(section)
    for name, declared in declared_keys(CameraConfig).items():
        if declared.key.is_inherited and isinstance(content := declared.key.content, SectionOf):
            inherited = inherit(content.keys_of, section.get(name), common.get(name, {}))
            if inherited or name in section:
                whole[name] = inherited
    whole.setdefault("record", {})["layout"] = str(camera.record.layout)
    outputs = {"clips": list(camera.output_args.clips), "record": list(camera.output_args.record)}
    whole["ffmpeg"] = {**whole["ffmpeg"], "output_args": {**whole["ffmpeg"].get("output_args", {}), **outputs}}
    for form_key in form_keys(CameraConfig).values():
        if form_key.declared.key.content is flag:  # off in a form that does not have it
            for path in form_key.paths:
                parent = reduce(lambda tree, step: tree.setdefault(step, {}), path[:-1], whole)
                parent.setdefault(path[-1], form_key.declared.default)
    return whole


def _settings(name: str, section: Section, camera: CameraConfig) -> Section:
    """Return a camera as its subentry keeps it: what forms have in their fields, the rest as other settings."""
    settings: Section = {CONF_NAME: name}
    saved = {Role.CLIPS, Role.RECORD, Role.RTMP}
    paths = [str(source["path"]) for source in section["ffmpeg"]["inputs"]]
    for path, source in zip(paths, camera.inputs, strict=True):
        if Role.DETECT in source.roles:
            settings[CONF_URL] = path
        elif source.roles & saved:
            settings.setdefault(CONF_MAIN_URL, path)
    for form_key in form_keys(CameraConfig).values():
        _take(form_key, section, settings)
    return settings | {CONF_OTHER_SETTINGS: section}


def _take(form_key: FormKey, section: Section, settings: Section) -> None:
    """Move a value into its field, if all its places have the same."""
    values = [_find(section, path) for path in form_key.paths]
    if any(value is None or isinstance(value, Mapping) or value != values[0] for value in values):
        return
    settings[form_key.name] = values[0]
    for path in form_key.paths:
        del _find(section, path[:-1])[path[-1]]


def _find(tree: Any, path: KeyPath) -> Any:
    for step in path:
        tree = tree.get(step) if isinstance(tree, Mapping) else None
    return tree


def _without_inputs(settings: Section) -> Section:
    """Return settings whose streams are in their own fields."""
    other = dict(settings[CONF_OTHER_SETTINGS])
    other["ffmpeg"] = {key: value for key, value in other["ffmpeg"].items() if key != "inputs"}
    return settings | {CONF_OTHER_SETTINGS: other}


def _differences(before: Config, after: Config) -> tuple[str, ...]:
    """Return the places where two configurations differ."""
    after = replace(after, report=Report(), directory=before.directory)
    found = [
        f"cameras.{name}.{item.name}"
        for name, camera in before.cameras.items()
        for item in fields(camera)
        if getattr(camera, item.name) != getattr(after.cameras[name], item.name)
    ]
    shared = (item.name for item in fields(before) if item.name not in ("cameras", "report", "directory"))
    return (*(name for name in shared if getattr(before, name) != getattr(after, name)), *found)


def _plain(value: Any) -> Any:
    """Return what JSON can hold."""
    match value:
        case Mapping():
            return {str(key): _plain(inner) for key, inner in value.items() if inner is not None}
        case list() | tuple() | frozenset():
            return [_plain(inner) for inner in value]
        case bool() | None:
            return value
        case int():
            return int(value)
        case float():
            return float(value)
    return str(value)
