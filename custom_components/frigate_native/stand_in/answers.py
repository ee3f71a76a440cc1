"""What the commands share: finding the system, running a job, and answers with JSON as text."""

from collections.abc import Callable
from typing import Any, Final

from homeassistant.components.websocket_api import ERR_NOT_FOUND, ERR_UNKNOWN_COMMAND, ActiveConnection
from homeassistant.components.websocket_api.messages import construct_result_message
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.json import json_bytes

from ..automation.event_commands import async_read
from ..data import FrigateNativeData
from ..engine.store import EventStore
from ..entries import async_instance
from .official import is_official_in_use

INSTANCE: Final = "instance_id"
_FAILED: Final = "frigate_error"


@callback
def async_system(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> FrigateNativeData | None:
    """Return the system that a command is for; None after an error was sent."""
    if is_official_in_use(hass):  # for as long as it takes to load
        connection.send_error(msg["id"], ERR_UNKNOWN_COMMAND, "Unknown command.")
        return None
    data = async_instance(hass, msg[INSTANCE])
    if data is None:
        connection.send_error(msg["id"], ERR_NOT_FOUND, f"Unable to find Frigate instance with ID: {msg[INSTANCE]}")
    return data


async def async_send_text(
    hass: HomeAssistant,
    connection: ActiveConnection,
    msg: dict[str, Any],
    data: FrigateNativeData,
    read: Callable[[EventStore], Any],
) -> None:
    """Send what a query returns as a string that holds JSON; it may be long, so that is made in the executor."""
    try:
        result = await async_read(hass, data, lambda store: json_bytes(json_bytes(read(store)).decode()))
    except HomeAssistantError as err:
        async_send_failure(connection, msg, err)
    else:
        connection.send_message(construct_result_message(msg["id"], result))


@callback
def async_send_failure(connection: ActiveConnection, msg: dict[str, Any], err: HomeAssistantError) -> None:
    """Send the error of a failed command."""
    connection.send_error(
        msg["id"],
        _FAILED,
        str(err),
        translation_domain=err.translation_domain,
        translation_key=err.translation_key,
        translation_placeholders=err.translation_placeholders,
    )


def done(message: str) -> dict[str, Any]:
    """Return the answer to a command that changes something."""
    return {"success": True, "message": message}
