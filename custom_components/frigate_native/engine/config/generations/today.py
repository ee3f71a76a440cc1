"""Translates a file of Frigate 0.9 or later: its forms and defaults, one step after another."""

from pathlib import Path

from ..report import NoteKind
from .detectors import translate_detectors
from .draft import Draft
from .elsewhere import drop_elsewhere
from .ffmpeg import translate_ffmpeg
from .generation import Generation
from .inheritance import give_to_cameras
from .masks import list_masks
from .objects import translate_objects
from .recording import translate_recording

_NO_MIXING = "events are stored by Home Assistant; Frigate's own database stays as it is"


def translate_today(draft: Draft, generation: Generation, directory: Path) -> None:
    """Turn today's keys into ours: after it every camera has its whole sections, and the file none that they share.

    directory is that of the file.
    """
    _units(draft)
    drop_elsewhere(draft)
    _drop_cameras_that_are_off(draft)
    _broker(draft)
    if draft.take(("database", "path")) is not None:
        draft.note(NoteKind.ELSEWHERE, ("database", "path"), _NO_MIXING)
    translate_detectors(draft, directory)
    list_masks(draft)
    give_to_cameras(draft, adds_masks=generation.minor >= 18)
    translate_ffmpeg(draft, generation)
    translate_objects(draft, generation)
    translate_recording(draft, generation)


def _drop_cameras_that_are_off(draft: Draft) -> None:
    for path, _ in draft.cameras():
        if not draft.is_on((*path, "enabled")):
            draft.take(path)
            draft.note(NoteKind.ELSEWHERE, path, "the camera is off, so it is left out")


def _units(draft: Draft) -> None:
    """Give the unit system to the zones that have lengths and speeds."""
    unit_system = draft.take(("ui", "unit_system"))
    for path, _ in draft.cameras():
        for zone in draft.section((*path, "zones")):
            if unit_system is not None and draft.find((*path, "zones", str(zone), "distances")):
                draft.fill((*path, "zones", str(zone), "unit_system"), unit_system)


def _broker(draft: Draft) -> None:
    if not draft.is_on(("mqtt", "enabled")) or draft.section(("mqtt",)).get("host") == "":
        draft.take(("mqtt",))
        draft.note(NoteKind.TRANSLATED, ("mqtt",), "left out, because it is off")
