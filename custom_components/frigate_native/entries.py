"""Find the integration's config entries and the systems that they run."""

from collections.abc import Iterator

from homeassistant.config_entries import ConfigEntry, ConfigEntryDisabler
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.service import async_get_config_entry

from .const import DEFAULT_CLIENT_ID, DOMAIN, HUB_NAME
from .data import FrigateNativeConfigEntry, FrigateNativeData


@callback
def async_configured_entries(hass: HomeAssistant, entry_id: str | None = None) -> list[FrigateNativeConfigEntry]:
    """Return the entries that the user has not disabled, loaded or not; only one if its ID is given."""
    return [
        entry
        for entry in hass.config_entries.async_entries(DOMAIN, include_ignore=False)
        if entry.disabled_by is not ConfigEntryDisabler.USER and entry_id in (None, entry.entry_id)
    ]


@callback
def async_loaded_systems(hass: HomeAssistant, entry_id: str | None = None) -> list[FrigateNativeData]:
    """Return the systems of all loaded entries; only one if its entry ID is given."""
    entries: list[FrigateNativeConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    return [entry.runtime_data for entry in entries if entry_id in (None, entry.entry_id)]


@callback
def async_running_systems(hass: HomeAssistant) -> Iterator[FrigateNativeData]:
    """Return the systems of all entries that are loaded or whose platforms are being set up."""
    entries: list[FrigateNativeConfigEntry] = hass.config_entries.async_entries(DOMAIN)
    for entry in entries:
        if hasattr(entry, "runtime_data"):
            yield entry.runtime_data


@callback
def async_running_system(hass: HomeAssistant, entry_id: str) -> FrigateNativeData | None:
    """Return the system of an entry if it is running."""
    return next((data for data in async_running_systems(hass) if data.entry_id == entry_id), None)


@callback
def async_required_systems(hass: HomeAssistant, entry_id: str | None) -> list[FrigateNativeData]:
    """Return the loaded systems for an action, at least one. Raises ServiceValidationError."""
    if entry_id is not None:
        entry: FrigateNativeConfigEntry = async_get_config_entry(hass, DOMAIN, entry_id)
        return [entry.runtime_data]
    if not (systems := async_loaded_systems(hass)):
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="no_entry_loaded")
    return systems


@callback
def async_required_system(hass: HomeAssistant, entry_id: str | None) -> FrigateNativeData:
    """Return the loaded system with this entry ID, or the only one. Raises ServiceValidationError."""
    systems = async_required_systems(hass, entry_id)
    if len(systems) > 1:
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="entry_needed")
    return systems[0]


@callback
def async_required_entry(hass: HomeAssistant, entry_id: str | None) -> FrigateNativeConfigEntry:
    """Return the loaded entry with this ID, or the only one. Raises ServiceValidationError."""
    wanted = async_required_system(hass, entry_id).entry_id
    entry: FrigateNativeConfigEntry = async_get_config_entry(hass, DOMAIN, wanted)
    return entry


@callback
def async_hub_name(hass: HomeAssistant, entry: ConfigEntry) -> str:
    """Return the name of an entry's device: that of the entry if there are several."""
    return entry.title if len(hass.config_entries.async_entries(DOMAIN, include_ignore=False)) > 1 else HUB_NAME


@callback
def async_instance_id(hass: HomeAssistant, data: FrigateNativeData) -> str:
    """Return what Frigate's clients call a system: its client ID, or its entry ID if an older entry has the same."""
    same = (one for one in async_running_systems(hass) if one.client_id == data.client_id)
    return data.client_id if next(same, data) is data else data.entry_id


@callback
def async_instance(hass: HomeAssistant, instance_id: str | None) -> FrigateNativeData | None:
    """Return the loaded system that a client of Frigate names; without a name, the only one.

    The usual name stands for the oldest entry if no entry has it.
    """
    systems = async_loaded_systems(hass)
    if instance_id is None:
        return systems[0] if len(systems) == 1 else None
    named = (data for data in systems if instance_id in (data.client_id, data.entry_id))
    usual = systems[0] if systems and instance_id == DEFAULT_CLIENT_ID else None
    return next(named, usual)


@callback
def async_entry_exists(hass: HomeAssistant, entry_id: str) -> bool:
    """Return whether an ID is that of one of the integration's entries."""
    entry = hass.config_entries.async_get_entry(entry_id)
    return entry is not None and entry.domain == DOMAIN


@callback
def async_entry_title(hass: HomeAssistant, entry_id: str) -> str:
    """Return the title of an entry."""
    entry = hass.config_entries.async_get_entry(entry_id)
    return entry.title if entry else HUB_NAME
