"""A configuration while it is translated: its tree, what was found, and where each moved key is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from ..problems import Problem, echo, kind, nearest
from ..report import Note, NoteKind

type Path = tuple[str, ...]
type Tree = dict[Any, Any]

CAMERAS: Final = "cameras"
LISTS: Final = frozenset({"inputs", "labels", "mask", "required_zones", "roles", "track"})


@dataclass(slots=True)
class Draft:
    """data is changed by the rules; moved has the written place of each moved key by its place in data."""

    data: Tree
    notes: list[Note] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    moved: dict[Path, Path] = field(default_factory=dict)

    def cameras(self) -> Iterator[tuple[Path, Tree]]:
        """Yield the cameras that are sections, with their paths."""
        cameras = self.data.get(CAMERAS)
        for name, camera in list(cameras.items()) if isinstance(cameras, dict) else ():
            if isinstance(camera, dict):
                yield (CAMERAS, str(name)), camera

    def find(self, path: Path) -> Any:
        """Return what is at a place; None if nothing is."""
        tree: Any = self.data
        for step in path:
            tree = tree.get(step) if isinstance(tree, Mapping) else None
        return tree

    def section(self, path: Path) -> Tree:
        """Return the section at a place, to be read; an empty one if there is none."""
        found = self.find(path)
        return found if isinstance(found, dict) else {}

    def take(self, path: Path) -> Any:
        """Remove what is at a place and return it; None if nothing is."""
        section = self.find(path[:-1])
        return section.pop(path[-1], None) if isinstance(section, dict) else None

    def put(self, path: Path, value: object, written: Path | None = None) -> None:
        """Set a key that is written elsewhere; where a section should be but something else is, do nothing."""
        tree: Any = self.data
        for step in path[:-1]:
            if tree.get(step) is None:
                tree[step] = {}
            if not isinstance(tree := tree[step], dict):
                return
        tree[path[-1]] = value
        if written is not None and written != path:
            self._moved(written, path)

    def _moved(self, old: Path, new: Path) -> None:
        """Remember where something, and what is in it, is written."""
        inside = [(place, written) for place, written in self.moved.items() if place[: len(old)] == old != place]
        self.moved[new] = self.written(old)
        self.moved.update({(*new, *place[len(old) :]): written for place, written in inside})

    def fill(self, path: Path, value: object) -> None:
        """Set a key unless it has a value."""
        if self.find(path) is None:
            self.put(path, value)

    def is_on(self, path: Path) -> bool:
        """Remove a flag that is on by default, and return it; what is not true or false is an error."""
        value = self.take(path)
        if value is None or isinstance(value, bool):
            return value is not False
        self.complain(path, echo(value), "true or false")
        return True

    def complain(self, path: Path, problem: str, mend: str) -> None:
        """Report a mistake where it is written, once."""
        found = Problem(problem, mend, *with_indices(self.written(path)))
        if all((known.path, known.problem) != (found.path, problem) for known in self.problems):
            self.problems.append(found)

    def check_keys(self, path: Path, keys: Sequence[str]) -> None:
        """Report what is no section, or has other keys than these: for a section that is taken apart."""
        found = self.find(path)
        if found is not None and not isinstance(found, dict):
            self.complain(path, f"{kind(found)}, not a mapping", "a section with keys")
        for key in found if isinstance(found, dict) else ():
            if key not in keys:
                self.complain((*path, str(key)), "unknown key", nearest(str(key), keys))

    def move(self, old: Path, new: Path) -> bool:
        """Move a key to its place here; True if there is one. Given at both places, it is an error."""
        if (value := self.find(old)) is None:
            return False
        if self.find(new) is not None:
            problem = f"{'.'.join(self.written(new))} is given as well, under its other name"
            self.complain(old, problem, "keep one of the two")
            return False
        self.take(old)
        self.put(new, value, old)
        return True

    def written(self, path: Path) -> Path:
        """Return where the file has what is at a place here."""
        for length in range(len(path), 0, -1):
            if (written := self.moved.get(path[:length])) is not None:
                return (*written, *path[length:])
        return path

    def note(self, kind: NoteKind, path: Path, text: str) -> None:
        """Add a note about a place, named as it is written; a note that is there already is not repeated."""
        note = Note(kind, dotted(self.written(path)), text)
        if note not in self.notes:
            self.notes.append(note)


def with_indices(path: Path) -> list[str | int]:
    """Return a path with the places in lists as numbers."""
    return [int(step) if before in LISTS and step.isdecimal() else step for before, step in pairwise(("", *path))]


def dotted(path: Path) -> str:
    """Return a place as messages name it."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in with_indices(path))
    return "".join(steps).removeprefix(".")


def copied(tree: Any) -> Any:
    """Return a copy whose mappings and lists can be changed."""
    if isinstance(tree, list):
        return [copied(entry) for entry in tree]
    return {key: copied(value) for key, value in tree.items()} if isinstance(tree, Mapping) else tree
