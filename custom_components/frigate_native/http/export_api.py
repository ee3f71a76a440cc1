"""Exports: created, listed, renamed and deleted."""

from http import HTTPStatus
from typing import Any, Final

import voluptuous as vol
from aiohttp import web

from ..automation import export_commands
from ..automation.event_commands import NAME
from ..engine.store import ExportFilter
from ..frigate_api.exports import export_row
from .api_request import ApiRequest, async_json_response
from .bodies import async_body, done
from .parameters import integer, invalid, names
from .recorded_spans import of_times

_SPEEDS: Final = {"realtime": 1.0, "timelapse_25x": 25.0}
_CREATE: Final = vol.Schema(
    {
        vol.Optional("playback", default="realtime"): vol.In(list(_SPEEDS)),
        vol.Optional("source", default="recordings"): "recordings",
        vol.Optional("name"): vol.Any(None, "", NAME),
    },
    extra=vol.REMOVE_EXTRA,
)
_RENAME: Final = vol.Schema({vol.Required("name"): NAME}, extra=vol.REMOVE_EXTRA)
_DELETE: Final = vol.Schema({vol.Required("ids"): vol.All([str], vol.Length(max=10_000))}, extra=vol.REMOVE_EXTRA)
_MOST: Final = 10_000


async def create(request: ApiRequest) -> web.Response:
    """Queue an export of a camera's recordings."""
    body = await async_body(request, _CREATE)
    _, camera, span = of_times(request)
    values: dict[str, Any] = {"camera": camera, "start_time": span.start, "end_time": span.end}
    values["speed"] = _SPEEDS[body["playback"]]
    if body.get("name"):
        values["name"] = body["name"]
    export = await export_commands.async_create(request.hass, request.access, request.entry_id, values)
    return done("Export queued", HTTPStatus.ACCEPTED, export_id=export.id, status="queued")


async def listing(request: ApiRequest) -> web.Response:
    """Return exports, the newest first."""
    data, query = request.first, request.http.query
    limit = integer(query, "limit", _MOST, minimum=1, maximum=_MOST)
    selected = request.access.limit(data, ExportFilter(cameras=names(query, "cameras"), limit=limit))
    return await async_json_response(request, lambda: [export_row(one) for one in data.store.exports.exports(selected)])


async def single(request: ApiRequest) -> web.Response:
    """Return one export."""
    export_id = request.path_part("export_id")

    def read() -> dict[str, Any]:
        for data in request.systems:
            export = data.store.exports.export(export_id)
            if export is not None and request.access.may_see(data, export.camera):
                return export_row(export)
        raise web.HTTPNotFound(text="Export not found")

    return await async_json_response(request, read)


async def rename(request: ApiRequest) -> web.Response:
    """Give an export another name."""
    name = (await async_body(request, _RENAME))["name"]
    await export_commands.async_rename(
        request.hass, request.access, request.first, request.path_part("export_id"), name
    )
    return done("Export renamed")


async def delete(request: ApiRequest) -> web.Response:
    """Delete an export with its file."""
    return await _async_delete(request, [request.path_part("export_id")])


async def delete_several(request: ApiRequest) -> web.Response:
    """Delete exports with their files."""
    ids = (await async_body(request, _DELETE))["ids"]
    if not ids:
        raise invalid("ids", "[]", "at least one export")
    return await _async_delete(request, ids)


async def _async_delete(request: ApiRequest, ids: list[str]) -> web.Response:
    request.access.check_admin()
    counts = [await export_commands.async_delete(request.hass, data, ids) for data in request.systems]
    if not any(counts):
        raise web.HTTPNotFound(text="Export not found")
    return done("Exports deleted")
