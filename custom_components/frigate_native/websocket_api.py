"""WebSocket commands for dashboard cards, a panel and scripts."""

from collections.abc import Callable
from typing import Any, Final

import voluptuous as vol
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api.messages import construct_result_message
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.json import json_bytes

from .access import Access
from .automation import event_commands
from .const import DOMAIN, SIGNAL_EVENT
from .data import FrigateNativeData
from .engine.messages import EventMessage
from .engine.store import EventFilter, EventStore
from .entries import async_entry_exists, async_required_system, async_running_system

_ENTRY_ID: Final = "entry_id"
_CAMERAS: Final = "cameras"
_LABELS: Final = "labels"
_ZONES: Final = "zones"
_EVENT_ID: Final = "event_id"
_ENTRY: Final[dict[Any, Any]] = {vol.Optional(_ENTRY_ID): str}
_EVENT: Final[dict[Any, Any]] = {vol.Required(_EVENT_ID): str, **_ENTRY}
_FILTER: Final[dict[Any, Any]] = {
    vol.Optional(_CAMERAS): event_commands.NAMES,
    vol.Optional(_LABELS): event_commands.NAMES,
    vol.Optional(_ZONES): event_commands.NAMES,
    **event_commands.FILTER_FIELDS,
    **_ENTRY,
}


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register the commands once; they stay when entries are unloaded."""
    for command in (
        subscribe_events,
        get_events,
        summarize_events,
        get_event,
        retain_event,
        delete_event,
        create_event,
        end_event,
    ):
        websocket_api.async_register_command(hass, command)


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{DOMAIN}/events/subscribe",
        vol.Optional(_CAMERAS): event_commands.NAMES,
        vol.Optional(_LABELS): event_commands.NAMES,
        **_ENTRY,
    }
)
@callback
def subscribe_events(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send each event message as published over MQTT, optionally of one entry, some cameras or some labels."""
    wanted_entry: str | None = msg.get(_ENTRY_ID)
    if wanted_entry is not None and not async_entry_exists(hass, wanted_entry):
        connection.send_error(
            msg["id"],
            websocket_api.ERR_NOT_FOUND,
            f"Entry {wanted_entry} not found",
            translation_domain=DOMAIN,
            translation_key="entry_not_found",
            translation_placeholders={"entry_id": wanted_entry},
        )
        return
    cameras, labels = msg.get(_CAMERAS), msg.get(_LABELS)
    access = Access(hass, connection.user)

    @callback
    def forward(entry_id: str, topic: str, message: EventMessage) -> None:
        if (
            wanted_entry in (None, entry_id)
            and (cameras is None or message.after.camera in cameras)
            and (labels is None or message.after.label in labels)
            and (data := async_running_system(hass, entry_id)) is not None
            and access.may_see(data, message.after.camera)
        ):
            connection.send_event(msg["id"], {"topic": topic, "payload": message.to_payload()})

    connection.subscriptions[msg["id"]] = async_dispatcher_connect(hass, SIGNAL_EVENT, forward)
    connection.send_result(msg["id"])


@websocket_api.websocket_command(
    {vol.Required("type"): f"{DOMAIN}/events/get", **_FILTER, **event_commands.PAGE_FIELDS}
)
@websocket_api.async_response
async def get_events(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send a list of events, newest first; only events that have ended unless in_progress is true."""
    data = async_required_system(hass, msg.get(_ENTRY_ID))
    wanted = Access(hass, connection.user).limit(data, _filter(msg))

    def read(store: EventStore) -> bytes:
        events = store.events(wanted)
        return json_bytes([event.to_payload(include_thumbnail=wanted.include_thumbnails) for event in events])

    await _answer(hass, connection, msg, data, read)


@websocket_api.websocket_command({vol.Required("type"): f"{DOMAIN}/events/summary", **_FILTER})
@websocket_api.async_response
async def summarize_events(
    hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]
) -> None:
    """Send the number of matching events per day, camera, label and zones."""
    data = async_required_system(hass, msg.get(_ENTRY_ID))
    wanted = Access(hass, connection.user).limit(data, _filter(msg))

    def read(store: EventStore) -> bytes:
        return json_bytes([row.to_payload() for row in store.summary(wanted)])

    await _answer(hass, connection, msg, data, read)


@websocket_api.websocket_command({vol.Required("type"): f"{DOMAIN}/event/get", **_EVENT})
@websocket_api.async_response
async def get_event(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send one event with its thumbnail, ongoing or ended."""
    event = await event_commands.async_find(hass, Access(hass, connection.user), msg.get(_ENTRY_ID), msg[_EVENT_ID])
    connection.send_result(msg["id"], event.to_payload())


@websocket_api.websocket_command(
    {vol.Required("type"): f"{DOMAIN}/event/retain", vol.Optional("retain", default=True): bool, **_EVENT}
)
@websocket_api.async_response
async def retain_event(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Retain an event and its files indefinitely or, with retain false, apply the normal retention."""
    access = Access(hass, connection.user)
    await event_commands.async_retain(hass, access, msg.get(_ENTRY_ID), msg[_EVENT_ID], retained=msg["retain"])
    connection.send_result(msg["id"])


@websocket_api.websocket_command({vol.Required("type"): f"{DOMAIN}/event/delete", **_EVENT})
@websocket_api.require_admin
@websocket_api.async_response
async def delete_event(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Delete an event that has ended, with its clip and snapshot."""
    await event_commands.async_delete(hass, msg.get(_ENTRY_ID), msg[_EVENT_ID])
    connection.send_result(msg["id"])


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{DOMAIN}/event/create",
        vol.Required("camera"): str,
        vol.Required("label"): event_commands.NAME,
        vol.Optional("sub_label"): event_commands.NAME,
        vol.Optional("duration", default=event_commands.DEFAULT_DURATION_S): event_commands.DURATION,
        vol.Optional("snapshot", default=True): bool,
        **_ENTRY,
    }
)
@websocket_api.async_response
async def create_event(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Start a manual event and send its ID; duration 0 or null: until `event/end`."""
    event_id = await event_commands.async_create(
        hass,
        Access(hass, connection.user),
        msg.get(_ENTRY_ID),
        msg["camera"],
        msg["label"],
        sub_label=msg.get("sub_label"),
        duration_s=msg["duration"],
        has_picture=msg["snapshot"],
    )
    connection.send_result(msg["id"], {_EVENT_ID: event_id})


@websocket_api.websocket_command({vol.Required("type"): f"{DOMAIN}/event/end", **_EVENT})
@websocket_api.async_response
async def end_event(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """End a manual event."""
    await event_commands.async_end(hass, Access(hass, connection.user), msg.get(_ENTRY_ID), msg[_EVENT_ID])
    connection.send_result(msg["id"])


async def _answer(
    hass: HomeAssistant,
    connection: websocket_api.ActiveConnection,
    msg: dict[str, Any],
    data: FrigateNativeData,
    read: Callable[[EventStore], bytes],
) -> None:
    """Send a JSON result; it may be long, so it is serialized outside the event loop."""
    payload = await event_commands.async_read(hass, data, read)
    connection.send_message(construct_result_message(msg["id"], payload))


def _filter(msg: dict[str, Any]) -> EventFilter:
    return event_commands.event_filter(msg, cameras=msg.get(_CAMERAS), labels=msg.get(_LABELS), zones=msg.get(_ZONES))
