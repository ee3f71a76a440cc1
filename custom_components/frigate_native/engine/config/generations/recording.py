"""Recordings of today's files: all forms that their retention has had become those of the newest."""

import math
from operator import itemgetter
from typing import Final, TypeIs

from ..problems import echo, kind
from ..report import NoteKind
from .draft import Draft, Path
from .generation import Generation

_SEVERITIES: Final = ("alerts", "detections")
_DEFAULT_DAYS: Final = 10
_MOST_DAYS: Final = 36_500
_UTC_SINCE: Final = 12
_NO_MODES: Final = 9  # its recordings of events were kept whole
_ALL: Final = "all"
_ACTIVE: Final = "active_objects"
_MODES: Final = (_ALL, "motion", _ACTIVE)
_MORE: Final = "; recordings with any motion are kept"
_EVENTS: Final = ("objects", "post_capture", "pre_capture", "required_zones", "retain")


def translate_recording(draft: Draft, generation: Generation) -> None:
    """Bring each camera's `record` into our form."""
    for path, _ in draft.cameras():
        if generation.minor >= _UTC_SINCE:
            draft.fill((*path, "record", "layout"), "utc")
        _retention(draft, path)
        _events(draft, path, generation)
        _features(draft, path)


def _retention(draft: Draft, camera: Path) -> None:
    """Translate `retain_days` (to 0.12) and `retain` (0.10 to 0.16) to `continuous` and `motion`."""
    record = (*camera, "record")
    if draft.move((*record, "retain_days"), (*record, "continuous", "days")):
        draft.note(NoteKind.TRANSLATED, (*record, "continuous", "days"), "read as record.continuous.days")
    retain = (*record, "retain")
    draft.check_keys(retain, ("days", "mode"))
    days, mode = draft.find((*retain, "days")), draft.find((*retain, "mode")) or _ALL
    if mode not in _MODES:
        draft.complain((*retain, "mode"), echo(mode), f"one of {', '.join(_MODES)}")
    elif days is not None:
        places = ("continuous", "motion") if mode == _ALL else ("motion",)
        for place in places:
            if draft.find((*record, place, "days")) is None:
                draft.put((*record, place, "days"), days, (*retain, "days"))
        text = f"read as {' and '.join(f'record.{place}.days' for place in places)}"
        draft.note(NoteKind.TRANSLATED, retain, text + (_MORE if mode == _ACTIVE else ""))
    draft.take(retain)


def _events(draft: Draft, camera: Path, generation: Generation) -> None:
    """Translate `record.events` (0.9 to 0.14) to alerts and detections."""
    events = (*camera, "record", "events")
    if draft.find(events) is None:
        draft.take(events)
        return
    draft.check_keys(events, _EVENTS)
    draft.check_keys((*events, "retain"), ("default", "mode", "objects"))
    for severity in _SEVERITIES:
        target = (*camera, "record", severity)
        for key in ("pre_capture", "post_capture"):
            _copy(draft, (*events, key), (*target, key))
        place, days = _longest(draft, (*events, "retain"))
        if days is not None:
            draft.put((*target, "retain", "days"), days, place)
        mode = draft.find((*events, "retain", "mode")) or (_ALL if generation.minor == _NO_MODES else None)
        if mode is not None:
            draft.put((*target, "retain", "mode"), mode, (*events, "retain", "mode"))
        _copy(draft, (*events, "objects"), (*camera, "review", severity, "labels"))
    _copy(draft, (*events, "required_zones"), (*camera, "review", "alerts", "required_zones"))
    for key in ("objects", "required_zones"):
        _copy(draft, (*events, key), (*camera, "save_clips", key))
    draft.note(NoteKind.TRANSLATED, events, "read as record.alerts and record.detections")
    draft.take(events)


def _copy(draft: Draft, source: Path, target: Path) -> None:
    if (value := draft.find(source)) is not None and draft.find(target) is None:
        draft.put(target, value, source)


def _longest(draft: Draft, retain: Path) -> tuple[Path, object]:
    """Return the most days that any label has, and their place; first what is no number, to be judged later."""
    labels = draft.section((*retain, "objects"))
    for name in labels:
        if not isinstance(name, str):
            draft.complain((*retain, "objects", str(name)), f"the label is {kind(name)}", "the name of an object")
    places = ((*retain, "default"), *((*retain, "objects", str(label)) for label in labels))
    found = [(place, days) for place in places if (days := draft.find(place)) is not None]
    wrong = [entry for entry in found if not _is_amount(entry[1])]
    return wrong[0] if wrong else max(found, key=itemgetter(1), default=(retain, None))


def _is_amount(value: object) -> TypeIs[int | float]:
    """Tell whether a value may be a number of days or seconds; whether it may be this large is judged later."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _MOST_DAYS


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
        given = [found[key] for found in severities if isinstance(found.get(key), int) and _is_amount(found[key])]
        if given:
            draft.put((*camera, "save_clips", key), max(given))
    kept = [draft.find((*record, severity, "retain", "days")) for severity in _SEVERITIES]
    days = max(filter(_is_amount, kept), default=_DEFAULT_DAYS)
    draft.put((*camera, "save_clips", "retain", "default"), math.ceil(days))
