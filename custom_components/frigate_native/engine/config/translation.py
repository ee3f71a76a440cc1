"""Moves keys from the places that other Frigate versions have for them to ours, before the schema sees them.

A key names its former places at its field. A rule that depends on a file's version can write defaults into the global
sections here, too: cameras then inherit them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import voluptuous as vol

from .keys import former_places
from .model import CameraConfig, Config
from .problems import Problem

type Path = tuple[str, ...]

_CAMERAS: Final = "cameras"


@dataclass(frozen=True, slots=True)
class Translation:
    """A configuration with our places only, the notes about it, and what is wrong with the other places.

    moved has the written place of each moved key by its place here.
    """

    data: dict[Any, object]
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    moved: dict[Path, Path] = field(default_factory=dict)

    def as_written(self, problem: vol.Invalid) -> vol.Invalid:
        """Return a problem with its path changed to the place in the file."""
        path = tuple(map(str, problem.path))
        for here, written in self.moved.items():
            if path[: len(here)] == here:
                problem.path[:] = [*written, *problem.path[len(here) :]]
        return problem


def translate(data: Mapping[str, object]) -> Translation:
    """Return the configuration with every key at its place here."""
    translation = Translation(_copy(data))
    _translate(translation, Config, translation.data, ())
    cameras = translation.data.get(_CAMERAS)
    for name, camera in cameras.items() if isinstance(cameras, dict) else ():
        if isinstance(camera, dict):
            _translate(translation, CameraConfig, camera, (_CAMERAS, str(name)))
    return translation


def _translate(translation: Translation, keys_of: type[Any], tree: dict[Any, Any], root: Path) -> None:
    written = _given(tree)
    for former, here in former_places(keys_of):
        if _find(written, former.path) is None or not former.when(written):
            continue
        place = (*root, *former.path)
        if _find(written, here) is not None:
            problem = f"{'.'.join(here)} is given as well, under its older name"
            translation.problems.append(Problem(problem, "keep one of the two", *place))
            continue
        _put(tree, here, _take(tree, former.path))
        translation.moved[(*root, *here)] = place
        if former.is_noted:
            translation.notes.append(f"{'.'.join(place)}: read as {'.'.join(here)}")


def _copy(tree: Mapping[Any, object]) -> dict[Any, object]:
    """Return a copy whose mappings can be changed."""
    return {key: _copy(value) if isinstance(value, Mapping) else value for key, value in tree.items()}


def _given(tree: Mapping[Any, object]) -> dict[Any, object]:
    """Return a copy without keys that have no value."""
    copied = ((key, _given(value) if isinstance(value, Mapping) else value) for key, value in tree.items())
    return {key: value for key, value in copied if value is not None}


def _find(tree: object, path: Path) -> object:
    for step in path:
        tree = tree.get(step) if isinstance(tree, Mapping) else None
    return tree


def _take(tree: dict[Any, Any], path: Path) -> object:
    for step in path[:-1]:
        tree = tree[step]
    return tree.pop(path[-1])


def _put(tree: dict[Any, Any], path: Path, value: object) -> None:
    """Set a key; where a section should be but something else is, that is an error of its own."""
    for step in path[:-1]:
        if tree.get(step) is None:
            tree[step] = {}
        if not isinstance(tree := tree[step], dict):
            return
    tree[path[-1]] = value
