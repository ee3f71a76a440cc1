"""The schema of a configuration, made from the keys that its dataclasses declare."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import voluptuous as vol

from .generations.todays_keys import IN_BOTH, IN_CAMERA, IN_FILE
from .keys import Content, InDirectory, ListOf, NamedOf, SectionOf, checks_of, declared_keys, former_places
from .model import CameraConfig, Config
from .sections import Named, Section
from .validators import Items, Validator

type _Path = tuple[str, ...]


def config_schema(directory: Path) -> vol.Schema:
    """Return the schema; it gives a Written or raises vol.MultipleInvalid with every Problem.

    directory is the one in which relative file names are looked for.
    """
    return vol.Schema(_section(Config, directory))


def _section(
    keys_of: type[Any],
    directory: Path,
    path: _Path = (),
    formers: Iterable[_Path] | None = None,
    translated: Iterable[_Path] | None = None,
) -> Section:
    """Return the validator of a section.

    Former places and those that are translated are known to its suggestions, from the camera or file down.
    """
    places = [former.path for former, _ in former_places(keys_of)] if formers is None else list(formers)
    todays = _todays(keys_of) if translated is None else list(translated)
    declared = declared_keys(keys_of)
    return Section(
        {name: _validator(one.key.content, directory, (*path, name), places, todays) for name, one in declared.items()},
        required=[name for name, one in declared.items() if one.is_required],
        checks=checks_of(keys_of),
        also_known=[old[-1] for old in places if old[:-1] == path],
        translated=[place[-1] for place in todays if place[:-1] == path],
    )


def _todays(keys_of: type[Any]) -> list[_Path]:
    """Return the places, from the camera or file down, of keys that are translated before."""
    places = {Config: (*IN_FILE, *IN_BOTH), CameraConfig: (*IN_CAMERA, *IN_BOTH)}.get(keys_of, ())
    return [tuple(place.split(".")) for place in places]


def _validator(
    content: Content, directory: Path, path: _Path, formers: Iterable[_Path], translated: Iterable[_Path]
) -> Validator[Any]:
    match content:
        case SectionOf(keys_of=keys_of):
            return _section(keys_of, directory, path, formers, translated)
        case ListOf(keys_of=keys_of, example=example):
            return Items(_section(keys_of, directory), example, 1)
        case NamedOf(entry=SectionOf(keys_of=keys_of), name=name, checks=checks):
            return Named(_section(keys_of, directory), name=name, checks=checks)
        case NamedOf(entry=entry, name=name, checks=checks):
            assert not isinstance(entry, SectionOf)
            return Named(entry, name=name, checks=checks)
        case InDirectory(read=read):
            return lambda value: read(value, directory)
    return content
