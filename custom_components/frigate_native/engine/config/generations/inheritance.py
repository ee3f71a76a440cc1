"""Gives cameras what they inherit, as Frigate does since 0.9: key by key, lists as a whole."""

from collections.abc import Mapping
from typing import Final

from ..problems import kind
from .draft import Draft, Path

SECTIONS: Final = ("detect", "motion", "objects", "record", "review", "snapshots", "rtmp")
"""Sections of the file that each camera has, too. `ffmpeg` is not among them: its own rules are the same here."""

_MASK: Final = "mask"
_INNER: Final = frozenset(
    {"alerts", "continuous", "detections", "events", "filters", "max_frames", "motion", "retain", "stationary"}
)
"""Sections in these sections."""


def give_to_cameras(draft: Draft, *, adds_masks: bool) -> None:
    """Merge the file's sections into those of each camera.

    adds_masks: masks of the file and of the camera add up, as they do since 0.18. Without cameras there is nothing
    that they could mean.
    """
    cameras = list(draft.cameras())
    for name in SECTIONS:
        common = draft.find((name,))
        if not isinstance(common, Mapping):
            continue
        for path, _ in cameras:
            _merge(draft, (name,), (*path, name), adds_masks=adds_masks)
        draft.take((name,))


def _merge(draft: Draft, common: Path, own: Path, *, adds_masks: bool) -> None:
    for key, value in draft.section(common).items():
        source, target = (*common, str(key)), (*own, str(key))
        given = draft.find(target)
        if isinstance(value, Mapping) and (given is None or isinstance(given, Mapping)):
            if given is None:
                draft.put(target, {}, source)
            _merge(draft, source, target, adds_masks=adds_masks)
        elif isinstance(given, Mapping) and value is not None and key in _INNER:
            draft.complain(source, f"{kind(value)}, not a mapping", "a section with keys")
        elif given is None:
            draft.put(target, list(value) if isinstance(value, list) else value, source)
        elif key == _MASK and adds_masks and isinstance(value, list) and isinstance(given, list):
            _append(draft, source, target)


def _append(draft: Draft, common: Path, own: Path) -> None:
    """Put the file's masks behind the camera's, unless the camera has one with the same name."""
    masks: list[object] = draft.find(own)
    names = {draft.written((*own, str(index)))[-2:-1] for index in range(len(masks))}
    for index, mask in enumerate(draft.find(common)):
        written = draft.written((*common, str(index)))
        if written[-2:-1] not in names:
            draft.moved[(*own, str(len(masks)))] = written
            masks.append(mask)
