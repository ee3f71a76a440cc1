"""Frigate as a native Home Assistant integration."""

from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.device_registry import DeviceEntry
from homeassistant.helpers.typing import ConfigType

from . import (
    http as views,
    panel,
    services,
    stand_in,
    websocket_api,
    websocket_exports,
    websocket_recordings,
    websocket_reviews,
)
from .const import DOMAIN, PLATFORMS
from .data import FrigateNativeConfigEntry
from .lifecycle.changes import async_apply
from .lifecycle.configuration_report import async_forget_report
from .lifecycle.registry_cleanup import async_remove_stale, is_alive
from .lifecycle.startup import async_start
from .mqtt.publishing import async_before_shutdown
from .runtime.feature_memory import async_forget

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Register actions, views and websocket commands, which stay until Home Assistant stops."""
    services.async_setup(hass)
    views.async_setup(hass)
    websocket_api.async_setup(hass)
    websocket_reviews.async_setup(hass)
    websocket_exports.async_setup(hass)
    websocket_recordings.async_setup(hass)
    stand_in.async_setup(hass)
    panel.async_setup(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: FrigateNativeConfigEntry) -> bool:
    """Start an NVR and its entities."""
    data = entry.runtime_data = await async_start(hass, entry)
    try:
        await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    except BaseException:
        await data.async_stop()
        raise
    async_remove_stale(hass, data)

    async def stop(_event: Event | None = None) -> None:
        await data.async_stop()

    entry.async_on_unload(async_before_shutdown(hass, stop))
    entry.async_on_unload(hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, stop))
    entry.async_on_unload(entry.add_update_listener(async_apply))
    await panel.async_show(hass)
    return True


async def async_unload_entry(hass: HomeAssistant, entry: FrigateNativeConfigEntry) -> bool:
    """Remove the entities and stop the NVR."""
    if not await hass.config_entries.async_unload_platforms(entry, PLATFORMS):
        return False
    await entry.runtime_data.async_stop()
    return True


async def async_remove_entry(hass: HomeAssistant, entry: FrigateNativeConfigEntry) -> None:
    """Remove an entry's data from Home Assistant's storage; events and media are kept."""
    async_forget_report(hass, entry.entry_id)
    await async_forget(hass, entry.entry_id)
    if not hass.config_entries.async_entries(DOMAIN):
        panel.async_hide(hass)


async def async_remove_config_entry_device(
    hass: HomeAssistant, entry: FrigateNativeConfigEntry, device: DeviceEntry
) -> bool:
    """Allow removing a device that is no longer in the configuration."""
    return not is_alive(entry.runtime_data, device)
