"""Brings a configuration of any Frigate version into our form, before the schema sees it.

A key names its former places at its field. What differs by version more than by place is translated by the rules in
`generations`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import voluptuous as vol

from .generations import draft as drafts
from .generations.draft import Draft
from .generations.generation import OLDEST, Generation, generation_of
from .generations.today import translate_today
from .keys import former_places
from .model import CameraConfig, Config
from .problems import Problem
from .report import Note, NoteKind


@dataclass(frozen=True, slots=True)
class Translation:
    """A configuration in our form, and the version of Frigate whose form it had."""

    draft: Draft
    generation: Generation

    @property
    def data(self) -> Mapping[str, object]:
        """The configuration."""
        return self.draft.data

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was translated, and what has no effect."""
        return tuple(self.draft.notes)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the other places."""
        return self.draft.problems

    def as_written(self, problems: Iterable[vol.Invalid]) -> list[vol.Invalid]:
        """Return problems with their paths changed to the places in the file, each once."""
        found: dict[tuple[tuple[str, ...], str], vol.Invalid] = {}
        for problem in problems:
            problem.path[:] = self._written(problem.path)
            found.setdefault((tuple(map(str, problem.path)), problem.error_message), problem)
        return list(found.values())

    def note_as_written(self, note: Note) -> Note:
        """Return a note about a place here with that in the file."""
        path = tuple(note.place.replace("[", ".").replace("]", "").split("."))
        written = self.draft.written(path)
        return note if written == path else replace(note, place=drafts.dotted(written))

    def _written(self, path: list[Any]) -> list[Any]:
        written = self.draft.written(tuple(map(str, path)))
        kept = 0  # steps at the end that are the same, which may be indices
        while kept < min(len(path), len(written)) and str(path[-1 - kept]) == written[-1 - kept]:
            kept += 1
        return [*drafts.with_indices(written[: len(written) - kept]), *path[len(path) - kept :]]


def translate(data: Mapping[str, object], directory: Path, *, is_native: bool = False) -> Translation:
    """Return the configuration in our form; directory is that of the file. is_native: it has our form already."""
    draft = Draft(drafts.copied(data))
    generation = Generation(OLDEST) if is_native else generation_of(draft)
    if generation.is_today:
        translate_today(draft, generation, directory)
    _move(draft, Config, (), draft.data)
    for path, camera in draft.cameras():
        _move(draft, CameraConfig, path, camera)
    return Translation(draft, generation)


def _move(draft: Draft, keys_of: type[Any], root: drafts.Path, tree: drafts.Tree) -> None:
    """Move the keys of a section from their former places."""
    given = _given(tree)
    for former, here in former_places(keys_of):
        if _find(given, former.path) is None or not former.when(given):
            continue
        place = ".".join(draft.written((*root, *former.path)))
        if draft.move((*root, *former.path), (*root, *here)) and former.is_noted:
            draft.notes.append(Note(NoteKind.TRANSLATED, place, f"read as {'.'.join(here)}"))


def _given(tree: Mapping[Any, object]) -> dict[Any, object]:
    """Return a copy without keys that have no value."""
    copied = ((key, _given(value) if isinstance(value, Mapping) else value) for key, value in tree.items())
    return {key: value for key, value in copied if value is not None}


def _find(tree: object, path: drafts.Path) -> object:
    for step in path:
        tree = tree.get(step) if isinstance(tree, Mapping) else None
    return tree
