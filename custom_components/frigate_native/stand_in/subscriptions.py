"""WebSocket commands of the official integration that send each change of events and review items."""

from typing import Any, Final

import voluptuous as vol
from homeassistant.components import websocket_api
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.json import json_dumps

from ..access import Access
from ..const import SIGNAL_EVENT, SIGNAL_REVIEW
from ..engine.messages import EventMessage, ReviewMessage
from ..entries import async_running_system
from .answers import INSTANCE, async_system
from .official import FRIGATE

_EVENTS: Final = f"{FRIGATE}/events"
_REVIEWS: Final = f"{FRIGATE}/reviews"
_SUBSCRIPTION: Final = "subscription_id"
_INSTANCE: Final[dict[Any, Any]] = {vol.Required(INSTANCE): str}


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register the commands once."""
    for command in (subscribe_events, subscribe_reviews, unsubscribe_events, unsubscribe_reviews):
        websocket_api.async_register_command(hass, command)


@websocket_api.websocket_command({vol.Required("type"): f"{_EVENTS}/subscribe", **_INSTANCE})
@callback
def subscribe_events(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send each event message as it is published over MQTT, as text."""
    _subscribe(hass, connection, msg, SIGNAL_EVENT)


@websocket_api.websocket_command({vol.Required("type"): f"{_REVIEWS}/subscribe", **_INSTANCE})
@callback
def subscribe_reviews(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send each review message as it is published over MQTT, as text."""
    _subscribe(hass, connection, msg, SIGNAL_REVIEW)


@websocket_api.websocket_command(
    {vol.Required("type"): f"{_EVENTS}/unsubscribe", vol.Required(_SUBSCRIPTION): int, vol.Optional(INSTANCE): str}
)
@callback
def unsubscribe_events(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """End a subscription to events."""
    _unsubscribe(connection, msg)


@websocket_api.websocket_command(
    {vol.Required("type"): f"{_REVIEWS}/unsubscribe", vol.Required(_SUBSCRIPTION): int, vol.Optional(INSTANCE): str}
)
@callback
def unsubscribe_reviews(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """End a subscription to review items."""
    _unsubscribe(connection, msg)


def _subscribe(
    hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any], signal: str
) -> None:
    if (data := async_system(hass, connection, msg)) is None:
        return
    entry_id, access = data.entry_id, Access(hass, connection.user)

    @callback
    def forward(sender: str, _topic: str, message: EventMessage | ReviewMessage) -> None:
        system = async_running_system(hass, sender) if sender == entry_id else None
        if system is not None and access.may_see(system, message.camera):
            connection.send_event(msg["id"], json_dumps(message.to_payload()))

    connection.subscriptions[msg["id"]] = async_dispatcher_connect(hass, signal, forward)
    connection.send_result(msg["id"], msg["id"])


def _unsubscribe(connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    end = connection.subscriptions.pop(msg[_SUBSCRIPTION], None)
    if end is None:
        connection.send_error(msg["id"], websocket_api.ERR_NOT_FOUND, "Subscription not found.")
        return
    end()
    connection.send_result(msg["id"])
