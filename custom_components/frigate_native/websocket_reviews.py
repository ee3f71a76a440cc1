"""WebSocket commands on review items, for a panel, cards and scripts."""

from typing import Any, Final

import voluptuous as vol
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api.messages import construct_result_message
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.json import json_bytes

from .access import Access
from .automation import review_commands
from .automation.event_commands import NAMES, async_read
from .const import DOMAIN, SIGNAL_REVIEW
from .engine.messages import ReviewMessage
from .entries import async_required_system, async_running_system

_ENTRY: Final[dict[Any, Any]] = {vol.Optional("entry_id"): str}


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register the commands once; they stay when entries are unloaded."""
    for command in (subscribe_reviews, get_reviews, get_review, summarize_reviews, mark_reviews, delete_reviews):
        websocket_api.async_register_command(hass, command)


@websocket_api.websocket_command(
    {vol.Required("type"): f"{DOMAIN}/reviews/subscribe", vol.Optional("cameras"): NAMES, **_ENTRY}
)
@callback
def subscribe_reviews(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send each change of a review item as published over MQTT, optionally of one entry or some cameras."""
    entry_id = async_required_system(hass, msg["entry_id"]).entry_id if "entry_id" in msg else None
    cameras = msg.get("cameras")
    access = Access(hass, connection.user)

    @callback
    def forward(sender: str, topic: str, message: ReviewMessage) -> None:
        if (
            entry_id in (None, sender)
            and (cameras is None or message.camera in cameras)
            and (data := async_running_system(hass, sender)) is not None
            and access.may_see(data, message.camera)
        ):
            connection.send_event(msg["id"], {"topic": topic, "payload": message.to_payload()})

    connection.subscriptions[msg["id"]] = async_dispatcher_connect(hass, SIGNAL_REVIEW, forward)
    connection.send_result(msg["id"])


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{DOMAIN}/reviews/get",
        **review_commands.FILTER_FIELDS,
        **review_commands.PAGE_FIELDS,
        **_ENTRY,
    }
)
@websocket_api.async_response
async def get_reviews(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send the review items that overlap a time range, newest first."""
    data = async_required_system(hass, msg.get("entry_id"))
    access = Access(hass, connection.user)
    selected = access.limit(data, review_commands.review_filter(msg, access.user_id))
    payload = await async_read(
        hass, data, lambda store: json_bytes([item.to_payload() for item in store.reviews.items(selected)])
    )
    connection.send_message(construct_result_message(msg["id"], payload))


@websocket_api.websocket_command({vol.Required("type"): f"{DOMAIN}/review/get", vol.Required("id"): str, **_ENTRY})
@websocket_api.async_response
async def get_review(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send one review item."""
    data = async_required_system(hass, msg.get("entry_id"))
    access = Access(hass, connection.user)
    item = await async_read(hass, data, lambda store: store.reviews.item(msg["id"], access.user_id))
    if item is None or not access.may_see(data, item.state.camera):
        raise review_commands.unknown(msg["id"])
    connection.send_result(msg["id"], item.to_payload())


@websocket_api.websocket_command(
    {vol.Required("type"): f"{DOMAIN}/reviews/summary", **review_commands.FILTER_FIELDS, **_ENTRY}
)
@websocket_api.async_response
async def summarize_reviews(
    hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]
) -> None:
    """Send the number of review items per local day and severity, and how many the user has seen."""
    data = async_required_system(hass, msg.get("entry_id"))
    access = Access(hass, connection.user)
    selected = access.limit(data, review_commands.review_filter(msg, access.user_id))
    days = await async_read(hass, data, lambda store: store.reviews.days(selected))
    connection.send_result(msg["id"], [day.to_payload() for day in days])


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{DOMAIN}/reviews/viewed",
        vol.Required("ids"): review_commands.IDS,
        vol.Optional("viewed", default=True): bool,
        **_ENTRY,
    }
)
@websocket_api.async_response
async def mark_reviews(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Note that the user has seen review items or, with viewed false, has not."""
    data = async_required_system(hass, msg.get("entry_id"))
    access = Access(hass, connection.user)
    count = await review_commands.async_mark(access, [data], msg["ids"], is_reviewed=msg["viewed"])
    connection.send_result(msg["id"], {"count": count})


@websocket_api.websocket_command(
    {vol.Required("type"): f"{DOMAIN}/reviews/delete", vol.Required("ids"): review_commands.IDS, **_ENTRY}
)
@websocket_api.require_admin
@websocket_api.async_response
async def delete_reviews(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Delete review items; their events and recordings stay."""
    data = async_required_system(hass, msg.get("entry_id"))
    count = await review_commands.async_delete(data, msg["ids"])
    connection.send_result(msg["id"], {"count": count})
