"""Brings masks of all versions into lists: since 0.18 they are sections with names."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ..problems import Problem, nearest
from .draft import Draft, Path

_COORDINATES: Final = "coordinates"
_KEYS: Final = (_COORDINATES, "enabled", "friendly_name")


def list_masks(draft: Draft) -> None:
    """Replace sections of masks, in the file and in cameras, by lists of those that are on."""
    for root in ((), *(path for path, _ in draft.cameras())):
        for path in list(_places(draft, root)):
            if isinstance(masks := draft.find(path), Mapping):
                _list(draft, path, masks)


def _places(draft: Draft, root: Path) -> Iterator[Path]:
    yield (*root, "motion", "mask")
    yield (*root, "objects", "mask")
    yield from (
        (*root, "objects", "filters", str(label), "mask") for label in draft.section((*root, "objects", "filters"))
    )


def _list(draft: Draft, path: Path, masks: Mapping[Any, object]) -> None:
    """Replace one section; a mask with a mistake is left out, as the mistake is reported."""
    found: list[object] = []
    for name in masks:
        place = (*path, str(name))
        if not isinstance(draft.find(place), Mapping):
            draft.put(place, {_COORDINATES: draft.find(place)})
        is_on = draft.is_on((*place, "enabled"))
        problems = list(_problems(draft, place))
        draft.problems += problems
        if is_on and not problems:
            draft.moved[(*path, str(len(found)))] = (*place, _COORDINATES)
            found.append(draft.find((*place, _COORDINATES)))
    draft.put(path, found)


def _problems(draft: Draft, place: Path) -> Iterator[Problem]:
    unknown = [str(key) for key in draft.section(place) if key not in _KEYS]
    for key in unknown:
        yield Problem("unknown key", nearest(key, _KEYS), *draft.written((*place, key)))
    if draft.find((*place, _COORDINATES)) is None and not unknown:
        yield Problem("missing", "this key is required", *draft.written((*place, _COORDINATES)))
