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
    visible = request.access.visible_cameras(data)

    def read() -> dict[str, Any]:
        payload = config_to_payload(data.config, clips=paths.clips, recordings=paths.recordings, cache=paths.cache)
        return payload | {"cameras": _only(payload["cameras"], visible)}

    return await async_json_response(request, read)


async def stats(request: ApiRequest) -> web.Response:
    """Return the rates of cameras and detectors, and the state of the service."""
    visible = request.access.visible_cameras(request.first)
    return await async_json_response(request, partial(_stats, request.first, visible))


def _only(cameras: dict[str, Any], visible: frozenset[str] | None) -> dict[str, Any]:
    return cameras if visible is None else {name: cameras[name] for name in cameras if name in visible}


def _stats(data: FrigateNativeData, visible: frozenset[str] | None) -> dict[str, Any]:
    paths = data.paths
    service = {
        "uptime": int(time.monotonic() - data.started),
        "version": data.version,
        "storage": disk_report((paths.recordings, paths.clips, paths.cache, _SHARED_MEMORY)),
    }
    hidden = set() if visible is None else set(data.config.cameras) - visible
    rates = data.nvr.stats().to_payload()
    return {name: value for name, value in rates.items() if name not in hidden} | {"service": service}
