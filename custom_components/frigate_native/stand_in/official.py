"""Whether the official Frigate integration is in use, whose names these are."""

from typing import Final

from homeassistant.core import HomeAssistant, callback

FRIGATE: Final = "frigate"
"""The domain of the official integration."""


@callback
def is_official_in_use(hass: HomeAssistant) -> bool:
    """Return whether there is an entry of the official integration that is not disabled."""
    return bool(hass.config_entries.async_entries(FRIGATE, include_ignore=False, include_disabled=False))
