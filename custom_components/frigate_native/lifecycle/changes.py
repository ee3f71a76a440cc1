"""Applies changes of a running entry, while the entities that they do not concern stay as they are."""

from pathlib import Path

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_platform

from ..configuration import entry_config
from ..const import DOMAIN
from ..data import FrigateNativeConfigEntry, FrigateNativeData
from ..engine.config.model import Config
from ..engine.errors import ConfigError, ConfigErrors
from ..runtime.places import places_of
from .registry_cleanup import async_remove_stale
from .startup import async_register_hubs, async_start


async def async_apply(hass: HomeAssistant, entry: FrigateNativeConfigEntry) -> None:
    """Start the NVR anew behind its entities after a change of options or cameras; reload the entry if that fails."""
    await async_register_hubs(hass, entry)  # the title may have changed
    async with entry.setup_lock:
        if entry.state is not ConfigEntryState.LOADED:  # its next setup reads the change
            return
        is_applied = await _async_renew(hass, entry)
    if not is_applied:
        await hass.config_entries.async_reload(entry.entry_id)


async def _async_renew(hass: HomeAssistant, entry: FrigateNativeConfigEntry) -> bool:
    data = entry.runtime_data
    try:
        config = await hass.async_add_executor_job(entry_config.load, entry, Path(hass.config.config_dir))
    except ConfigError, ConfigErrors, OSError:
        return False
    if not _has_changed(entry, data, config):
        return True
    await data.async_stop()
    try:
        data.renew(await async_start(hass, entry, data))
    except HomeAssistantError:
        return False
    for update in data.providers:
        await update()
    async_remove_stale(hass, data)
    _async_write_states(hass, entry)
    return True


def _has_changed(entry: FrigateNativeConfigEntry, data: FrigateNativeData, config: Config) -> bool:
    now = (config, dict(entry.options), places_of(entry, config))
    return now != (data.config, data.options, data.places)


@callback
def _async_write_states(hass: HomeAssistant, entry: FrigateNativeConfigEntry) -> None:
    """Show the state of the new NVR, such as counts, which begin at 0."""
    for platform in entity_platform.async_get_platforms(hass, DOMAIN):
        if platform.config_entry is entry:
            for entity in platform.entities.values():
                entity.async_write_ha_state()
