"""Commands for the panel, cards and scripts."""

from typing import Any, Final

import voluptuous as vol
from homeassistant.components import websocket_api
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from .const import DOMAIN, SIGNAL_EVENT
from .engine.messages import EventMessage

_ENTRY_ID: Final = "entry_id"
_CAMERAS: Final = "cameras"
_LABELS: Final = "labels"


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register the commands; once, they outlive entries."""
    websocket_api.async_register_command(hass, subscribe_events)


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{DOMAIN}/events/subscribe",
        vol.Optional(_ENTRY_ID): str,
        vol.Optional(_CAMERAS): vol.All(cv.ensure_list, [str]),
        vol.Optional(_LABELS): vol.All(cv.ensure_list, [str]),
    }
)
@callback
def subscribe_events(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send every event message as it goes out by MQTT, of one entry or all, of some cameras and labels or all."""
    wanted_entry: str | None = msg.get(_ENTRY_ID)
    if wanted_entry is not None and not _is_ours(hass, wanted_entry):
        connection.send_error(
            msg["id"],
            websocket_api.ERR_NOT_FOUND,
            f"No entry {wanted_entry}",
            translation_domain=DOMAIN,
            translation_key="entry_not_found",
            translation_placeholders={"entry_id": wanted_entry},
        )
        return
    cameras, labels = msg.get(_CAMERAS), msg.get(_LABELS)

    @callback
    def forward(entry_id: str, topic: str, message: EventMessage) -> None:
        if (
            wanted_entry in (None, entry_id)
            and (cameras is None or message.after.camera in cameras)
            and (labels is None or message.after.label in labels)
        ):
            connection.send_event(msg["id"], {"topic": topic, "payload": message.to_payload()})

    connection.subscriptions[msg["id"]] = async_dispatcher_connect(hass, SIGNAL_EVENT, forward)
    connection.send_result(msg["id"])


def _is_ours(hass: HomeAssistant, entry_id: str) -> bool:
    entry = hass.config_entries.async_get_entry(entry_id)
    return entry is not None and entry.domain == DOMAIN
