"""The settings of a camera as they are entered: normalised, checked by field, and as a section of the configuration.

Forms use this today, and any other way to enter a camera can.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final
from urllib.parse import quote, urlsplit, urlunsplit

from homeassistant.const import CONF_ENTITY_ID, CONF_NAME, CONF_PASSWORD, CONF_URL, CONF_USERNAME
from homeassistant.util import slugify

from ..const import (
    CONF_COORDINATES,
    CONF_FILTERS,
    CONF_IS_REQUIRED,
    CONF_LABEL,
    CONF_MAIN_ENTITY_ID,
    CONF_MAIN_URL,
    CONF_OBJECTS,
    CONF_OTHER_SETTINGS,
    CONF_RECORD,
    CONF_RESTREAM,
    CONF_SOUND,
    CONF_ZONES,
)
from ..engine.config import forms
from ..engine.config.environment import escape
from ..engine.config.keys import declared_keys
from ..engine.config.model import CameraConfig, ObjectFilter, RecordingLayout, ZoneConfig
from ..engine.config.validators import Area, Whole
from .addresses import tidy_address
from .entity_source import source_path
from .form_keys import form_keys, to_section
from .object_sets import expand_sets

type Settings = Mapping[str, Any]

CAMERA_PARTS: Final = (forms.EVENTS, forms.RECORDING, forms.AREAS, forms.FILTERS, forms.ADVANCED)
_SEGMENTS: Final = "-f segment -segment_time {} -segment_format mp4 -reset_timestamps 1 -strftime 1 -c copy"
_CLIPS_S: Final = 10  # of a segment
_RECORDED_S: Final = {RecordingLayout.LOCAL: 60, RecordingLayout.UTC: 10}
_NO_NAME: Final = "unknown"  # what Home Assistant makes of a name without letters and digits
_ZONE_KEYS: Final = (CONF_COORDINATES, CONF_OBJECTS, "friendly_name", *form_keys(ZoneConfig))
_SOURCES: Final = ((CONF_URL, CONF_ENTITY_ID), (CONF_MAIN_URL, CONF_MAIN_ENTITY_ID))


def normalise(entered: Settings) -> dict[str, Any]:
    """Return settings as they are stored: flat, trimmed, without empty fields, names fit for topics and files."""
    flat = {key: value for key, value in entered.items() if key not in CAMERA_PARTS}
    for part in CAMERA_PARTS:
        flat |= entered.get(part, {})
    settings: dict[str, Any] = {key: value.strip() if isinstance(value, str) else value for key, value in flat.items()}
    settings |= {key: tidy_address(settings[key]) for key in (CONF_URL, CONF_MAIN_URL) if settings.get(key)}
    settings[CONF_NAME] = name_of(settings[CONF_NAME])
    if settings.get(CONF_OTHER_SETTINGS) is None:
        settings.pop(CONF_OTHER_SETTINGS, None)
    if objects := settings.get(CONF_OBJECTS):
        settings[CONF_OBJECTS] = expand_sets(objects)
    if zones := settings.get(CONF_ZONES):
        settings[CONF_ZONES] = [
            _whole_numbers(zone, ZoneConfig) | {CONF_NAME: name_of(zone[CONF_NAME])} for zone in zones
        ]
    if filters := settings.get(CONF_FILTERS):
        settings[CONF_FILTERS] = [_whole_numbers(entry, ObjectFilter) for entry in filters]
    return {key: value for key, value in settings.items() if value not in ("", [], {}) or key == CONF_NAME}


def name_of(title: str) -> str:
    """Return the name in topics and files for what a user calls a camera or zone; empty if nothing of it remains."""
    name = slugify(title)
    return "" if name == _NO_NAME and _NO_NAME not in title.lower() else name


def errors_of(settings: Settings, others: Collection[Settings]) -> dict[str, str]:
    """Return the translation keys of what is wrong with normalised settings, by field; others are the other cameras."""
    errors = _source_errors(settings)
    if not settings.get(CONF_OBJECTS):
        errors[CONF_OBJECTS] = "no_objects"
    if settings[CONF_NAME] in (other[CONF_NAME] for other in others):
        errors[CONF_NAME] = "name_taken"
    if not isinstance(settings.get(CONF_OTHER_SETTINGS, {}), Mapping):
        errors[forms.ADVANCED] = "other_settings_unusable"
    return errors | _name_errors(settings, others)


def camera_section(settings: Settings, layout: RecordingLayout = RecordingLayout.LOCAL) -> dict[str, Any]:
    """Return a camera of the configuration; the layout is that of its recordings, and says how long the files are."""
    section = to_section(CameraConfig, settings)
    zones = settings.get(CONF_ZONES, ())
    section["zones"] = {zone[CONF_NAME]: {key: zone[key] for key in _ZONE_KEYS if zone.get(key)} for zone in zones}
    required = [zone[CONF_NAME] for zone in zones if zone.get(CONF_IS_REQUIRED)]
    for name in ("save_clips", "snapshots"):
        section[name] |= {"required_zones": required}
    section["record"] |= {"layout": str(layout)}
    outputs = _outputs(settings, {"clips": _CLIPS_S, "record": _RECORDED_S[layout]})
    section["ffmpeg"] = section.get("ffmpeg", {}) | {"inputs": _inputs(settings), "output_args": outputs}
    section.setdefault("objects", {})["filters"] = _by_label(settings.get(CONF_FILTERS, ()))
    other: Settings = settings.get(CONF_OTHER_SETTINGS, {})
    return _merged(section, other)


def _merged(section: Settings, other: Settings) -> dict[str, Any]:
    """Return a section with other settings, which win."""
    merged = dict(section)
    for key, value in other.items():
        before = merged.get(key)
        is_section = isinstance(before, Mapping) and isinstance(value, Mapping)
        merged[key] = _merged(dict(before or {}), value) if is_section else value
    return merged


def source_url(settings: Settings, key: str = CONF_URL) -> str:
    """Return a camera's URL with user and password from their own fields, whatever characters they hold."""
    url: str = settings[key]
    if not (user := settings.get(CONF_USERNAME)):
        return url
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    secret = f":{quote(password, safe='')}" if (password := settings.get(CONF_PASSWORD)) else ""
    return urlunsplit(parts._replace(netloc=f"{quote(user, safe='')}{secret}@{host}"))


