"""Offers to record within Home Assistant where a camera is to be recorded and no recorder is running."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant, callback

from ..configuration import entry_config
from ..configuration.camera_settings import Settings
from ..const import CONF_RECORD, CONF_RECORDS_HERE
from ..data import FrigateNativeConfigEntry
from ..engine.config import forms
from .reloading import async_reload_unless_it_does

RECORDER_MENU: Final = ["record_here", "use_addon"]


@callback
def async_needs_recorder(settings: Settings, entry: FrigateNativeConfigEntry | None) -> bool:
    """Tell whether a camera is to be recorded and no recorder is running; entry None: it does not exist yet."""
    if not settings.get(CONF_RECORD):
        return False
    if entry is None or entry.state is not ConfigEntryState.LOADED:
        return entry is None or not entry_config.recording_options(entry).records_here
    reports = entry.runtime_data.reports
    return not reports.records_here and reports.addon is None


@callback
def async_record_here(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Record within Home Assistant from now on."""
    hass.config_entries.async_update_entry(entry, options=recording_here(entry.options))
    async_reload_unless_it_does(hass, entry)


def recording_here(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry's options with recording within Home Assistant."""
    return {**options, forms.RECORDING: {**options.get(forms.RECORDING, {}), CONF_RECORDS_HERE: True}}
