"""Sets of labels that are chosen as one in forms."""

from collections.abc import Iterable, Mapping
from typing import Final

OBJECT_SETS: Final[Mapping[str, tuple[str, ...]]] = {
    "vehicles": ("bicycle", "car", "motorcycle", "bus"),
    "pets": ("cat", "dog"),
    "parcels": ("backpack", "handbag", "suitcase"),  # the nearest that the model knows
}


def expand_sets(chosen: Iterable[str]) -> list[str]:
    """Return labels, with those of a set in its place, each once."""
    return list(dict.fromkeys(label for one in chosen for label in OBJECT_SETS.get(one, (one,))))
