"""Finds out which version of Frigate a file was written for."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ..problems import echo
from ..report import NoteKind
from ..written_numbers import WrittenFloat
from .draft import Draft, Path

NEWEST: Final = 18
OLDEST: Final = 8
_UNVERSIONED: Final = 13  # Frigate writes the version into files since 0.14
_VERSION: Final = re.compile(r"\s*0\.(\d{1,2})(-\d+|\.\d+)?\s*", re.ASCII)
_PRESETS: Final = 12  # they, and go2rtc, came with this version
_GONE: Final = ("*.record.retain_days", "*.record.events.max_seconds")  # before 0.13
_EACH: Final = "*"
_OLDEST_KEYS: Final = frozenset({"save_clips", "clips", "width", "height", "fps"})

_SIGNS: Final[Mapping[str, int]] = {
    "*.record.events": 9,
    "*.record.retain": 10,
    "*.record.alerts": 15,
    "*.record.detections": 15,
    "*.record.continuous": 17,
    "*.record.motion": 17,
    "*.record.export": 13,
    "*.record.preview": 14,
    "*.record.sync_recordings": 13,
    "*.record.expire_interval": 10,
    "*.detect.width": 9,
    "*.detect.height": 9,
    "*.detect.fps": 9,
    "*.detect.stationary": 10,
    "*.detect.min_initialized": 13,
    "*.detect.annotation_offset": 13,
    "*.motion.improve_contrast": 10,
    "*.motion.lightning_threshold": 13,
    "*.motion.mqtt_off_delay": 11,
    "*.motion.enabled": 14,
    "*.motion.skip_motion_threshold": 18,
    **dict.fromkeys(("snapshots.enabled", "snapshots.timestamp", "snapshots.bounding_box", "snapshots.crop"), 9),
    **dict.fromkeys(("snapshots.height", "snapshots.required_zones", "rtmp", "detect.enabled"), 9),
    "*.snapshots.clean_copy": 9,
    "*.snapshots.quality": 9,
    "*.timestamp_style": 9,
    "*.birdseye": 9,
    "*.live": 9,
    "*.audio": 13,
    "*.onvif": 13,
    "*.review": 14,
    "*.notifications": 15,
    "*.lpr": 16,
    "*.face_recognition": 16,
    "*.semantic_search": 15,
    "*.genai": 15,
    "*.audio_transcription": 17,
    "*.profiles": 18,
    "*.ui": 11,
    "*.friendly_name": 17,
    "*.webui_url": 13,
    "cameras.*.enabled": 12,
    "cameras.*.zones.*.objects": 9,
    "cameras.*.zones.*.inertia": 13,
    "cameras.*.zones.*.loitering_time": 14,
    "cameras.*.zones.*.distances": 16,
    "cameras.*.zones.*.friendly_name": 17,
    "cameras.*.zones.*.enabled": 18,
    "go2rtc": 12,
    "telemetry": 12,
    "camera_groups": 14,
    "auth": 14,
    "tls": 14,
    "proxy": 14,
    "networking": 17,
    "classification": 16,
    "safe_mode": 17,
    "mqtt.enabled": 12,
    "detectors.*.model": 12,
    "detectors.*.model_path": 15,
    "model.model_type": 12,
    "model.attributes_map": 15,
}
"""Keys that came with a version, by their place; `*.` in front: in the file and in each camera."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A version of Frigate, 8 to 18 for 0.8 to 0.18.

    is_versioned: the file says so itself; otherwise its newest key does.
    """

    minor: int
    is_versioned: bool = False
    sign: str | None = None

    @property
    def is_today(self) -> bool:
        """Whether the file's keys are those of 0.9 and later."""
        return self.minor > OLDEST

    @property
    def version(self) -> str:
        """The version as users know it."""
        return (
            f"Frigate 0.{self.minor}" if self.is_versioned or not self.is_today else f"Frigate 0.{self.minor} or later"
        )

    @property
    def reason(self) -> str:
        """How it is known."""
        if self.is_versioned:
            return "as its key version says"
        return f"from its key {self.sign}" if self.sign else "it has no key of a later version"


def generation_of(draft: Draft) -> Generation:
    """Return the version that a file names, or shows by its keys; it is removed from the draft."""
    version = draft.data.get("version")
    if (minor := _minor(version)) is not None:
        if minor > NEWEST:
            draft.note(NoteKind.ATTENTION, ("version",), f"newer than Frigate 0.{NEWEST}; read as if it were that")
        draft.take(("version",))
        return Generation(min(max(minor, OLDEST), NEWEST), is_versioned=True)
    if version is not None:
        draft.complain(("version",), echo(version), f"a version of Frigate, such as 0.{NEWEST - 1}-0")
        draft.take(("version",))
    found = sorted(_signs(draft), reverse=True)
    if version is not None and not found:
        return Generation(_UNVERSIONED)
    if not found or _is_oldest(draft):
        return Generation(OLDEST)
    newest, sign = found[0]
    is_older = _has_any(draft, _GONE) or (newest < _PRESETS and _has_restream(draft))
    return Generation(newest if is_older else max(newest, _UNVERSIONED), sign=sign)


def _minor(version: object) -> int | None:
    text = version.source if isinstance(version, WrittenFloat) else str(version)
    found = _VERSION.fullmatch(text)
    return int(found[1]) if found else None


def _signs(draft: Draft) -> Iterator[tuple[int, str]]:
    for place, minor in _SIGNS.items():
        yield from ((minor, ".".join(path)) for path in _places(draft, place) if _exists(draft.data, path))
    for path, camera in draft.cameras():
        if _has_preset(camera):
            yield 12, ".".join((*path, "ffmpeg"))
    if _has_preset(draft.data):
        yield 12, "ffmpeg"


def _places(draft: Draft, place: str) -> list[Path]:
    steps = tuple(place.split("."))
    if steps[0] != _EACH:
        return [steps]
    return [(*root, *steps[1:]) for root in ((), *(path for path, _ in draft.cameras()))]


def _has_any(draft: Draft, places: Iterable[str]) -> bool:
    return any(_exists(draft.data, path) for place in places for path in _places(draft, place))


def _exists(tree: Any, path: Path) -> bool:
    if not path:
        return True
    if not isinstance(tree, Mapping):
        return False
    inner = tree.values() if path[0] == _EACH else [tree[path[0]]] if path[0] in tree else []
    return any(_exists(value, path[1:]) for value in inner)


def _is_oldest(draft: Draft) -> bool:
    """Tell whether a camera has a key that only Frigate 0.8 has."""
    return any(not _OLDEST_KEYS.isdisjoint(camera) for _, camera in draft.cameras())


def _has_preset(section: Mapping[Any, Any]) -> bool:
    return "preset-" in str(section.get("ffmpeg", ""))


def _has_restream(draft: Draft) -> bool:
    """Tell whether the restream of before go2rtc is mentioned: a section of it, or its role."""
    inputs = (draft.find((*path, "ffmpeg", "inputs")) for path, _ in draft.cameras())
    sources = (source for several in inputs if isinstance(several, list) for source in several)
    return _has_any(draft, ("*.rtmp",)) or any(
        isinstance(source, Mapping) and isinstance(roles := source.get("roles"), list) and "rtmp" in roles
        for source in sources
    )
