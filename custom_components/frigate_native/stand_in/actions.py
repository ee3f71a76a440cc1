"""Actions of the official integration, on this integration's cameras."""

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, Final

import voluptuous as vol
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.service import async_extract_entity_ids, async_set_service_schema
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonValueType

from ..access import Access
from ..automation import event_commands, export_commands
from ..const import DOMAIN
from .answers import done
from .official import FRIGATE

_SPEEDS: Final[Mapping[str, float]] = {"realtime": 1, "timelapse_25x": 25}
_EVENT_ID: Final = "event_id"

type _Action = Callable[[ServiceCall, Access, str], Awaitable[JsonValueType]]


def _local_time(value: Any) -> float:
    return dt_util.as_local(cv.datetime(value)).timestamp()


_FAVORITE: Final[dict[Any, Any]] = {
    vol.Required(_EVENT_ID): cv.string,
    vol.Optional("favorite", default=True): cv.boolean,
}
_EXPORT: Final[dict[Any, Any]] = {
    vol.Required("playback_factor"): vol.In(_SPEEDS),
    vol.Required("start_time"): _local_time,
    vol.Required("end_time"): _local_time,
    vol.Optional("name"): event_commands.NAME,
}
_CREATE: Final[dict[Any, Any]] = {
    vol.Required("label"): event_commands.NAME,
    vol.Optional("sub_label", default=""): cv.string,
    vol.Optional("duration", default=event_commands.DEFAULT_DURATION_S): event_commands.DURATION,
    vol.Optional("include_recording", default=True): cv.boolean,
}
_END: Final[dict[Any, Any]] = {vol.Required(_EVENT_ID): cv.string}


async def _favorite(call: ServiceCall, access: Access, _camera: str) -> JsonValueType:
    event_id, is_retained = call.data[_EVENT_ID], call.data["favorite"]
    await event_commands.async_retain(call.hass, access, None, event_id, retained=is_retained)
    return done(f"Event {event_id} {'retained' if is_retained else 'un-retained'}")


async def _export(call: ServiceCall, access: Access, camera: str) -> JsonValueType:
    values = {
        "camera": camera,
        "start_time": call.data["start_time"],
        "end_time": call.data["end_time"],
        "name": call.data.get("name"),
        "speed": _SPEEDS[call.data["playback_factor"]],
    }
    export = await export_commands.async_create(call.hass, access, None, values)
    return done("Export queued") | {"export_id": export.id}


async def _create(call: ServiceCall, access: Access, camera: str) -> JsonValueType:
    event_id = await event_commands.async_create(
        call.hass,
        access,
        None,
        camera,
        call.data["label"],
        sub_label=call.data["sub_label"].strip() or None,
        duration_s=call.data["duration"],
        has_picture=True,
    )
    return done("Successfully created event.") | {_EVENT_ID: event_id}


async def _end(call: ServiceCall, access: Access, _camera: str) -> JsonValueType:
    await event_commands.async_end(call.hass, access, None, call.data[_EVENT_ID])
    return done("Event successfully ended.")


_ACTIONS: Final[Mapping[str, tuple[_Action, dict[Any, Any], SupportsResponse]]] = {
    "favorite_event": (_favorite, _FAVORITE, SupportsResponse.NONE),
    "export_recording": (_export, _EXPORT, SupportsResponse.NONE),
    "create_event": (_create, _CREATE, SupportsResponse.OPTIONAL),
    "end_event": (_end, _END, SupportsResponse.OPTIONAL),
}


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register the actions."""
    for name, (action, fields, response) in _ACTIONS.items():
        schema = cv.make_entity_service_schema(fields)
        hass.services.async_register(FRIGATE, name, _handler(action), schema, response)
        async_set_service_schema(hass, FRIGATE, name, _description(name, fields))


@callback
def async_remove(hass: HomeAssistant) -> bool:
    """Remove the actions, so that the official integration can register its own; return whether there were any."""
    present = [name for name in _ACTIONS if hass.services.has_service(FRIGATE, name)]
    for name in present:
        hass.services.async_remove(FRIGATE, name)
    return bool(present)


def _handler(action: _Action) -> Callable[[ServiceCall], Coroutine[Any, Any, ServiceResponse]]:
    async def handle(call: ServiceCall) -> ServiceResponse:
        access = await Access.async_of_call(call)
        cameras = _cameras(call.hass, await async_extract_entity_ids(call))
        answers = {entity_id: await action(call, access, entity_id) for entity_id in cameras}
        return answers if call.return_response else None

    return handle


def _cameras(hass: HomeAssistant, entity_ids: set[str]) -> list[str]:
    """Return this integration's cameras among the entities of a target, which may be those of a device or area."""
    registry = er.async_get(hass)
    found = {entity_id: registry.async_get(entity_id) for entity_id in sorted(entity_ids)}
    cameras = [name for name, one in found.items() if one and (one.domain, one.platform) == (Platform.CAMERA, DOMAIN)]
    if not cameras:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="camera_unknown",
            translation_placeholders={"camera": ", ".join(found)},
        )
    return cameras


def _description(name: str, fields: Mapping[Any, Any]) -> dict[str, Any]:
    """Return what the action's form shows; actions of integrations that are loaded have a file for this."""
    return {
        "name": name.replace("_", " ").capitalize(),
        "description": "The action of the official Frigate integration, for automations that use it.",
        "target": {"entity": [{"integration": DOMAIN, "domain": ["camera"]}]},
        "fields": {str(key): {"required": isinstance(key, vol.Required), "selector": {"text": None}} for key in fields},
    }
