"""Keys that are accepted without effect: what takes their place, or what is missing here."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from ..report import NoteKind
from .draft import Draft, Path

_EACH: Final = "*"


def _is_given(value: object) -> bool:
    """Tell whether a key would have an effect in Frigate: it is not empty, and not off as a whole."""
    if not isinstance(value, Mapping):
        return value not in (None, "", []) and value is not False
    if "enabled" in value:
        return value["enabled"] is not False
    return any(entry is False or _is_given(entry) for entry in value.values())


def _is_on(value: object) -> bool:
    """Tell whether a section that is off by default is on."""
    return isinstance(value, Mapping) and value.get("enabled") is True


def _is_other_than(*usual: object) -> Callable[[object], bool]:
    return lambda value: value is not None and value not in usual


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Why a key has no effect, and which values would have one in Frigate: users get a note for those alone."""

    kind: NoteKind
    text: str
    is_noted: Callable[[object], bool] = _is_given


def _by(text: str, is_noted: Callable[[object], bool] = _is_given) -> Elsewhere:
    return Elsewhere(NoteKind.ELSEWHERE, text, is_noted)


def _missing(text: str, is_noted: Callable[[object], bool] = _is_given) -> Elsewhere:
    return Elsewhere(NoteKind.MISSING, text, is_noted)


_PLAYER: Final = _by("Home Assistant plays live views itself")
_UI: Final = _by("dashboards and user profiles in Home Assistant say how cameras, times and units are shown")
_CONTAINER: Final = _by("this is a setting of Frigate's container")
_CLEANUP: Final = _by("recordings are cleaned up and compared with the disk all the time")
_AI: Final = _missing("there are no AI descriptions; Home Assistant's AI tasks can describe a camera's picture")
_ZONE_FILTER: Final = _by("it never had an effect in a zone")
_SOUND: Final = _missing("sounds are not detected", _is_on)

IN_FILE: Final[Mapping[str, Elsewhere]] = {
    "auth": _by("Home Assistant's users and their permissions"),
    "tls": _by("Home Assistant's own HTTPS"),
    "proxy": _by("Home Assistant's own settings for proxies"),
    "networking": _CONTAINER,
    "telemetry": _by("Home Assistant's System Monitor integration, and its updates"),
    "camera_groups": _by("areas, labels and dashboards in Home Assistant"),
    "safe_mode": _CONTAINER,
    "classification": _missing("birds, states and your own kinds of objects are not classified"),
}
"""Sections of the file alone, by their names."""

EVERYWHERE: Final[Mapping[str, Elsewhere]] = {
    "ui": _UI,
    "live": _PLAYER,
    "notifications": _by("the notification blueprint, or automations of your own", _is_on),
    "birdseye": _missing("there is no composed picture; a dashboard can show the cameras that have motion"),
    "timestamp_style": _missing("the time on pictures has one style"),
    "audio": _SOUND,
    "audio_transcription": _missing("speech is not written down", _is_on),
    "semantic_search": _missing("there is no semantic search", _is_on),
    "face_recognition": _missing("faces are not recognized", _is_on),
    "lpr": _missing("license plates are not recognized", _is_on),
    "genai": _AI,
    "objects.genai": _AI,
    "review.genai": _AI,
    "profiles": _missing("there are no profiles; automations can use the switches of the cameras"),
    "detect.annotation_offset": _by("boxes are not drawn on recordings"),
    "ffmpeg.path": _CONTAINER,
    "ffmpeg.gpu": _CONTAINER,
    "ffmpeg.retry_interval": _by("streams are opened again after pauses that grow"),
    "ffmpeg.apple_compatibility": _by("clips and recordings of H.265 always have the tag that Apple's players need"),
    "record.expire_interval": _CLEANUP,
    "record.sync_recordings": _CLEANUP,
    "record.export": _by(
        "the action that exports recordings has the speed of time lapses, and exports are made one after the other"
    ),
    "record.events.max_seconds": _by("recordings of an event have no longest length"),
    "snapshots.clean_copy": _missing(
        "there is one picture of each event, as the other keys describe it", _is_other_than(False)
    ),
    "snapshots.quality": _missing("pictures have one quality"),
    "snapshots.retain.mode": _by("it never had an effect"),
}
"""Keys of the file and of cameras, by their places."""

IN_CAMERA: Final[Mapping[str, Elsewhere]] = {
    "type": _missing("there are no cameras for license plates alone", _is_other_than("generic")),
    "onvif.autotracking": _missing("cameras do not follow objects", _is_on),
    "onvif": _by("Home Assistant's ONVIF integration moves cameras"),
    "mqtt.quality": _missing("pictures have one quality"),
    "zones.*.filters.*.min_score": _ZONE_FILTER,
    "zones.*.filters.*.mask": _ZONE_FILTER,
}
"""Keys of cameras alone, by their places; `*` stands for any name."""


def drop_elsewhere(draft: Draft) -> None:
    """Take out what has no effect here, and note it."""
    _drop_all(draft, (), {**IN_FILE, **EVERYWHERE})
    for path, _ in draft.cameras():
        _drop_all(draft, path, {**EVERYWHERE, **IN_CAMERA})


def _drop_all(draft: Draft, root: Path, places: Mapping[str, Elsewhere]) -> None:
    for place, why in places.items():
        for path in list(_named(draft, root, tuple(place.split(".")))):
            if why.is_noted(draft.take(path)):
                draft.note(why.kind, path, why.text)


def _named(draft: Draft, path: Path, steps: Path) -> Iterator[Path]:
    """Yield the places that steps below a path stand for."""
    if not steps:
        yield path
        return
    for name in draft.section(path) if steps[0] == _EACH else steps[:1]:
        yield from _named(draft, (*path, str(name)), steps[1:])
