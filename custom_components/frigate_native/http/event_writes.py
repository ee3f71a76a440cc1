"""Changes of events: retain, describe, create, end, delete."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Final

import voluptuous as vol
from aiohttp import web

from ..automation import event_commands
from ..automation.event_commands import DEFAULT_DURATION_S, DURATION, NAME
from ..engine.nvr import Nvr
from .api_request import ApiRequest
from .bodies import async_body, done
from .events import find_event

_MAX_TEXT: Final = 10_000
_SHORT_TEXT: Final = vol.All(str, vol.Length(max=100))
_SCORE: Final = vol.Any(None, vol.All(vol.Coerce(float), vol.Range(min=0, max=1)))
_SUB_LABEL: Final = vol.Schema(
    {vol.Required("subLabel"): vol.Any(None, _SHORT_TEXT), vol.Optional("subLabelScore", default=None): _SCORE},
    extra=vol.REMOVE_EXTRA,
)
_PLATE: Final = vol.Schema(
    {
        vol.Required("recognizedLicensePlate"): vol.Any(None, _SHORT_TEXT),
        vol.Optional("recognizedLicensePlateScore", default=None): _SCORE,
    },
    extra=vol.REMOVE_EXTRA,
)
_DESCRIPTION: Final = vol.Schema(
    {vol.Required("description"): vol.Any(None, vol.All(str, vol.Length(max=_MAX_TEXT)))}, extra=vol.REMOVE_EXTRA
)
_CREATE: Final = vol.Schema(
    {
        vol.Optional("sub_label", default=None): vol.Any(None, "", NAME),
        vol.Optional("duration", default=DEFAULT_DURATION_S): DURATION,
    },
    extra=vol.REMOVE_EXTRA,
)


async def retain(request: ApiRequest) -> web.Response:
    """Keep an event and its files until further notice."""
    return await _async_retain(request, retained=True)


async def release(request: ApiRequest) -> web.Response:
    """Let an event expire again."""
    return await _async_retain(request, retained=False)


async def set_sub_label(request: ApiRequest) -> web.Response:
    """Note what an object was recognized as."""
    body = await async_body(request, _SUB_LABEL)
    text, score = body["subLabel"], body["subLabelScore"]
    return await _async_note(request, lambda nvr, event_id: nvr.set_sub_label(event_id, text, score))


async def set_plate(request: ApiRequest) -> web.Response:
    """Note the license plate of a car."""
    body = await async_body(request, _PLATE)
    text, score = body["recognizedLicensePlate"], body["recognizedLicensePlateScore"]
    return await _async_note(request, lambda nvr, event_id: nvr.set_plate(event_id, text, score))


async def set_description(request: ApiRequest) -> web.Response:
    """Describe an event."""
    text = (await async_body(request, _DESCRIPTION))["description"]
    return await _async_note(request, lambda nvr, event_id: nvr.set_description(event_id, text))


async def create(request: ApiRequest) -> web.Response:
    """Begin a manual event; without a duration it lasts until it is ended."""
    body, label = await async_body(request, _CREATE), request.path_part("label")
    try:
        label = NAME(label)
    except vol.Invalid as err:
        raise web.HTTPBadRequest(text=f"label: {err}") from err
    _, camera = request.camera()
    event_id = await event_commands.async_create(
        request.hass,
        request.access,
        request.entry_id,
        camera,
        label,
        sub_label=body["sub_label"] or None,
        duration_s=body["duration"],
        has_picture=True,
    )
    return done("Event created", event_id=event_id)


async def end(request: ApiRequest) -> web.Response:
    """End a manual event."""
    event_id = request.path_part("event_id")
    await event_commands.async_end(request.hass, request.access, request.entry_id, event_id)
    return done("Event ended")


async def delete(request: ApiRequest) -> web.Response:
    """Delete an event that has ended, with its clip and snapshot."""
    request.access.check_admin()
    await event_commands.async_delete(request.hass, request.entry_id, request.path_part("event_id"))
    return done("Event deleted")


async def submit(request: ApiRequest) -> web.Response:
    """Refuse what needs Frigate+."""
    raise web.HTTPBadRequest(text="Frigate+ is not supported")


async def _async_retain(request: ApiRequest, *, retained: bool) -> web.Response:
    event_id = request.path_part("event_id")
    await event_commands.async_retain(request.hass, request.access, request.entry_id, event_id, retained=retained)
    return done("Event retained" if retained else "Event no longer retained")


async def _async_note(request: ApiRequest, note: Callable[[Nvr, str], Future[bool]]) -> web.Response:
    """Add something to an event, after its newest state has been written, and report it."""
    event_id = request.path_part("event_id")
    find = partial(find_event, request, event_id, include_thumbnail=False)
    data, event = await request.async_read(find)
    await event_commands.async_note(
        request.hass, request.access, data.entry_id, event.id, lambda nvr: note(nvr, event.id)
    )
    return done("Event changed")
