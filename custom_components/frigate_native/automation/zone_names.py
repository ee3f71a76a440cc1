"""Zones as automations name them: by device, by the name in the configuration, or by the name that is displayed."""

from collections.abc import Iterable
from difflib import get_close_matches

import voluptuous as vol
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr

from ..data import FrigateNativeData
from ..entity import device_identifier
from ..entries import async_configured_entries, async_loaded_systems, async_running_system
from ..runtime.places import Place, display_name


@callback
def async_zones(hass: HomeAssistant, entry_id: str, given: Iterable[str]) -> frozenset[str]:
    """Return the names in an entry's configuration of zones that are given in any way."""
    wanted = frozenset(given)
    if (data := async_running_system(hass, entry_id)) is None:
        return wanted
    return frozenset(zone.name for zone in _zones(data) if any(_is_meant(hass, data, zone, name) for name in wanted))


@callback
def async_check_zones(hass: HomeAssistant, given: Iterable[str]) -> None:
    """Raise vol.Invalid for a zone that no system has, unless a system that may have it is not loaded."""
    systems = async_loaded_systems(hass)
    if not systems or len(systems) < len(async_configured_entries(hass)):
        return
    zones = [(data, zone) for data in systems for zone in _zones(data)]
    for name in given:
        if not any(_is_meant(hass, data, zone, name) for data, zone in zones):
            raise vol.Invalid(_unknown(name, sorted({_title(hass, data, zone) for data, zone in zones})))


def _unknown(name: str, titles: list[str]) -> str:
    known = ", ".join(titles) or "none"
    close = get_close_matches(name.casefold(), [title.casefold() for title in titles], 1)
    guess = next((f"; did you mean {title}?" for title in titles if title.casefold() in close), "")
    return f"there is no zone '{name}'{guess} (zones: {known})"


def _zones(data: FrigateNativeData) -> list[Place]:
    return [place for place in data.places if place.is_zone]


def _is_meant(hass: HomeAssistant, data: FrigateNativeData, zone: Place, name: str) -> bool:
    if name == zone.name:
        return True
    if (device := _device(hass, data, zone)) is not None and name == device.id:
        return True
    titles = (display_name(zone.name), zone.title, _title(hass, data, zone))
    return name.strip().casefold() in {title.casefold() for title in titles}


def _title(hass: HomeAssistant, data: FrigateNativeData, zone: Place) -> str:
    device = _device(hass, data, zone)
    return (device and (device.name_by_user or device.name)) or zone.title


def _device(hass: HomeAssistant, data: FrigateNativeData, zone: Place) -> dr.DeviceEntry | None:
    identifier = device_identifier(data.entry_id, zone.key)
    return dr.async_get(hass).async_get_device_by_identifier(identifier, data.entry_id)
