"""Applies changes of an entry."""

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback


@callback
def async_reload_unless_it_does(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Reload an entry whose setup failed; a running one listens for changes and reloads itself."""
    if not entry.update_listeners:
        hass.config_entries.async_schedule_reload(entry.entry_id)
