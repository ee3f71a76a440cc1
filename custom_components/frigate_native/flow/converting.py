"""Converts an entry with a configuration file into one whose cameras are changed in the user interface."""

from pathlib import Path
from types import MappingProxyType

from homeassistant.config_entries import ConfigSubentry
from homeassistant.const import CONF_PATH
from homeassistant.core import HomeAssistant

from ..configuration.conversion import Conversion, convert
from ..const import CONF_OTHER_SETTINGS, CONF_SOURCE_KIND, SOURCE_UI, SUBENTRY_CAMERA
from ..data import FrigateNativeConfigEntry


async def async_look(hass: HomeAssistant, entry: FrigateNativeConfigEntry) -> Conversion:
    """Return what the file of an entry becomes; errors as those of loading it."""
    directory = Path(hass.config.config_dir)
    return await hass.async_add_executor_job(convert, entry.data[CONF_PATH], directory, entry.options)


async def async_convert(hass: HomeAssistant, entry: FrigateNativeConfigEntry, found: Conversion) -> None:
    """Keep the configuration in the entry instead of the file, which stays as it is.

    Subentries have the cameras' names as their IDs, so that entities keep their unique IDs and their history.
    """
    titles = {place.name: place.title for place in entry.runtime_data.cameras}
    await hass.config_entries.async_unload(entry.entry_id)
    data = {key: value for key, value in entry.data.items() if key != CONF_PATH}
    data |= {CONF_SOURCE_KIND: SOURCE_UI, CONF_OTHER_SETTINGS: found.common}
    for name, settings in found.cameras.items():
        subentry = ConfigSubentry(
            data=MappingProxyType(settings),
            subentry_type=SUBENTRY_CAMERA,
            title=titles.get(name, name),
            unique_id=name,
            subentry_id=name,
        )
        hass.config_entries.async_add_subentry(entry, subentry)
    hass.config_entries.async_update_entry(entry, data=data)
    await hass.config_entries.async_setup(entry.entry_id)
