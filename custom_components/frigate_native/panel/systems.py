"""Describes systems and their cameras to the panel."""

from typing import Any, Final

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from ..access import Access
from ..configuration import entry_config
from ..const import DOMAIN
from ..data import FrigateNativeData
from ..engine.messages import Feature
from ..recording.plan_builder import recorded_cameras
from ..runtime.places import Place

_SENSORS: Final = {
    "motion": Platform.BINARY_SENSOR,
    "connectivity": Platform.BINARY_SENSOR,
    "recording": Platform.BINARY_SENSOR,
}
_OCCUPANCY: Final = "occupancy"


@callback
def async_describe(hass: HomeAssistant, access: Access, data: FrigateNativeData) -> dict[str, Any]:
    """Return a system with the cameras that a user may see."""
    entry = hass.config_entries.async_get_known_entry(data.entry_id)
    recorded = recorded_cameras(data.config)
    cameras = [
        _camera(data, place, entities, is_recorded=place.name in recorded)
        for place in data.cameras
        if access.may_see(data, place.name) and "camera" in (entities := _entities(hass, data, place))
    ]
    return {
        "entry_id": data.entry_id,
        "title": entry.title,
        "is_editable": not entry_config.is_file(entry),
        "cameras": cameras,
    }


def _camera(data: FrigateNativeData, place: Place, entities: dict[str, str], *, is_recorded: bool) -> dict[str, Any]:
    config = data.config.cameras[place.name]
    latest = data.nvr.latest(place.name)
    size = latest[0].size if latest else None
    zones = [other for other in data.places if other.is_zone and place.name in other.cameras]
    return {
        "name": place.name,
        "title": place.title,
        "entity_id": entities["camera"],
        "width": size.width if size else config.width,
        "height": size.height if size else config.height,
        "labels": list(place.labels),
        "zones": [{"name": zone.name, "title": zone.title} for zone in zones],
        "is_recorded": is_recorded,
        "entities": entities,
    }


def _entities(hass: HomeAssistant, data: FrigateNativeData, place: Place) -> dict[str, str]:
    """Return a camera's entities that are enabled, by the end of their unique ID."""
    wanted: dict[str, str] = {"camera": Platform.CAMERA, **dict.fromkeys(map(str, Feature), Platform.SWITCH)}
    wanted |= _SENSORS | {f"{_OCCUPANCY}/{label}": Platform.BINARY_SENSOR for label in place.labels}
    registry = er.async_get(hass)
    found = {
        key: registry.async_get_entity_id(platform, DOMAIN, f"{data.entry_id}/{place.key}/{key}")
        for key, platform in wanted.items()
    }
    return {key: entity for key, entity in found.items() if entity is not None and _is_enabled(registry, entity)}


def _is_enabled(registry: er.EntityRegistry, entity_id: str) -> bool:
    entry = registry.async_get(entity_id)
    return entry is not None and entry.disabled_by is None
