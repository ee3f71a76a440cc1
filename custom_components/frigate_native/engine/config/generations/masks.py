"""Brings masks of all versions into lists: since 0.18 they are sections with names."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ..problems import echo
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
    """Replace one section; a mask without coordinates is left out, as it is reported."""
    found: list[object] = []
    draft.put(path, {str(name): mask for name, mask in masks.items()})
    for name in list(draft.section(path)):
        place = (*path, name)
        if not isinstance(mask := draft.find(place), Mapping):
            draft.put(place, {})
            draft.put((*place, _COORDINATES), mask, place)
        is_on = draft.is_on((*place, "enabled"))
        draft.check_keys(place, _KEYS)
        if draft.find((*place, _COORDINATES)) is None:
            if set(draft.section(place)) <= set(_KEYS):  # otherwise it is misspelt
                draft.complain((*place, _COORDINATES), "missing", "this key is required")
        elif not isinstance(draft.find((*place, _COORDINATES)), str | list):
            draft.complain((*place, _COORDINATES), echo(draft.find((*place, _COORDINATES))), "x,y pairs as text")
        elif is_on:
            draft.moved[(*path, str(len(found)))] = draft.written((*place, _COORDINATES))
            found.append(draft.find((*place, _COORDINATES)))
    draft.put(path, found)
