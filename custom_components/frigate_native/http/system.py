"""Version, configuration and statistics of a system."""

import time
from functools import partial
from pathlib import Path
from typing import Any, Final

from aiohttp import web

from ..data import FrigateNativeData
from ..engine.config.dump import config_to_payload
from ..engine.disk.report import disk_report
from .api_request import NO_STORE, ApiRequest, async_json_response

_SHARED_MEMORY: Final = Path("/dev/shm")  # noqa: S108  # a key that Frigate 0.8.4 has; we do not use it


async def version(request: ApiRequest) -> web.Response:
    """Return the version in Frigate's format, as number and build."""
    return web.Response(text=f"{request.first.version}-native", headers=NO_STORE)


async def config(request: ApiRequest) -> web.Response:
    """Return the configuration with all defaults and without secrets."""
    data = request.first
    paths = data.paths

    def read() -> dict[str, Any]:
        return config_to_payload(data.config, clips=paths.clips, recordings=paths.recordings, cache=paths.cache)

    return await async_json_response(request, read)


async def stats(request: ApiRequest) -> web.Response:
    """Return the rates of cameras and detectors, and the state of the service."""
    return await async_json_response(request, partial(_stats, request.first))


def _stats(data: FrigateNativeData) -> dict[str, Any]:
    paths = data.paths
    service = {
        "uptime": int(time.monotonic() - data.started),
        "version": data.version,
        "storage": disk_report((paths.recordings, paths.clips, paths.cache, _SHARED_MEMORY)),
    }
    return data.nvr.stats().to_payload() | {"service": service}
