"""Actions on events, review items and recordings."""

import re
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any, Final

import voluptuous as vol
from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.service import async_register_admin_service

from . import imports
from .access import Access
from .automation import event_commands, export_commands, review_commands
from .configuration import entry_config
from .const import DOMAIN
from .engine.nvr import Nvr
from .entries import async_required_entry, async_required_system, async_required_systems
from .flow.converting import async_convert, async_look

SERVICE_CANCEL_IMPORT: Final = "cancel_import"
SERVICE_CONVERT_FILE: Final = "convert_file"
SERVICE_CREATE_EVENT: Final = "create_event"
SERVICE_DELETE_EVENT: Final = "delete_event"
SERVICE_END_EVENT: Final = "end_event"
SERVICE_EXPORT_RECORDING: Final = "export_recording"
SERVICE_GET_EVENTS: Final = "get_events"
SERVICE_IMPORT_FRIGATE: Final = "import_frigate"
SERVICE_MARK_REVIEWED: Final = "mark_reviewed"
SERVICE_RETAIN_EVENT: Final = "retain_event"
SERVICE_SET_DESCRIPTION: Final = "set_description"
SERVICE_SET_LICENSE_PLATE: Final = "set_license_plate"
SERVICE_SET_SUB_LABEL: Final = "set_sub_label"
SERVICE_UNRETAIN_EVENT: Final = "unretain_event"

_EVENT_ID: Final = "event_id"
_MEDIA: Final = "media"
_SUB_LABEL: Final = "sub_label"
_DESCRIPTION: Final = "description"
_PLATE: Final = "license_plate"
_SCORE: Final = "score"
_MAX_MEDIA: Final = 100
_MEDIA_ID: Final = re.compile(rf"media-source://{DOMAIN}/([^/]+)/(?:clip|snapshot)/([^/?]+)")


def _entry_and_event(item: object) -> tuple[str, str]:
    """Return the IDs of the entry and event of a clip or snapshot, as the picker returns it, or of its media ID."""
    media_id = item.get("media_content_id") if isinstance(item, Mapping) else item
    if (match := _MEDIA_ID.fullmatch(str(media_id))) is None:
        raise vol.Invalid("select clips or snapshots of Frigate events")
    return match[1], match[2]


