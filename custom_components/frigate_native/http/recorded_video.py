"""Video cut from recordings: a time range as an MP4 file or as HTTP Live Streaming."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from math import isfinite
from pathlib import Path
from typing import Final

from aiohttp import web
from homeassistant.components.http.auth import async_sign_path
from homeassistant.components.http.const import KEY_HASS_USER
from yarl import URL

from ..data import FrigateNativeData
from ..engine.errors import MediaError
from ..engine.media.assembly import TimeRange
from ..engine.recordings import hls
from .api_request import CACHEABLE, NO_STORE, ApiRequest
from .parameters import invalid

_INDEX: Final = "index.m3u8"
_MASTER: Final = "master.m3u8"
_PLAYLIST: Final = "application/vnd.apple.mpegurl"
_LIFETIME: Final = timedelta(days=1)
_LONGEST_S: Final = 86_400.0
_TOLERANCE_S: Final = 0.001


async def clip(request: ApiRequest) -> web.StreamResponse:
    """Return a time range of a camera as an MP4 file; supports range requests."""
    camera, requested = request.path_part("camera"), _time_range(request)
    data = _system(request, camera)

    def cut() -> Path:
        try:
            return data.recordings.cuts.cut(camera, requested)
        except MediaError as err:
            raise web.HTTPNotFound(text=str(err)) from err
        except ValueError as err:
            raise web.HTTPBadRequest(text=str(err)) from err

    return web.FileResponse(await request.async_cut(data, cut), headers=NO_STORE | {"Content-Type": "video/mp4"})


async def stream(request: ApiRequest) -> web.StreamResponse:
    """Return a playlist of a camera's time range, or a part of it."""
    camera, name, requested = request.path_part("camera"), request.path_part("file"), _time_range(request)
    data = _system(request, camera)
    if name == _MASTER:
        return _playlist_response(hls.master_playlist(_signer(request)(_INDEX)))
    if name == _INDEX:
        recordings = await request.async_read(
            partial(data.store.recordings.between, camera, requested.start, requested.end)
        )
        if not recordings:
            raise web.HTTPNotFound(text="Nothing is recorded at that time")
        return _playlist_response(hls.playlist(recordings, _signer(request)))
    return await _part(request, data, camera, requested)


async def _part(request: ApiRequest, data: FrigateNativeData, camera: str, requested: TimeRange) -> web.Response:
    part = hls.part_start(request.path_part("file"))
    if part is None:
        raise web.HTTPNotFound(text="File not found")
    is_init, start = part

    def read() -> bytes:
        found = data.store.recordings.between(camera, start, start + _TOLERANCE_S)
        recording = next((one for one in found if abs(one.start - start) < _TOLERANCE_S), None)
        if recording is None:
            raise web.HTTPNotFound(text="The recording has been deleted")
        try:
            return hls.read_part(data.paths.recordings / recording.path, start - requested.start, is_init=is_init)
        except MediaError as err:
            raise web.HTTPNotFound(text=str(err)) from err

    body = await request.async_read(read)
    return web.Response(body=body, content_type="video/mp4", headers=CACHEABLE)


def _system(request: ApiRequest, camera: str) -> FrigateNativeData:
    """Return the first system that has the camera, or recordings of it, and shows it to the user."""
    visible = [data for data in request.systems if request.access.may_see(data, camera)]
    known = [data for data in visible if camera in data.config.cameras] or visible
    if not known:
        raise web.HTTPNotFound(text=f"Camera named {camera[:40]} not found")
    return known[0]


def _time_range(request: ApiRequest) -> TimeRange:
    start, end = _time(request, "start"), _time(request, "end")
    if not 0 < end - start <= _LONGEST_S:
        raise invalid("end", request.path_part("end"), "a time after start, within a day")
    return TimeRange(start=start, end=end)


def _time(request: ApiRequest, name: str) -> float:
    text = request.path_part(name)
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value) or not 0 <= value < 2**40:
        raise invalid(name, text, "seconds since 1970")
    return value


def _signer(request: ApiRequest) -> Callable[[str], str]:
    """Return what makes addresses beside the requested one: on Home Assistant's server signed for the same user."""
    entry_id = request.http.query.get("entry_id")
    query = {} if entry_id is None else {"entry_id": entry_id}
    if request.http.get(KEY_HASS_USER) is None:
        return lambda name: str(URL(name).with_query(query))
    folder = request.http.path.rpartition("/")[0]

    def sign(name: str) -> str:
        signed = async_sign_path(request.hass, str(URL(f"{folder}/{name}").with_query(query)), _LIFETIME)
        return f"{name}?{signed.partition('?')[2]}"

    return sign


def _playlist_response(text: str) -> web.Response:
    return web.Response(text=text, content_type=_PLAYLIST, headers=NO_STORE)