def _source_errors(settings: Settings) -> dict[str, str]:
    """Return what is wrong with the sources: each is an address or an entity."""
    if CONF_URL not in settings and CONF_ENTITY_ID not in settings:
        return {CONF_URL: "no_source"}
    return {entity: "two_sources" for url, entity in _SOURCES if url in settings and entity in settings}


def _name_errors(settings: Settings, others: Collection[Settings]) -> dict[str, str]:
    """Return what is wrong with the names of zones and filters, which topics and files contain."""
    errors: dict[str, str] = {}
    zones = _zone_names(settings)
    cameras = {camera[CONF_NAME] for camera in (settings, *others)}
    others_zones = {zone for other in others for zone in _zone_names(other)}
    if not settings[CONF_NAME]:
        errors[CONF_NAME] = "name_unusable"
    elif settings[CONF_NAME] in others_zones:
        errors[CONF_NAME] = "zone_named_as_camera"
    if "" in zones:
        errors[forms.AREAS] = "name_unusable"
    elif not cameras.isdisjoint(zones):
        errors[forms.AREAS] = "zone_named_as_camera"
    elif len(set(zones)) < len(zones):
        errors[forms.AREAS] = "zone_named_twice"
    labels = [entry[CONF_LABEL] for entry in settings.get(CONF_FILTERS, ())]
    if len(set(labels)) < len(labels):
        errors[forms.FILTERS] = "object_listed_twice"
    return errors


def _zone_names(settings: Settings) -> list[str]:
    return [zone[CONF_NAME] for zone in settings.get(CONF_ZONES, ())]


def _whole_numbers(entry: Settings, keys_of: type[Any]) -> dict[str, Any]:
    """Return the values of a filter or zone, whole where they must be: browsers may send fractions."""
    keys = declared_keys(keys_of)
    whole = {name for name, declared in keys.items() if isinstance(declared.key.content, Whole | Area)}
    return {key: int(value) if key in whole else value for key, value in entry.items() if value is not None}


def _inputs(settings: Settings) -> list[dict[str, Any]]:
    """Return one stream for everything, or one for detection and one to save. Clips can be switched on at any time."""
    saved = ["clips"]
    saved += ["record"] if settings.get(CONF_RECORD) else []
    saved += ["rtmp"] if settings.get(CONF_RESTREAM) else []
    own = _path(settings, CONF_ENTITY_ID, CONF_URL)
    if CONF_MAIN_URL not in settings and CONF_MAIN_ENTITY_ID not in settings:
        return [{"path": own, "roles": ["detect", *saved]}]
    main = _path(settings, CONF_MAIN_ENTITY_ID, CONF_MAIN_URL)
    return [{"path": own, "roles": ["detect"]}, {"path": main, "roles": saved}]


def _outputs(settings: Settings, seconds: Mapping[str, int]) -> dict[str, str]:
    """Return the arguments of what is saved: streams are copied, with sound unless that is off."""
    sound = "" if settings.get(CONF_SOUND, True) else " -an"
    return {role: f"{_SEGMENTS.format(length)}{sound}" for role, length in seconds.items()}


def _path(settings: Settings, entity_key: str, url_key: str) -> str:
    path = source_path(settings[entity_key]) if entity_key in settings else source_url(settings, url_key)
    return escape(path)


def _by_label(entries: Iterable[Settings]) -> dict[str, dict[str, Any]]:
    return {entry[CONF_LABEL]: {key: value for key, value in entry.items() if key != CONF_LABEL} for entry in entries}
