"""Keep one sighting per object from tiles of several sizes."""

from collections.abc import Iterable

from custom_components.frigate_native.engine.geometry import area, covered_share, intersection_area, iou

from .tracks import Sighting

_SAME_IOU = 0.5
_PART_SHARE = 0.8  # of the better box inside the worse one: then the worse box is the same object
_COVERED_SHARE = 0.75  # by better boxes together: part of an object, or two neighbours detected as one


def without_duplicates(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Return one frame's sightings without duplicates, best scores first."""
    kept: list[Sighting] = []
    for seen in sorted(sightings, key=lambda seen: -seen.score):
        if not _is_duplicate(seen, [other for other in kept if other.label == seen.label]):
            kept.append(seen)
    return kept


def _is_duplicate(seen: Sighting, better: Iterable[Sighting]) -> bool:
    covered = 0
    for other in better:
        if iou(seen.box, other.box) > _SAME_IOU or covered_share(other.box, seen.box) > _PART_SHARE:
            return True
        covered += intersection_area(seen.box, other.box)
    return covered > _COVERED_SHARE * area(seen.box)
