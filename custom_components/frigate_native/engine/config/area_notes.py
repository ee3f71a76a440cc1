"""Finds masks and zones that cannot do what they were drawn for: they hide everything or nothing, or lie outside."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from ..errors import ConfigError
from ..geometry import Point, Size
from .masks import FrameMask, Mask, fit_masks
from .model import CameraConfig
from .polygons import Polygon
from .report import Note, NoteKind

_ALL: Final = 0.99  # of the frame: at its edges a row may stay free
_SLACK: Final = 1.1  # hand-drawn corners may lie a little outside
_NO_SIZE: Final = Size(1000, 1000)  # for what is the same at any size: fractions and pictures
_SIDES: Final = 4  # of a zone in which speeds can be estimated
_PREVIEW: Final = Size(32, 9)  # letters, which are twice as tall as they are wide
_MASKED, _FREE = "█", "·"
_DARK: Final = "dark parts of the picture, drawn on a light ground, are what it hides"


def area_notes(camera: CameraConfig, size: Size | None) -> Iterator[Note]:
    """Yield what is wrong with a camera's masks and zones in frames of this size.

    size None: not known yet; then only what does not depend on it.
    """
    for place, masks in _masks(camera):
        found = [_mask_problem(mask, size, camera.drawn_for) for mask in masks]
        for index, problem in enumerate(found):
            if problem:
                drawn = _preview((masks[index],), size, camera.drawn_for)
                yield _note(place if len(masks) == 1 else f"{place}[{index}]", problem, drawn)
        if not any(found) and len(masks) > 1 and _hidden(masks, size, camera.drawn_for) >= _ALL:
            together = _hides_all("these masks together hide", size)
            yield _note(place, together, _preview(masks, size, camera.drawn_for))
    for name, zone in camera.zones.items():
        if problem := _outside(zone.coordinates, size, camera.drawn_for):
            yield _note(f"cameras.{camera.name}.zones.{name}.coordinates", f"{problem}; nothing can enter this zone")
        if zone.distances and len(zone.coordinates.corners) != _SIDES:
            corners = len(zone.coordinates.corners)
            problem = f"speeds are estimated in zones with four corners, and this one has {corners}"
            yield _note(f"cameras.{camera.name}.zones.{name}.distances", problem)


def _masks(camera: CameraConfig) -> Iterator[tuple[str, Sequence[Mask]]]:
    path = f"cameras.{camera.name}"
    yield f"{path}.mask", camera.mask
    yield f"{path}.motion.mask", camera.motion.mask
    yield f"{path}.objects.mask", camera.objects.mask
    for label in camera.objects.track:
        yield f"{path}.objects.filters.{label}.mask", camera.objects.filters[label].mask


def _note(place: str, text: str, preview: str = "") -> Note:
    return Note(NoteKind.ATTENTION, place, text, preview)


def _preview(masks: Sequence[Mask], size: Size | None, drawn_for: Size | None) -> str:
    """Return the frame in letters: full blocks where it is masked; empty where that cannot be known.

    It holds nothing of the camera's picture, since every user of Home Assistant can read repair issues.
    """
    if (fitted := _fitted(masks, size, drawn_for)) is None:
        return ""
    rows = np.arange(_PREVIEW.height) * fitted.shape[0] // _PREVIEW.height
    columns = np.arange(_PREVIEW.width) * fitted.shape[1] // _PREVIEW.width
    return "\n".join("".join(_FREE if free else _MASKED for free in row) for row in fitted[np.ix_(rows, columns)])


def _mask_problem(mask: Mask, size: Size | None, drawn_for: Size | None) -> str | None:
    if mask.polygon is not None and (problem := _outside(mask.polygon, size, drawn_for)):
        return f"{problem}; this mask hides nothing"
    hidden = _hidden((mask,), size, drawn_for)
    if hidden >= _ALL:
        return _too_large(mask.polygon, size, drawn_for) or _hides_all("this mask hides", size, mask)
    if mask.picture is not None and not mask.picture.black.any():
        return f"this picture hides nothing; {_DARK}"
    return None


def _hides_all(subject: str, size: Size | None, mask: Mask | None = None) -> str:
    shown = f"of {size.width}x{size.height} " if size else ""
    mend = _DARK if mask is not None and mask.picture is not None else "draw only around what to ignore"
    return f"{subject} 100 % of the picture {shown}- nothing can be detected; {mend}"


def _hidden(masks: Sequence[Mask], size: Size | None, drawn_for: Size | None) -> float:
    """Return the fraction of the frame that is masked; 0 where that cannot be known."""
    fitted = _fitted(masks, size, drawn_for)
    return 0.0 if fitted is None else float((fitted == 0).mean())


def _fitted(masks: Sequence[Mask], size: Size | None, drawn_for: Size | None) -> FrameMask | None:
    pictures = [mask.picture.size for mask in masks if mask.picture is not None]
    if size is None and any(mask.polygon is not None and not mask.polygon.is_relative for mask in masks):
        return None
    frame = size or next(iter(pictures), _NO_SIZE)
    try:
        return fit_masks({"": masks}, frame, drawn_for)
    except ConfigError:  # a picture of another size: an error elsewhere
        return None


def _outside(polygon: Polygon, size: Size | None, drawn_for: Size | None) -> str | None:
    corners = _corners(polygon, size, drawn_for)
    if corners is None:
        return None
    frame = size or _NO_SIZE
    columns, rows = zip(*corners, strict=True)
    if min(columns) >= frame.width or min(rows) >= frame.height or max(columns) < 0 or max(rows) < 0:
        shown = f"the frame of {frame.width}x{frame.height}" if size else "the frame"
        return f"all of it is outside {shown}; {_draw_again(polygon, drawn_for)}"
    return None


def _too_large(polygon: Polygon | None, size: Size | None, drawn_for: Size | None) -> str | None:
    """Return what to say of a polygon in pixels of a larger frame."""
    if polygon is None or polygon.is_relative or size is None:
        return None
    right, bottom = (max(values) for values in zip(*polygon.fitted(size, drawn_for), strict=True))
    if right <= size.width * _SLACK and bottom <= size.height * _SLACK:
        return None
    begin = f"this mask hides 100 % of the picture of {size.width}x{size.height}: it reaches to {right},{bottom}"
    return f"{begin}; {_draw_again(polygon, drawn_for)}"


def _corners(polygon: Polygon, size: Size | None, drawn_for: Size | None) -> Sequence[Point] | None:
    if polygon.is_relative or size is not None:
        return polygon.fitted(size or _NO_SIZE, drawn_for)
    return None


def _draw_again(polygon: Polygon, drawn_for: Size | None) -> str:
    if polygon.is_relative:
        return "draw it again"
    if drawn_for is None:
        return "draw it again, or set width and height to those of the frame that it was drawn for"
    return f"draw it again, or correct width and height ({drawn_for.width}x{drawn_for.height})"
