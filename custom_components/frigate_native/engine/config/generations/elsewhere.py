"""Keys that are accepted without effect: what takes their place, or what is missing here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ..report import NoteKind
from .draft import Draft, Path


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Why a key has no effect."""

    kind: NoteKind
    text: str


def _by(text: str) -> Elsewhere:
    return Elsewhere(NoteKind.ELSEWHERE, text)


def _missing(text: str) -> Elsewhere:
    return Elsewhere(NoteKind.MISSING, text)


_PLAYER: Final = _by("Home Assistant plays live views itself")
_UI: Final = _by("dashboards and user profiles in Home Assistant say how cameras, times and units are shown")
_CONTAINER: Final = _by("this is a setting of Frigate's container")
_CLEANUP: Final = _by("recordings are cleaned up and compared with the disk all the time")
_AI: Final = _missing("there are no AI descriptions; Home Assistant's AI tasks can describe a camera's picture")
_SOUND: Final = _missing("sounds are not detected")

IN_FILE: Final[Mapping[str, Elsewhere]] = {
    "auth": _by("Home Assistant's users and their permissions"),
    "tls": _by("Home Assistant's own HTTPS"),
    "proxy": _by("Home Assistant's own settings for proxies"),
    "networking": _CONTAINER,
    "telemetry": _by("Home Assistant's System Monitor integration, and its updates"),
    "camera_groups": _by("areas, labels and dashboards in Home Assistant"),
    "safe_mode": _CONTAINER,
    "classification": _missing("there are no custom classification models"),
}
"""Sections of the file alone, by their names."""

EVERYWHERE: Final[Mapping[str, Elsewhere]] = {
    "ui": _UI,
    "live": _PLAYER,
    "notifications": _by("the notification blueprint, or automations of your own"),
    "birdseye": _missing("there is no composed picture; a dashboard can show the cameras that have motion"),
    "timestamp_style": _missing("the time on pictures has one style"),
    "audio": _SOUND,
    "audio_transcription": _SOUND,
    "onvif": _missing("cameras do not follow objects; Home Assistant's ONVIF integration moves them"),
    "semantic_search": _missing("there is no semantic search"),
    "face_recognition": _missing("faces are not recognized"),
    "lpr": _missing("license plates are not recognized"),
    "genai": _AI,
    "objects.genai": _AI,
    "review.genai": _AI,
    "profiles": _missing("there are no profiles; automations can use the switches of the cameras"),
    "type": _missing("there are no cameras for license plates alone"),
    "detect.annotation_offset": _by("boxes are not drawn on recordings"),
    "ffmpeg.path": _CONTAINER,
    "ffmpeg.gpu": _CONTAINER,
    "ffmpeg.retry_interval": _by("streams are opened again after pauses that grow"),
    "ffmpeg.apple_compatibility": _by("clips and recordings of H.265 always have the tag that Apple's players need"),
    "record.expire_interval": _CLEANUP,
    "record.sync_recordings": _CLEANUP,
    "record.export": _missing("recordings are not exported"),
    "record.preview": _missing("there are no previews"),
    "record.events.max_seconds": _by("recordings of an event have no longest length"),
    "snapshots.clean_copy": _missing("there is one picture of each event, as the other keys describe it"),
    "snapshots.quality": _missing("pictures have one quality"),
    "snapshots.retain.mode": _by("it never had an effect"),
    "mqtt.quality": _missing("pictures have one quality"),
}
"""Keys of the file and of cameras, by their places."""


def drop_elsewhere(draft: Draft) -> None:
    """Take out what has no effect here, and note it."""
    for place, why in IN_FILE.items():
        _drop(draft, (place,), why)
    for root in ((), *(path for path, _ in draft.cameras())):
        for place, why in EVERYWHERE.items():
            _drop(draft, (*root, *place.split(".")), why)


def _drop(draft: Draft, path: Path, why: Elsewhere) -> None:
    found = draft.take(path)
    is_off = isinstance(found, dict) and found.get("enabled") is False
    if found is not None and not is_off:
        draft.note(why.kind, path, why.text)
