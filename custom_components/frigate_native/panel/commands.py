"""WebSocket commands that only the panel needs."""

from typing import Any, Final

import voluptuous as vol
from homeassistant.components import websocket_api
from homeassistant.core import HomeAssistant, callback

from ..access import Access
from ..const import DOMAIN
from ..entries import async_loaded_systems
from .systems import async_describe

_COMMANDS: Final = f"{DOMAIN}/panel"


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register the commands once; they stay when entries are unloaded."""
    websocket_api.async_register_command(hass, list_systems)


@websocket_api.websocket_command({vol.Required("type"): f"{_COMMANDS}/systems"})
@callback
def list_systems(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send the cameras that the user may see, with their entities, by system."""
    access = Access(hass, connection.user)
    connection.send_result(
        msg["id"], {"systems": [async_describe(hass, access, data) for data in async_loaded_systems(hass)]}
    )
