"""WebSocket commands of the official integration for review items."""

import time
from typing import Any, Final

import voluptuous as vol
from homeassistant.components import websocket_api
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError

from ..access import Access
from ..automation import review_commands
from ..automation.event_commands import NAMES
from ..engine.store import EventStore
from .answers import INSTANCE, async_send_failure, async_send_text, async_system, done
from .official import FRIGATE

_DAY_S: Final = 86_400.0
_TIME: Final = vol.All(vol.Coerce(float), vol.Range(min=0, max=2**40))
_INSTANCE: Final[dict[Any, Any]] = {vol.Required(INSTANCE): str}


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register the commands once."""
    for command in (get_reviews, mark_reviews):
        websocket_api.async_register_command(hass, command)


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{FRIGATE}/reviews/get",
        vol.Optional("cameras"): NAMES,
        vol.Optional("labels"): NAMES,
        vol.Optional("zones"): NAMES,
        vol.Optional("severity"): review_commands.SEVERITY,
        vol.Optional("after"): _TIME,
        vol.Optional("before"): _TIME,
        vol.Optional("limit"): vol.All(int, vol.Range(min=0, max=10_000)),
        vol.Optional("reviewed"): bool,
        **_INSTANCE,
    }
)
@websocket_api.async_response
async def get_reviews(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send the review items that overlap a time range, newest first; by default the last 24 hours."""
    if (data := async_system(hass, connection, msg)) is None:
        return
    access = Access(hass, connection.user)
    span = {"after": time.time() - _DAY_S} if "after" not in msg else {}
    selected = access.limit(data, review_commands.review_filter(msg | span, access.user_id))

    def read(store: EventStore) -> list[dict[str, Any]]:
        return [item.to_payload() for item in store.reviews.items(selected)]

    await async_send_text(hass, connection, msg, data, read)


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{FRIGATE}/reviews/viewed",
        vol.Required("ids"): review_commands.IDS,
        vol.Optional("viewed", default=True): bool,
        **_INSTANCE,
    }
)
@websocket_api.async_response
async def mark_reviews(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Note that the user has seen review items or, with viewed false, has not."""
    if (data := async_system(hass, connection, msg)) is None:
        return
    access = Access(hass, connection.user)
    try:
        await review_commands.async_mark(access, [data], msg["ids"], is_reviewed=msg["viewed"])
    except HomeAssistantError as err:
        async_send_failure(connection, msg, err)
        return
    connection.send_result(msg["id"], done(f"Marked items as {'viewed' if msg['viewed'] else 'not viewed'}"))
