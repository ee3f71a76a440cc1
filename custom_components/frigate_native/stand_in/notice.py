"""Says when the official integration takes its names back."""

import logging

from homeassistant.config_entries import SIGNAL_CONFIG_ENTRY_CHANGED, ConfigEntry, ConfigEntryChange
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from . import actions
from .official import FRIGATE, is_official_in_use

_LOGGER = logging.getLogger(__name__)


@callback
def async_watch(hass: HomeAssistant) -> bool:
    """Return whether the official integration leaves its names to this one until Home Assistant stops."""
    if is_official_in_use(hass):
        _LOGGER.info(
            "The official Frigate integration is set up: its WebSocket commands, paths, media source and actions are"
            " its own. Remove it and restart Home Assistant to let cards and notifications use Frigate Native"
        )
        return False

    @callback
    def step_back(_change: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry.domain == FRIGATE and is_official_in_use(hass) and actions.async_remove(hass):
            _LOGGER.warning(
                "The official Frigate integration was set up: its WebSocket commands, paths, media source and actions"
                " are its own again"
            )

    async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, step_back)
    return True
