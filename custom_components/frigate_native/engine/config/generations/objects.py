"""Detection, motion, zones and pictures of today's files: their forms, and the defaults of their version."""

import math
from collections.abc import Mapping
from typing import Any, Final

from ..report import NoteKind
from .draft import Draft, Path
from .generation import Generation

_USUAL_FPS: Final = 5
_SECONDS_TO_VANISH: Final = 5
_MOST_FPS: Final = 1000
_LEAST_LOOKS: Final = 2
_USUAL_INERTIA: Final = 3
_INITIALIZED: Final = 13  # objects must be tracked for some frames, since this version
_STATIONARY: Final = 10  # objects can be, since this version, and are looked at again since 0.13
_OFF_BY_DEFAULT: Final = 16  # detection, since this version
_SIZES: Final = ("width", "height", "fps")
_USUAL_SIZE: Final[Mapping[str, int]] = {"width": 1280, "height": 720}
_PROBES: Final = 13  # the stream's size is the default since this version, and motion is detected otherwise
_NEEDS_BOTH: Final = 18

_MOTION: Final[Mapping[int, Mapping[str, object]]] = {
    13: {
        "threshold": 30,
        "lightning_threshold": 0.8,
        "contour_area": 10,
        "frame_alpha": 0.01,
        "frame_height": 100,
        "improve_contrast": True,
        "mqtt_off_delay": 30,
    },
    11: {"threshold": 25, "contour_area": 30, "frame_alpha": 0.2, "frame_height": 50, "mqtt_off_delay": 30},
    10: {"threshold": 25, "contour_area": 30, "frame_alpha": 0.2, "frame_height": 50},
    9: {},
}
"""Defaults of motion detection, by the version that they came with."""

_MOST_OF_TODAY: Final[Mapping[str, int]] = {"contour_area": 50, "frame_height": 200}


def translate_objects(draft: Draft, generation: Generation) -> None:
    """Bring the sections of each camera into our form."""
    for path, _ in draft.cameras():
        _detect(draft, path, generation)
        for key, value in next(found for since, found in _MOTION.items() if generation.minor >= since).items():
            draft.fill((*path, "motion", key), value)
        if generation.minor >= _PROBES:
            _older_motion(draft, (*path, "motion"))
        for zone in draft.section((*path, "zones")):
            _listed(draft, (*path, "zones", str(zone), "objects"))
            if generation.minor >= _PROBES:
                draft.fill((*path, "zones", str(zone), "inertia"), _USUAL_INERTIA)
        for severity in ("alerts", "detections"):
            _listed(draft, (*path, "review", severity, "required_zones"))
        _pictures(draft, path)


def _detect(draft: Draft, camera: Path, generation: Generation) -> None:
    detect = (*camera, "detect")
    is_on = not (generation.is_versioned and generation.minor >= _OFF_BY_DEFAULT)
    draft.fill((*detect, "enabled"), is_on)
    if draft.find((*detect, "min_initialized")) == 1:
        draft.put((*detect, "min_initialized"), _LEAST_LOOKS)
    _size(draft, detect, generation)
    for key in _SIZES:
        draft.move((*detect, key), (*camera, key))
    if _STATIONARY <= generation.minor < _INITIALIZED:
        draft.fill((*detect, "stationary", "interval"), 0)
    draft.fill((*camera, "fps"), _USUAL_FPS)
    fps = draft.find((*camera, "fps"))
    if isinstance(fps, int) and 0 < fps <= _MOST_FPS:
        draft.fill((*detect, "max_disappeared"), _SECONDS_TO_VANISH * fps)
        if generation.minor >= _INITIALIZED:
            draft.fill((*detect, "min_initialized"), max(fps // 2, _LEAST_LOOKS))


def _older_motion(draft: Draft, motion: Path) -> None:
    """Note values that suit how motion was detected before Frigate 0.13."""
    for key, most in _MOST_OF_TODAY.items():
        value = draft.find((*motion, key))
        if isinstance(value, int) and value > most:
            text = f"{value} suits Frigate 0.12 and older; {_MOTION[_PROBES][key]} is usual now"
            draft.note(NoteKind.ATTENTION, (*motion, key), text)


def _size(draft: Draft, detect: Path, generation: Generation) -> None:
    """Fill in the size that older versions scale to; half a size had no effect from 0.13 to 0.17."""
    if generation.minor < _PROBES:
        for key, value in _USUAL_SIZE.items():
            draft.fill((*detect, key), value)
        return
    given = [key for key in _USUAL_SIZE if draft.find((*detect, key)) is not None]
    if len(given) == 1 and generation.minor < _NEEDS_BOTH:
        draft.note(NoteKind.ATTENTION, (*detect, given[0]), "no effect without both width and height")
        draft.take((*detect, given[0]))


def _listed(draft: Draft, path: Path) -> None:
    """Make a list of a single name, which Frigate accepts here."""
    if isinstance(name := draft.find(path), str):
        draft.put(path, [name])
        draft.moved[(*path, "0")] = draft.written(path)


def _pictures(draft: Draft, camera: Path) -> None:
    draft.fill((*camera, "snapshots", "bounding_box"), True)
    draft.fill((*camera, "mqtt", "height"), 270)
    retain = (*camera, "snapshots", "retain")
    _whole_days(draft, (*retain, "default"))
    for label in draft.section((*retain, "objects")):
        _whole_days(draft, (*retain, "objects", str(label)))


def _whole_days(draft: Draft, path: Path) -> None:
    days: Any = draft.find(path)
    if isinstance(days, float) and math.isfinite(days) and days >= 0:
        draft.put(path, math.ceil(days))
        if not days.is_integer():
            draft.note(NoteKind.TRANSLATED, path, f"{days:g} days are rounded up")
