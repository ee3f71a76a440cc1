"""The tree of recordings: folders as JSON, and files with range requests."""

from email.utils import formatdate
from functools import partial
from pathlib import Path
from typing import Any, Final

from aiohttp import web

from ..data import FrigateNativeData
from ..recorder.recordings_tree import RecordingsTree, RecordingsTreeItem, camera_of
from .api_request import CACHEABLE, ApiRequest, async_json_response

_NOT_FOUND: Final = "File not found"


async def root(request: ApiRequest) -> web.Response:
    """Return the list of months and of dates."""
    return await async_json_response(request, partial(_listing, request, ()))


async def folder_or_file(request: ApiRequest) -> web.StreamResponse:
    """Return the contents of a folder, or a recording, from the first system that has it."""
    parts = tuple(request.path_part("path").removesuffix("/").split("/"))
    path = await request.async_read(partial(_file, request, parts))
    if path is not None:
        return web.FileResponse(path, headers=CACHEABLE)
    return await async_json_response(request, partial(_listing, request, parts if parts != ("",) else ()))


def _file(request: ApiRequest, parts: tuple[str, ...]) -> Path | None:
    systems = (data for data in request.systems if _may_see(request, data, parts))
    found = (RecordingsTree(data.paths.recordings).file(*parts) for data in systems)
    return next((path for path in found if path is not None), None)


def _listing(request: ApiRequest, parts: tuple[str, ...]) -> list[dict[str, Any]]:
    for data in request.systems:
        if not _may_see(request, data, parts):
            continue
        try:
            items = RecordingsTree(data.paths.recordings).items(*parts)
        except OSError as err:
            raise web.HTTPServiceUnavailable(text=f"Cannot read recordings: {err.strerror}") from err
        if items is not None:
            return [_payload(item) for item in items if _may_see(request, data, (*parts, item.name))]
    raise web.HTTPNotFound(text=_NOT_FOUND)


def _may_see(request: ApiRequest, data: FrigateNativeData, parts: tuple[str, ...]) -> bool:
    """Return whether the user may see a path below the recordings, judged by the camera in it, if any."""
    camera = camera_of(parts)
    return camera is None or request.access.may_see(data, camera)


def _payload(item: RecordingsTreeItem) -> dict[str, Any]:
    """Return an item in the format of nginx's autoindex."""
    payload: dict[str, Any] = {
        "name": item.name,
        "type": "directory" if item.is_folder else "file",
        "mtime": formatdate(item.modified, usegmt=True),
    }
    return payload if item.size is None else payload | {"size": item.size}
