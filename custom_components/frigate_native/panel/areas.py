"""Zones and masks of a camera for the panel's editor: read from its configuration, saved to its subentry."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import voluptuous as vol
from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import config_validation as cv

from ..automation.event_commands import NAME
from ..configuration import entry_config
from ..configuration.camera_settings import Settings, name_of
from ..configuration.checks import Check, async_check_settings
from ..const import (
    CONF_COORDINATES,
    CONF_IS_REQUIRED,
    CONF_MOTION_MASKS,
    CONF_OBJECT_MASKS,
    CONF_ZONES,
    DOMAIN,
    SUBENTRY_CAMERA,
)
from ..data import FrigateNativeConfigEntry, FrigateNativeData
from ..engine.config.masks import Mask
from ..engine.config.model import CameraConfig
from ..engine.config.polygons import MOST_POINTS, NUMBER, Polygon
from ..engine.geometry import Size

type Points = list[tuple[float, float]]
"""Corners as fractions of the frame's width and height."""

_MASK_LISTS: Final = (CONF_MOTION_MASKS, CONF_OBJECT_MASKS)
_MOST_SHAPES: Final = 200
_DIGITS: Final = 4
_FRACTION: Final = vol.All(vol.Coerce(float), vol.Range(min=0, max=1))
_POINTS: Final = vol.All([vol.ExactSequence([_FRACTION, _FRACTION])], vol.Length(min=3, max=MOST_POINTS))
_MASKS: Final = vol.All([_POINTS], vol.Length(max=_MOST_SHAPES))
_ZONE: Final = vol.Schema(
    {
        vol.Required("name"): NAME,
        vol.Required("points"): _POINTS,
        vol.Optional("objects", default=[]): [cv.string],
        vol.Optional("inertia", default=1): vol.All(vol.Coerce(int), vol.Range(min=1, max=1000)),
        vol.Optional("loitering_time", default=0): vol.All(vol.Coerce(int), vol.Range(min=0, max=86_400)),
        vol.Optional(CONF_IS_REQUIRED, default=False): bool,
    }
)
AREAS: Final[dict[Any, Any]] = {
    vol.Required(CONF_ZONES): vol.All([_ZONE], vol.Length(max=_MOST_SHAPES)),
    vol.Required(CONF_MOTION_MASKS): _MASKS,
    vol.Required(CONF_OBJECT_MASKS): _MASKS,
}


def areas_of(data: FrigateNativeData, camera: str) -> dict[str, Any]:
    """Return a camera's zones and masks that are polygons; masks that are pictures cannot be drawn."""
    config = _camera(data, camera)
    latest = data.nvr.latest(camera)
    size = config.drawn_for or (latest[0].size if latest else _configured_size(config))  # None: not known yet
    required = {*config.save_clips.required_zones, *config.snapshots.required_zones}
    titles = {place.name: place.title for place in data.places if place.is_zone}
    return {
        CONF_ZONES: [
            {
                "name": titles.get(zone.name, zone.name),
                "points": _points(zone.coordinates, size),
                "objects": list(zone.objects),
                "inertia": zone.inertia,
                "loitering_time": zone.loitering_time,
                CONF_IS_REQUIRED: zone.name in required,
            }
            for zone in config.zones.values()
        ],
        CONF_MOTION_MASKS: _masks(config.motion.mask, size),
        CONF_OBJECT_MASKS: _masks(config.objects.mask, size),
    }


async def async_save(
    hass: HomeAssistant, entry: FrigateNativeConfigEntry, camera: str, areas: Mapping[str, Any]
) -> None:
    """Store zones and masks in a camera's subentry, which applies them. Raises ServiceValidationError."""
    _camera(entry.runtime_data, camera)
    if entry_config.is_file(entry):
        raise _refused("its cameras are in a configuration file")
    subentry = _subentry(entry, camera)
    others = [sub.data for sub in entry.get_subentries_of_type(SUBENTRY_CAMERA) if sub is not subentry]
    settings = dict(subentry.data) | _settings(areas, subentry.data)
    check = await async_check_settings(hass, settings, others)
    if not check.is_good:
        raise _refused(_words(check))
    hass.config_entries.async_update_subentry(entry, subentry, data=dict(check.settings))


def _camera(data: FrigateNativeData, name: str) -> CameraConfig:
    if (config := data.config.cameras.get(name)) is None:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="camera_unknown", translation_placeholders={"camera": name}
        )
    return config


def _subentry(entry: FrigateNativeConfigEntry, camera: str) -> ConfigSubentry:
    return next(sub for sub in entry.get_subentries_of_type(SUBENTRY_CAMERA) if sub.data[CONF_NAME] == camera)


def _settings(areas: Mapping[str, Any], old: Settings) -> dict[str, Any]:
    """Return the settings of a form; what the editor does not know of a zone stays."""
    known = {zone[CONF_NAME]: zone for zone in old.get(CONF_ZONES, ())}
    return {
        CONF_ZONES: [known.get(name_of(zone["name"]), {}) | _zone(zone) for zone in areas[CONF_ZONES]],
        **{
            key: [*map(_text, areas[key]), *_pictures(old.get(key, ()))]
            for key in (CONF_MOTION_MASKS, CONF_OBJECT_MASKS)
        },
    }


def _pictures(masks: Iterable[str]) -> list[str]:
    """Return the masks that are pictures, which the editor neither shows nor changes."""
    return [mask for mask in masks if not NUMBER.fullmatch(mask.removeprefix("poly,").partition(",")[0])]


def _zone(zone: Mapping[str, Any]) -> dict[str, Any]:
    rules = {key: zone[key] for key in ("objects", "inertia", "loitering_time", CONF_IS_REQUIRED)}
    return rules | {
        CONF_NAME: zone["name"],
        "friendly_name": zone["name"],
        CONF_COORDINATES: _text(zone["points"]),
    }


def _masks(masks: Iterable[Mask], size: Size | None) -> list[Points]:
    return [_points(mask.polygon, size) for mask in masks if mask.polygon is not None]


def _points(polygon: Polygon, size: Size | None) -> Points:
    if size is None and not polygon.is_relative:
        raise HomeAssistantError(translation_domain=DOMAIN, translation_key="areas_without_frame")
    width, height = (size.width, size.height) if size and not polygon.is_relative else (1, 1)
    return [
        (round(min(max(x / width, 0), 1), _DIGITS), round(min(max(y / height, 0), 1), _DIGITS))
        for x, y in polygon.corners
    ]


def _text(points: Sequence[Sequence[float]]) -> str:
    return ",".join(f"{number:.{_DIGITS}f}" for point in points for number in point)


def _configured_size(config: CameraConfig) -> Size | None:
    """Return the size of a camera's frames before its first one, if it is in the configuration."""
    return Size(config.width, config.height) if config.width and config.height else None


def _refused(reason: str) -> ServiceValidationError:
    return ServiceValidationError(
        translation_domain=DOMAIN, translation_key="areas_refused", translation_placeholders={"error": reason}
    )


def _words(check: Check) -> str:
    """Return what is wrong: in words where there are any, else the keys of the form's errors."""
    return " ".join((*check.mistakes.values(), *map(str, check.problems))) or ", ".join(check.errors.values())
