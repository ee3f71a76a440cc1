"""Version, configuration and statistics of a system."""

import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from aiohttp import web
from homeassistant.components.http.const import KEY_HASS_USER

from ..configuration import entry_config
from ..data import FrigateNativeData
from ..engine.config.dump import config_to_payload
from ..engine.disk.report import disk_report
from ..frigate_api.config import config_payload
from ..frigate_api.metrics import metrics_text
from ..frigate_api.stats import service_payload, stats_payload
from ..frigate_api.version import claimed_version
from .api_request import NO_STORE, ApiRequest, async_json_response

_SHARED_MEMORY: Final = Path("/dev/shm")  # noqa: S108  # a key that Frigate 0.8.4 has; we do not use it


async def version(request: ApiRequest) -> web.Response:
    """Return the version in Frigate's format, as number and build."""
    own = request.first.version
    return web.Response(text=claimed_version(own) if request.is_todays else f"{own}-native", headers=NO_STORE)


async def config(request: ApiRequest) -> web.Response:
    """Return the configuration with all defaults and without secrets."""
    data = request.first
    paths = data.paths
    visible, prefix = request.access.visible_cameras(data), _topic_prefix(request)

    def read() -> dict[str, Any]:
        payload = config_to_payload(data.config, clips=paths.clips, recordings=paths.recordings, cache=paths.cache)
        payload |= {"cameras": _only(payload["cameras"], visible)}
        return config_payload(payload, topic_prefix=prefix) if request.is_todays else payload

    return await async_json_response(request, read)


async def stats(request: ApiRequest) -> web.Response:
    """Return the rates of cameras and detectors, and the state of the service."""
    visible = request.access.visible_cameras(request.first)
    read = _todays_stats if request.is_todays else _stats
    return await async_json_response(request, partial(read, request.first, visible))


async def metrics(request: ApiRequest) -> web.Response:
    """Return the statistics as Prometheus reads them."""
    data, visible = request.first, request.access.visible_cameras(request.first)
    text = await request.async_read(lambda: metrics_text(_todays_stats(data, visible)))
    return web.Response(text=text, content_type="text/plain", headers=NO_STORE)


async def profile(request: ApiRequest) -> web.Response:
    """Return who asks, as clients check after a login."""
    data, visible = request.first, request.access.visible_cameras(request.first)
    user = request.http.get(KEY_HASS_USER)
    cameras = [name for name in data.config.cameras if visible is None or name in visible]
    is_admin = user.is_admin if user else data.http.allows_writes
    answer = {"username": (user.name or "") if user else "anonymous", "role": "admin" if is_admin else "viewer"}
    return await async_json_response(request, lambda: answer | {"allowed_cameras": cameras})


async def ptz_info(request: ApiRequest) -> web.Response:
    """Return what a camera can be told to move: nothing, since PTZ is left to the camera's own integration."""
    request.camera()
    return await async_json_response(request, dict)


def _topic_prefix(request: ApiRequest) -> str:
    """Return what the MQTT topics begin with, through either way to the broker."""
    entry = request.hass.config_entries.async_get_entry(request.first.entry_id)
    assert entry is not None
    return entry_config.topic_prefix(entry, request.first.config)


def _only[T](cameras: dict[str, T], visible: frozenset[str] | None) -> dict[str, T]:
    return cameras if visible is None else {name: cameras[name] for name in cameras if name in visible}


def _todays_stats(data: FrigateNativeData, visible: frozenset[str] | None) -> dict[str, Any]:
    stats = data.nvr.stats()
    shown = replace(stats, cameras=_only(stats.cameras, visible))
    detecting = {name for name in shown.cameras if data.nvr.camera_config(name).detect.enabled}
    uptime_s = int(time.monotonic() - data.started)
    service = service_payload(data.version, data.paths, uptime_s=uptime_s, now=time.time())
    return stats_payload(shown, detecting=detecting, service=service)


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
