"""WebSocket commands on exports, for a panel, cards and scripts."""

from typing import Any, Final

import voluptuous as vol
from homeassistant.components import websocket_api
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from .access import Access
from .automation import export_commands
from .automation.event_commands import NAME
from .const import DOMAIN, SIGNAL_EXPORT
from .engine.messages import ExportMessage
from .entries import async_required_system, async_running_system

_ENTRY: Final[dict[Any, Any]] = {vol.Optional("entry_id"): str}
_EXPORT: Final[dict[Any, Any]] = {vol.Required("export_id"): str, **_ENTRY}


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register the commands once; they stay when entries are unloaded."""
    for command in (subscribe_exports, get_exports, create_export, cancel_export, rename_export, delete_exports):
        websocket_api.async_register_command(hass, command)


@websocket_api.websocket_command({vol.Required("type"): f"{DOMAIN}/exports/subscribe", **_ENTRY})
@callback
def subscribe_exports(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send each change of an export, and its progress each second."""
    entry_id = async_required_system(hass, msg["entry_id"]).entry_id if "entry_id" in msg else None
    access = Access(hass, connection.user)

    @callback
    def forward(sender: str, message: ExportMessage) -> None:
        if (
            entry_id in (None, sender)
            and (data := async_running_system(hass, sender)) is not None
            and access.may_see(data, message.camera)
        ):
            connection.send_event(msg["id"], message.to_payload())

    connection.subscriptions[msg["id"]] = async_dispatcher_connect(hass, SIGNAL_EXPORT, forward)
    connection.send_result(msg["id"])


@websocket_api.websocket_command(
    {vol.Required("type"): f"{DOMAIN}/exports/get", **export_commands.FILTER_FIELDS, **_ENTRY}
)
@websocket_api.async_response
async def get_exports(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send exports, the newest first."""
    data = async_required_system(hass, msg.get("entry_id"))
    found = await export_commands.async_list(hass, Access(hass, connection.user), data, msg)
    connection.send_result(msg["id"], found)


@websocket_api.websocket_command(
    {vol.Required("type"): f"{DOMAIN}/exports/create", **export_commands.CREATE_FIELDS, **_ENTRY}
)
@websocket_api.async_response
async def create_export(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Queue an export of recordings and send its ID."""
    access = Access(hass, connection.user)
    export = await export_commands.async_create(hass, access, msg.get("entry_id"), msg)
    connection.send_result(msg["id"], {"export_id": export.id})


@websocket_api.websocket_command({vol.Required("type"): f"{DOMAIN}/exports/cancel", **_EXPORT})
@websocket_api.async_response
async def cancel_export(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Cancel an export that waits or is being made; it leaves nothing."""
    data = async_required_system(hass, msg.get("entry_id"))
    access = Access(hass, connection.user)
    is_cancelled = await export_commands.async_cancel(hass, access, data, msg["export_id"])
    connection.send_result(msg["id"], {"cancelled": is_cancelled})


@websocket_api.websocket_command(
    {vol.Required("type"): f"{DOMAIN}/exports/rename", vol.Required("name"): NAME, **_EXPORT}
)
@websocket_api.async_response
async def rename_export(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Give an export another name; its file keeps its own."""
    data = async_required_system(hass, msg.get("entry_id"))
    access = Access(hass, connection.user)
    await export_commands.async_rename(hass, access, data, msg["export_id"], msg["name"])
    connection.send_result(msg["id"])


@websocket_api.websocket_command(
    {vol.Required("type"): f"{DOMAIN}/exports/delete", vol.Required("ids"): export_commands.IDS, **_ENTRY}
)
@websocket_api.require_admin
@websocket_api.async_response
async def delete_exports(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Delete exports with their files."""
    data = async_required_system(hass, msg.get("entry_id"))
    count = await export_commands.async_delete(hass, data, msg["ids"])
    connection.send_result(msg["id"], {"count": count})
