"""WebSocket commands that only the panel needs."""

from typing import Any, Final

import voluptuous as vol
from homeassistant.components import websocket_api
from homeassistant.core import HomeAssistant, callback

from ..access import Access
from ..const import DOMAIN
from ..data import FrigateNativeConfigEntry
from ..entries import async_loaded_systems, async_required_system
from .areas import AREAS, areas_of, async_save
from .systems import async_describe

_COMMANDS: Final = f"{DOMAIN}/panel"
_CAMERA: Final[dict[Any, Any]] = {vol.Required("entry_id"): str, vol.Required("camera"): str}


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register the commands once; they stay when entries are unloaded."""
    for command in (list_systems, get_areas, save_areas):
        websocket_api.async_register_command(hass, command)


@websocket_api.websocket_command({vol.Required("type"): f"{_COMMANDS}/systems"})
@callback
def list_systems(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send the cameras that the user may see, with their entities, by system."""
    access = Access(hass, connection.user)
    connection.send_result(
        msg["id"], {"systems": [async_describe(hass, access, data) for data in async_loaded_systems(hass)]}
    )


@websocket_api.websocket_command({vol.Required("type"): f"{_COMMANDS}/areas/get", **_CAMERA})
@websocket_api.require_admin
@websocket_api.async_response
async def get_areas(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send a camera's zones and masks for the editor; corners are fractions of the frame."""
    connection.send_result(msg["id"], areas_of(async_required_system(hass, msg["entry_id"]), msg["camera"]))


@websocket_api.websocket_command({vol.Required("type"): f"{_COMMANDS}/areas/save", **_CAMERA, **AREAS})
@websocket_api.require_admin
@websocket_api.async_response
async def save_areas(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Save a camera's zones and masks and apply them at once."""
    async_required_system(hass, msg["entry_id"])
    entry: FrigateNativeConfigEntry = hass.config_entries.async_get_known_entry(msg["entry_id"])
    await async_save(hass, entry, msg["camera"], msg)
    connection.send_result(msg["id"])
