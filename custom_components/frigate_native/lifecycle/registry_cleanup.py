"""Removes entities and devices that are no longer in the configuration."""

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ..data import FrigateNativeData
from ..entity import device_identifier


@callback
def async_remove_stale(hass: HomeAssistant, data: FrigateNativeData) -> None:
    """Remove an entry's entities and devices that its platforms did not create on this start."""
    entities = er.async_get(hass)
    for entity in er.async_entries_for_config_entry(entities, data.entry_id):
        if entity.unique_id not in data.unique_ids:
            entities.async_remove(entity.entity_id)
    devices = dr.async_get(hass)
    for device in dr.async_entries_for_config_entry(devices, data.entry_id):
        if not is_alive(data, device):
            devices.async_remove_device(device.id)


def is_alive(data: FrigateNativeData, device: dr.DeviceEntry) -> bool:
    """Return whether a device is the hub, or a camera or zone in the configuration."""
    living = {device_identifier(data.entry_id, key) for key in ("", *(place.key for place in data.places))}
    return not device.identifiers.isdisjoint(living)
