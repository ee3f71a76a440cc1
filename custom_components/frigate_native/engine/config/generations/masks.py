"""Brings masks of all versions into lists: since 0.18 they are sections with names."""

from collections.abc import Iterator, Mapping

from .draft import Draft, Path


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


def _list(draft: Draft, path: Path, masks: Mapping[object, object]) -> None:
    found: list[object] = []
    for name, mask in masks.items():
        entry = mask if isinstance(mask, Mapping) else {"coordinates": mask}
        if entry.get("enabled", True) is False:
            continue
        draft.moved[(*path, str(len(found)))] = (*path, str(name), "coordinates")
        found.append(entry.get("coordinates"))
    draft.put(path, found)
