"""WebSocket commands of the official integration for events, recordings and PTZ."""

from dataclasses import replace
from datetime import tzinfo
from math import inf, nextafter
from typing import Any, Final

import voluptuous as vol
from homeassistant.components import websocket_api
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..access import Access
from ..automation import event_commands
from ..automation.event_commands import NAMES
from ..engine.store import WITHOUT, EventFilter, EventStore
from ..frigate_api.events import event_row, summary_row
from ..frigate_api.recordings import recording_row
from ..http.recording_lists import read_summary
from .answers import INSTANCE, async_send_failure, async_send_text, async_system, done
from .official import FRIGATE

_MOST: Final = 10_000
_HOUR_S: Final = 3600.0
_LONGEST_S: Final = 7 * 86_400.0  # of a list of recordings
_LATEST: Final = 2**40
_TIME: Final = vol.All(int, vol.Range(min=0, max=_LATEST))
_NONE: Final = "None"
_INSTANCE: Final[dict[Any, Any]] = {vol.Required(INSTANCE): str}


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register the commands once."""
    for command in (get_events, summarize_events, retain_event, get_recordings, summarize_recordings):
        websocket_api.async_register_command(hass, command)


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{FRIGATE}/events/get",
        vol.Optional("cameras"): NAMES,
        vol.Optional("labels"): NAMES,
        vol.Optional("sub_labels"): NAMES,
        vol.Optional("zones"): NAMES,
        vol.Optional("after"): _TIME,
        vol.Optional("before"): _TIME,
        vol.Optional("limit", default=100): vol.All(int, vol.Range(min=0, max=_MOST)),
        vol.Optional("has_clip"): bool,
        vol.Optional("has_snapshot"): bool,
        vol.Optional("favorites"): bool,
        **_INSTANCE,
    }
)
@websocket_api.async_response
async def get_events(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send the events that match, ongoing or not, newest first."""
    if (data := async_system(hass, connection, msg)) is None:
        return
    wanted = Access(hass, connection.user).limit(data, _event_filter(msg))

    def read(store: EventStore) -> list[dict[str, Any]]:
        return [event_row(event, include_thumbnail=False) for event in store.events(wanted)]

    await async_send_text(hass, connection, msg, data, read)


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{FRIGATE}/events/summary",
        vol.Optional("has_clip"): bool,
        vol.Optional("has_snapshot"): bool,
        vol.Optional("timezone"): str,
        **_INSTANCE,
    }
)
@websocket_api.async_response
async def summarize_events(
    hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]
) -> None:
    """Send the number of events per day, camera, label, sub label and zones."""
    if (data := async_system(hass, connection, msg)) is None:
        return
    wanted = Access(hass, connection.user).limit(data, _event_filter(msg))
    zone = await _async_zone(msg)

    def read(store: EventStore) -> list[dict[str, Any]]:
        return [summary_row(row) for row in store.summary(wanted, zone)]

    await async_send_text(hass, connection, msg, data, read)


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{FRIGATE}/event/retain",
        vol.Required("event_id"): str,
        vol.Required("retain"): bool,
        **_INSTANCE,
    }
)
@websocket_api.async_response
async def retain_event(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Retain an event, or apply the normal retention again."""
    if (data := async_system(hass, connection, msg)) is None:
        return
    event_id, is_retained = msg["event_id"], msg["retain"]
    access = Access(hass, connection.user)
    try:
        await event_commands.async_retain(hass, access, data.entry_id, event_id, retained=is_retained)
    except HomeAssistantError as err:
        async_send_failure(connection, msg, err)
        return
    answer = done(f"Event {event_id} {'retained' if is_retained else 'un-retained'}")
    await async_send_text(hass, connection, msg, data, lambda _: answer)


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{FRIGATE}/recordings/get",
        vol.Required("camera"): str,
        vol.Optional("after"): _TIME,
        vol.Optional("before"): _TIME,
        **_INSTANCE,
    }
)
@websocket_api.async_response
async def get_recordings(hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]) -> None:
    """Send a camera's recordings that overlap a time range, oldest first; by default the last hour."""
    if (data := async_system(hass, connection, msg)) is None:
        return
    camera, now = msg["camera"], dt_util.utcnow().timestamp()
    before = msg.get("before", now)
    after = max(msg.get("after", now - _HOUR_S), before - _LONGEST_S)
    is_visible = Access(hass, connection.user).may_see(data, camera)

    def read(store: EventStore) -> list[dict[str, Any]]:
        return [recording_row(one) for one in store.recordings.between(camera, after, before)] if is_visible else []

    await async_send_text(hass, connection, msg, data, read)


@websocket_api.websocket_command(
    {
        vol.Required("type"): f"{FRIGATE}/recordings/summary",
        vol.Required("camera"): str,
        vol.Optional("timezone"): str,
        **_INSTANCE,
    }
)
@websocket_api.async_response
async def summarize_recordings(
    hass: HomeAssistant, connection: websocket_api.ActiveConnection, msg: dict[str, Any]
) -> None:
    """Send what is recorded of a camera on each day and in each hour, newest first."""
    if (data := async_system(hass, connection, msg)) is None:
        return
    camera, is_visible = msg["camera"], Access(hass, connection.user).may_see(data, msg["camera"])
    zone = await _async_zone(msg) or dt_util.get_default_time_zone()

    def read(_store: EventStore) -> list[dict[str, Any]]:
        return read_summary(data, camera, zone) if is_visible else []

    await async_send_text(hass, connection, msg, data, read)


async def _async_zone(msg: dict[str, Any]) -> tzinfo | None:
    """Return the named time zone; None without one, or for a name that is unknown."""
    name = msg.get("timezone")
    return None if name is None else await dt_util.async_get_time_zone(name)


def _event_filter(msg: dict[str, Any]) -> EventFilter:
    """Return the filter for the fields of a command; limits of time are exclusive."""
    selected = EventFilter(
        cameras=tuple(msg.get("cameras", ())),
        labels=tuple(msg.get("labels", ())),
        sub_labels=_or_without(msg.get("sub_labels", [])),
        zones=_or_without(msg.get("zones", [])),
        has_clip=msg.get("has_clip"),
        has_snapshot=msg.get("has_snapshot"),
        retained=msg.get("favorites") or None,
        in_progress=None,
        limit=msg.get("limit"),
        include_thumbnails=False,
    )
    after, before = msg.get("after"), msg.get("before")
    if after:
        selected = replace(selected, after=nextafter(after, inf))
    return replace(selected, before=nextafter(before, -inf)) if before else selected


def _or_without(names: list[str]) -> tuple[str, ...]:
    """Return names to select by; None stands for events that have none."""
    return tuple(WITHOUT if name == _NONE else name for name in names)