_ENTRY: Final[dict[Any, Any]] = {vol.Optional(ATTR_CONFIG_ENTRY_ID): cv.string}
_EVENT_SCHEMA: Final = vol.Schema({vol.Required(_EVENT_ID): cv.string, **_ENTRY})
_SUB_LABEL_SCHEMA: Final = _EVENT_SCHEMA.extend(
    {vol.Required(_SUB_LABEL): event_commands.SUB_LABEL, vol.Optional(_SCORE): event_commands.SCORE}
)
_PLATE_SCHEMA: Final = _EVENT_SCHEMA.extend(
    {vol.Required(_PLATE): event_commands.SUB_LABEL, vol.Optional(_SCORE): event_commands.SCORE}
)
_DESCRIPTION_SCHEMA: Final = _EVENT_SCHEMA.extend({vol.Required(_DESCRIPTION): event_commands.DESCRIPTION})
_EVENTS_SCHEMA: Final = vol.All(
    vol.Schema(
        {
            vol.Optional(_EVENT_ID): cv.string,
            vol.Optional(_MEDIA): vol.All(cv.ensure_list, vol.Length(max=_MAX_MEDIA), [_entry_and_event]),
            **_ENTRY,
        }
    ),
    cv.has_at_least_one_key(_EVENT_ID, _MEDIA),
)
_MARK_SCHEMA: Final = vol.Schema(
    {
        vol.Required("review_id"): review_commands.IDS,
        vol.Optional("reviewed", default=True): cv.boolean,
        **_ENTRY,
    }
)
_EXPORT_SCHEMA: Final = vol.Schema({**export_commands.CREATE_FIELDS, **_ENTRY})
_CREATE_SCHEMA: Final = vol.Schema(
    {
        vol.Required("camera"): cv.string,
        vol.Required("label"): event_commands.NAME,
        vol.Optional("sub_label"): event_commands.NAME,
        vol.Optional("duration", default=event_commands.DEFAULT_DURATION_S): event_commands.DURATION,
        vol.Optional("snapshot", default=True): cv.boolean,
        **_ENTRY,
    }
)
_IMPORT_SCHEMA: Final = vol.Schema({**imports.FIELDS, **_ENTRY})
_GET_SCHEMA: Final = vol.Schema(
    {
        vol.Optional("camera"): event_commands.NAMES,
        vol.Optional("label"): event_commands.NAMES,
        vol.Optional("zone"): event_commands.NAMES,
        **event_commands.FILTER_FIELDS,
        **event_commands.PAGE_FIELDS,
        **_ENTRY,
    }
)


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register the actions once; they stay when entries are unloaded."""
    register = hass.services.async_register
    optional = SupportsResponse.OPTIONAL
    register(DOMAIN, SERVICE_CREATE_EVENT, _create, _CREATE_SCHEMA, optional)
    register(DOMAIN, SERVICE_END_EVENT, _end, _EVENT_SCHEMA)
    register(DOMAIN, SERVICE_RETAIN_EVENT, _retain, _EVENTS_SCHEMA)
    register(DOMAIN, SERVICE_UNRETAIN_EVENT, _unretain, _EVENTS_SCHEMA)
    register(DOMAIN, SERVICE_SET_SUB_LABEL, _set_sub_label, _SUB_LABEL_SCHEMA)
    register(DOMAIN, SERVICE_SET_DESCRIPTION, _set_description, _DESCRIPTION_SCHEMA)
    register(DOMAIN, SERVICE_SET_LICENSE_PLATE, _set_plate, _PLATE_SCHEMA)
    register(DOMAIN, SERVICE_GET_EVENTS, _get, _GET_SCHEMA, SupportsResponse.ONLY)
    register(DOMAIN, SERVICE_MARK_REVIEWED, _mark, _MARK_SCHEMA, optional)
    register(DOMAIN, SERVICE_EXPORT_RECORDING, _export, _EXPORT_SCHEMA, optional)
    async_register_admin_service(hass, DOMAIN, SERVICE_DELETE_EVENT, _delete, _EVENTS_SCHEMA)
    async_register_admin_service(hass, DOMAIN, SERVICE_CONVERT_FILE, _convert, vol.Schema(_ENTRY), optional)
    async_register_admin_service(hass, DOMAIN, SERVICE_IMPORT_FRIGATE, _import, _IMPORT_SCHEMA, optional)
    async_register_admin_service(hass, DOMAIN, SERVICE_CANCEL_IMPORT, _cancel_import, vol.Schema(_ENTRY), optional)


async def _create(call: ServiceCall) -> ServiceResponse:
    event_id = await event_commands.async_create(
        call.hass,
        await Access.async_of_call(call),
        call.data.get(ATTR_CONFIG_ENTRY_ID),
        call.data["camera"],
        call.data["label"],
        sub_label=call.data.get("sub_label"),
        duration_s=call.data["duration"],
        has_picture=call.data["snapshot"],
    )
    return {_EVENT_ID: event_id} if call.return_response else None


async def _end(call: ServiceCall) -> None:
    access = await Access.async_of_call(call)
    await event_commands.async_end(call.hass, access, call.data.get(ATTR_CONFIG_ENTRY_ID), call.data[_EVENT_ID])


async def _retain(call: ServiceCall) -> None:
    await _keep(call, retained=True)


async def _unretain(call: ServiceCall) -> None:
    await _keep(call, retained=False)


async def _keep(call: ServiceCall, *, retained: bool) -> None:
    access = await Access.async_of_call(call)
    for entry_id, event_id in _events(call):
        await event_commands.async_retain(call.hass, access, entry_id, event_id, retained=retained)


async def _set_sub_label(call: ServiceCall) -> None:
    text, score = call.data[_SUB_LABEL], call.data.get(_SCORE)
    await _note(call, lambda nvr: nvr.set_sub_label(call.data[_EVENT_ID], text, score))


async def _set_description(call: ServiceCall) -> None:
    await _note(call, lambda nvr: nvr.set_description(call.data[_EVENT_ID], call.data[_DESCRIPTION]))


async def _set_plate(call: ServiceCall) -> None:
    plate, score = call.data[_PLATE], call.data.get(_SCORE)
    await _note(call, lambda nvr: nvr.set_plate(call.data[_EVENT_ID], plate, score))


async def _note(call: ServiceCall, note: Callable[[Nvr], Future[bool]]) -> None:
    access = await Access.async_of_call(call)
    await event_commands.async_note(call.hass, access, call.data.get(ATTR_CONFIG_ENTRY_ID), call.data[_EVENT_ID], note)


async def _delete(call: ServiceCall) -> None:
    for entry_id, event_id in _events(call):
        await event_commands.async_delete(call.hass, entry_id, event_id)


def _events(call: ServiceCall) -> list[tuple[str | None, str]]:
    """Return the events of an action, each once, with their entries if known."""
    by_id = [(call.data.get(ATTR_CONFIG_ENTRY_ID), call.data[_EVENT_ID])] if _EVENT_ID in call.data else []
    return list(dict.fromkeys((*by_id, *call.data.get(_MEDIA, ()))))


async def _mark(call: ServiceCall) -> ServiceResponse:
    systems = async_required_systems(call.hass, call.data.get(ATTR_CONFIG_ENTRY_ID))
    count = await review_commands.async_mark(
        await Access.async_of_call(call), systems, call.data["review_id"], is_reviewed=call.data["reviewed"]
    )
    return {"count": count} if call.return_response else None


async def _export(call: ServiceCall) -> ServiceResponse:
    access = await Access.async_of_call(call)
    entry_id = call.data.get(ATTR_CONFIG_ENTRY_ID)
    export = await export_commands.async_create(call.hass, access, entry_id, call.data)
    return {"export_id": export.id} if call.return_response else None


async def _convert(call: ServiceCall) -> ServiceResponse:
    entry = async_required_entry(call.hass, call.data.get(ATTR_CONFIG_ENTRY_ID))
    if not entry_config.is_file(entry):
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="no_file")
    found = await async_look(call.hass, entry)
    if found.differences:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="not_convertible",
            translation_placeholders={"places": ", ".join(found.differences)},
        )
    await async_convert(call.hass, entry, found)
    return {"cameras": list(found.cameras)} if call.return_response else None


async def _import(call: ServiceCall) -> ServiceResponse:
    data = async_required_system(call.hass, call.data.get(ATTR_CONFIG_ENTRY_ID))
    access = await Access.async_of_call(call)
    request = imports.request_of(call.hass, data, call.data, access.user_id)
    report = await imports.async_import(call.hass, data, request)
    return {**report.to_payload(), "report": report.to_text()} if call.return_response else None


async def _cancel_import(call: ServiceCall) -> ServiceResponse:
    data = async_required_system(call.hass, call.data.get(ATTR_CONFIG_ENTRY_ID))
    was_running = data.imports.cancel()
    return {"cancelled": was_running} if call.return_response else None


async def _get(call: ServiceCall) -> ServiceResponse:
    data = async_required_system(call.hass, call.data.get(ATTR_CONFIG_ENTRY_ID))
    cameras = event_commands.async_camera_names(call.hass, data, call.data.get("camera", []))
    access = await Access.async_of_call(call)
    filtered = event_commands.event_filter(
        call.data, cameras=cameras, labels=call.data.get("label"), zones=call.data.get("zone")
    )
    wanted = access.limit(data, filtered)
    events = await event_commands.async_read(call.hass, data, lambda store: store.events(wanted))
    return {"events": [event.to_payload(include_thumbnail=wanted.include_thumbnails) for event in events]}
