"""Finds the field of a form that a mistake in the configuration belongs to, and says so in the words of the form."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from homeassistant.const import CONF_NAME, CONF_URL
from homeassistant.util import slugify

from ..const import CONF_MAIN_URL, CONF_OBJECTS, CONF_ZONES
from ..engine.config import forms
from ..engine.config.model import CameraConfig
from ..engine.errors import ConfigError
from .form_keys import form_keys

type Place = tuple[str | None, str]
"""A field or section of a form, None if there is none, and the entry in it, "" for the field itself."""

_PLACES: Final = (
    (
        r"zones\.(?P<zone>[^.]+).*",
        forms.AREAS,
        "Zone \N{LEFT DOUBLE QUOTATION MARK}{zone}\N{RIGHT DOUBLE QUOTATION MARK}",
    ),
    (r"motion\.mask(\[(?P<index>\d+)\])?.*", forms.AREAS, "Motion mask {number}"),
    (r"objects\.mask(\[(?P<index>\d+)\])?.*", forms.AREAS, "Object mask {number}"),
    (r"objects\.filters\.(?P<label>[^.]+)(\.(?P<key>.+))?", forms.FILTERS, "Object {label}, {key}"),
    (r"objects\.track.*", CONF_OBJECTS, ""),
    (r"ffmpeg\.inputs\[0\]\.path.*", CONF_URL, ""),
    (r"ffmpeg\.inputs\[1\]\.path.*", CONF_MAIN_URL, ""),
)
_OPTIONS: Final = (("mqtt", forms.MQTT), ("detectors", forms.DETECTOR))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormErrors:
    """Mistakes by the field or section they belong to, in words; rest are those that belong to none."""

    by_field: Mapping[str, str] = field(default_factory=dict)
    rest: tuple[ConfigError, ...] = ()


def camera_errors(errors: Iterable[ConfigError], entered: Mapping[str, Any]) -> FormErrors:
    """Return the mistakes in a camera that was entered in the form."""
    prefix = f"cameras.{slugify(entered[CONF_NAME])}"
    zones = entered.get(forms.AREAS, {}).get(CONF_ZONES) or entered.get(CONF_ZONES, ())
    titles = {slugify(zone[CONF_NAME]): zone[CONF_NAME].strip() for zone in zones}
    return _placed(errors, lambda path: _camera_place(path, prefix, titles))


def options_errors(errors: Iterable[ConfigError]) -> FormErrors:
    """Return the mistakes in options that all cameras share."""
    return _placed(errors, _options_place)


def _placed(errors: Iterable[ConfigError], place_of: Callable[[str], Place]) -> FormErrors:
    by_field: dict[str, list[str]] = {}
    rest: list[ConfigError] = []
    for error in errors:
        name, entry = place_of(error.path)
        if name is None:
            rest.append(error)
        else:
            start = f"{entry}: " if entry else ""
            by_field.setdefault(name, []).append(f"{start}{error.problem}; {error.mend}.")
    return FormErrors(by_field={name: " ".join(texts) for name, texts in by_field.items()}, rest=tuple(rest))


def _camera_place(path: str, prefix: str, titles: Mapping[str, str]) -> Place:
    if path == prefix:
        return CONF_NAME, ""
    key = path.removeprefix(f"{prefix}.")
    for pattern, name, words in _PLACES:
        if found := re.fullmatch(pattern, key):
            return name, words.format(**_words(found.groupdict(default=""), titles)).strip(" ,")
    for form_key in form_keys(CameraConfig).values():
        if key in map(".".join, form_key.paths):
            return form_key.field.part or form_key.name, form_key.name.replace("_", " ")
    return None, ""


def _words(found: Mapping[str, str], titles: Mapping[str, str]) -> dict[str, str]:
    """Return the entry of a list that a path names: zones by their titles, masks by their numbers from 1."""
    zone, index = found.get("zone", ""), found.get("index", "")
    return {
        "zone": titles.get(zone, zone),
        "number": str(int(index) + 1) if index else "",
        "label": found.get("label", ""),
        "key": found.get("key", "").replace("_", " "),
    }


def _options_place(path: str) -> Place:
    section, _, key = path.partition(".")
    words = key.rpartition(".")[2].replace("_", " ")
    return next(((name, words) for start, name in _OPTIONS if section == start), (None, ""))
