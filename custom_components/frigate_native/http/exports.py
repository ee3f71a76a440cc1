"""The files of exports."""

from collections.abc import Callable
from pathlib import Path

from aiohttp import web

from ..engine.errors import StoreError
from ..engine.exports.service import ExportService
from ..engine.store import ExportTable, StoredExport
from .api_request import CACHEABLE, ApiRequest


async def film(request: ApiRequest) -> web.StreamResponse:
    """Return the file of an export by its name; supports range requests."""
    name = request.path_part("export")
    return await _async_file(request, lambda exports: exports.of_file(name), ExportService.film)


async def thumbnail(request: ApiRequest) -> web.StreamResponse:
    """Return the thumbnail of an export by its ID."""
    export_id = request.path_part("export_id")
    return await _async_file(request, lambda exports: exports.export(export_id), ExportService.picture)


async def _async_file(
    request: ApiRequest,
    find: Callable[[ExportTable], StoredExport | None],
    path_of: Callable[[ExportService, StoredExport], Path | None],
) -> web.StreamResponse:
    def read() -> Path:
        broken: StoreError | None = None
        for data in request.systems:
            try:
                export = find(data.store.exports)
            except StoreError as err:  # another entry may have it
                broken = err
                continue
            if export is not None and request.access.may_see(data, export.camera):
                if (path := path_of(data.exports, export)) is not None:
                    return path
                raise web.HTTPNotFound(text=export.problem or "File not found")
        raise broken or web.HTTPNotFound(text="Export not found")

    return web.FileResponse(await request.async_read(read), headers=CACHEABLE)
