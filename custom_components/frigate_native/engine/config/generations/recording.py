"""Recordings of today's files: all forms that their retention has had become those of the newest."""

import math
from collections.abc import Mapping
from typing import Any, Final

from ..report import NoteKind
from .draft import Draft, Path
from .generation import Generation

_SEVERITIES: Final = ("alerts", "detections")
_DEFAULT_DAYS: Final = 10
_NO_MODES: Final = 9  # its recordings of events were kept whole
_ALL: Final = "all"


def translate_recording(draft: Draft, generation: Generation) -> None:
    """Bring each camera's `record` into our form."""
    for path, _ in draft.cameras():
        _retention(draft, path)
        _events(draft, path, generation)
        _features(draft, path)


def _retention(draft: Draft, camera: Path) -> None:
    """Translate `retain_days` (to 0.12) and `retain` (0.10 to 0.16) to `continuous` and `motion`."""
    record = (*camera, "record")
    if draft.move((*record, "retain_days"), (*record, "continuous", "days")):
        draft.note(NoteKind.TRANSLATED, (*record, "continuous", "days"), "read as record.continuous.days")
    retain = (*record, "retain")
    days, mode = draft.find((*retain, "days")), draft.find((*retain, "mode")) or _ALL
    if days is not None:
        places = ("continuous", "motion") if mode == _ALL else ("motion",)
        for place in places:
            if draft.find((*record, place, "days")) is None:
                draft.put((*record, place, "days"), days, (*retain, "days"))
        draft.note(NoteKind.TRANSLATED, retain, f"read as {' and '.join(f'record.{place}.days' for place in places)}")
    draft.take(retain)


def _events(draft: Draft, camera: Path, generation: Generation) -> None:
    """Translate `record.events` (0.9 to 0.14) to alerts and detections."""
    events = (*camera, "record", "events")
    if draft.find(events) is None:
        draft.take(events)
        return
    for severity in _SEVERITIES:
        target = (*camera, "record", severity)
        for key in ("pre_capture", "post_capture"):
            _copy(draft, (*events, key), (*target, key))
        days = _longest(draft.section((*events, "retain")))
        if days is not None:
            draft.put((*target, "retain", "days"), days, (*events, "retain", "default"))
        mode = draft.find((*events, "retain", "mode")) or (_ALL if generation.minor == _NO_MODES else None)
        if mode is not None:
            draft.put((*target, "retain", "mode"), mode, (*events, "retain", "mode"))
        _copy(draft, (*events, "objects"), (*camera, "review", severity, "labels"))
    _copy(draft, (*events, "required_zones"), (*camera, "review", "alerts", "required_zones"))
    draft.note(NoteKind.TRANSLATED, events, "read as record.alerts and record.detections")
    draft.take(events)


def _copy(draft: Draft, source: Path, target: Path) -> None:
    if (value := draft.find(source)) is not None and draft.find(target) is None:
        draft.put(target, value, source)


def _longest(retain: Mapping[str, Any]) -> object:
    """Return the most days that any label has; the value itself when it is not a number, to be judged later."""
    objects = retain.get("objects")
    several = list(objects.values()) if isinstance(objects, Mapping) else []
    numbers = [days for days in (retain.get("default"), *several) if isinstance(days, int | float)]
    return max(numbers, default=retain.get("default"))


def _features(draft: Draft, camera: Path) -> None:
    """Fill in today's defaults, and make clips of the events whose recordings are kept."""
    record = (*camera, "record")
    for place in ("continuous", "motion"):
        draft.fill((*record, place, "days"), 0)
    for severity in _SEVERITIES:
        draft.fill((*record, severity, "retain", "days"), _DEFAULT_DAYS)
    draft.put((*camera, "save_clips", "enabled"), draft.find((*record, "enabled")) is True)
    severities = [draft.section((*record, severity)) for severity in _SEVERITIES]
    for key in ("pre_capture", "post_capture"):
        given = [found[key] for found in severities if isinstance(found.get(key), int)]
        if given:
            draft.put((*camera, "save_clips", key), max(given))
    kept = [draft.find((*record, severity, "retain", "days")) for severity in _SEVERITIES]
    days = max((value for value in kept if isinstance(value, int | float)), default=_DEFAULT_DAYS)
    draft.put((*camera, "save_clips", "retain", "default"), math.ceil(days))
