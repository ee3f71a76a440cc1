"""WebSocket commands on recordings, for a panel, cards and scripts."""

import time
from collections.abc import Callable
from typing import Any, Final

import voluptuous as vol
from homeassistant.components import websocket_api
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from .access import Access
from .automation.event_commands import NAMES, TIMESTAMP, async_read
from .const import DOMAIN
from .engine.recordings.calendar import recorded_days
from .engine.store import EventStore
from .entries import async_required_system

_DAY_S: Final = 86_400.0
_LONGEST_CALENDAR_S: Final = 400 * _DAY_S
_LONGEST_GAPS_S: Final = 8 * _DAY_S  # reads every recording
_LEAST_GAP_S: Final = 30.0
_LATE_S: Final = 60.0  # until a finished file is in the index
_SPAN: Final[dict[Any, Any]] = {
    vol.Required("after"): TIMESTAMP,
    vol.Required("before"): TIMESTAMP,
    vol.Optional("entry_id"): str,
}


def _is_at_most(seconds: float) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def check(msg: dict[str, Any]) -> dict[str, Any]:
        if not 0 < msg["before"] - msg["after"] <= seconds:
            raise vol.Invalid(f"must be later than after, by at most {seconds / _DAY_S:.0f} days", path=["before"])
        return msg

    return check


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register the commands once; they stay when entries are unloaded."""
    for command in (get_calendar, get_gaps):
        websocket_api.async_register_command(hass, command)


@websocket_api.websocket_command(
    vol.All(
        vol.Schema({vol.Required("type"): f"{DOMAIN}/recordings/calendar", vol.Optional("cameras"): NAMES, **_SPAN}),
        _is_at_most(_LONGEST_CALENDAR_S),
    )
)
@websocket_api.async_response
async def get_calendar(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send what the local days in a time range hold, by camera and hour, the newest day first."""
    data = async_required_system(hass, msg.get("entry_id"))
    access, requested = Access(hass, connection.user), msg.get("cameras")

    def read(store: EventStore) -> list[dict[str, Any]]:
        known = store.recordings.cameras()
        cameras = [name for name in known if (not requested or name in requested) and access.may_see(data, name)]
        hours = store.recordings.hours(msg["after"], msg["before"], cameras)
        return [day.to_payload() for day in recorded_days(hours, zone)]

    zone = dt_util.get_default_time_zone()
    connection.send_result(msg["id"], await async_read(hass, data, read))


@websocket_api.websocket_command(
    vol.All(
        vol.Schema(
            {
                vol.Required("type"): f"{DOMAIN}/recordings/gaps",
                vol.Required("camera"): str,
                vol.Optional("least", default=_LEAST_GAP_S): vol.All(vol.Coerce(float), vol.Range(min=1)),
                **_SPAN,
            }
        ),
        _is_at_most(_LONGEST_GAPS_S),
    )
)
@websocket_api.async_response
async def get_gaps(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send the parts of a time range in which nothing is recorded of a camera, oldest first."""
    data = async_required_system(hass, msg.get("entry_id"))
    is_visible = Access(hass, connection.user).may_see(data, msg["camera"])
    found = await async_read(hass, data, lambda store: _gaps(store, msg)) if is_visible else []
    connection.send_result(msg["id"], found)


def _gaps(store: EventStore, msg: dict[str, Any]) -> list[dict[str, float]]:
    end = min(msg["before"], time.time() - _LATE_S)
    found = store.recordings.gaps(msg["camera"], msg["after"], end, msg["least"])
    return [{"start": gap_start, "end": gap_end} for gap_start, gap_end in found]
