"""Video cut from recordings: a time range or an event as an MP4 file or as HTTP Live Streaming."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from aiohttp import hdrs, web
from homeassistant.components.http.auth import SIGN_QUERY_PARAM, async_sign_path
from homeassistant.components.http.const import KEY_HASS_USER
from yarl import URL

from ..data import FrigateNativeData
from ..engine.errors import MediaError
from ..engine.media.assembly import TimeRange
from ..engine.recordings import hls
from .api_request import CACHEABLE, NO_STORE, ApiRequest
from .parameters import Query, flag
from .recorded_spans import FindSpan, of_event, of_hour, of_times

INDEX: Final = "index.m3u8"
MASTER: Final = "master.m3u8"
_PLAYLIST: Final = "application/vnd.apple.mpegurl"
_LIFETIME: Final = timedelta(days=1)
_TOLERANCE_S: Final = 0.001


async def clip(request: ApiRequest) -> web.StreamResponse:
    """Return a time range of a camera as an MP4 file; supports range requests."""
    data, camera, requested = await request.async_read(partial(of_times, request))
    return await async_clip(request, data, camera, requested)


async def async_clip(
    request: ApiRequest, data: FrigateNativeData, camera: str, requested: TimeRange
) -> web.StreamResponse:
    """Return what is recorded of a time range as an MP4 file."""

    def cut() -> Path:
        try:
            return data.recordings.cuts.cut(camera, requested)
        except MediaError as err:
            raise web.HTTPNotFound(text=str(err)) from err
        except ValueError as err:
            raise web.HTTPBadRequest(text=str(err)) from err

    path = await request.async_cut(data, cut)
    return web.FileResponse(path, headers=NO_STORE | video_headers(request.http.query, f"{camera}.mp4"))


def video_headers(query: Query, name: str) -> dict[str, str]:
    """Return the headers of an MP4 file, which the browser saves if the query asks for a download."""
    found: dict[str, str] = {hdrs.CONTENT_TYPE: "video/mp4"}
    if query.get("download") == "true" or ("download" in query and flag(query, "download", False)):
        found[hdrs.CONTENT_DISPOSITION] = f'attachment; filename="{name}"'
    return found


async def stream(request: ApiRequest) -> web.StreamResponse:
    """Return a playlist of a camera's time range, or a part of it."""
    return await _async_stream(request, of_times)


async def stream_of_hour(request: ApiRequest) -> web.StreamResponse:
    """Return a playlist of a camera's hour, or a part of it."""
    return await _async_stream(request, of_hour)


async def stream_of_event(request: ApiRequest) -> web.StreamResponse:
    """Return a playlist of an event, or a part of it."""
    return await _async_stream(request, of_event)


async def _async_stream(request: ApiRequest, find: FindSpan) -> web.StreamResponse:
    data, camera, requested = await request.async_read(partial(find, request))
    name = request.path_part("file")
    if name == MASTER:
        return playlist_response(hls.master_playlist(signer(request)(INDEX)))
    if name == INDEX:
        recordings = await request.async_read(
            partial(data.store.recordings.between, camera, requested.start, requested.end)
        )
        if not recordings:
            raise web.HTTPNotFound(text="Nothing is recorded at that time")
        return playlist_response(hls.playlist(recordings, signer(request)))
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


def signer(request: ApiRequest) -> Callable[[str], str]:
    """Return what makes addresses beside the requested one.

    They have its query, as today's clients expect. On Home Assistant's server they are signed for the same user.
    """
    query = {name: value for name, value in request.http.query.items() if name != SIGN_QUERY_PARAM}
    if request.http.get(KEY_HASS_USER) is None:
        return lambda name: str(URL(name).with_query(query))
    folder = request.http.path.rpartition("/")[0]

    def sign(name: str) -> str:
        signed = async_sign_path(request.hass, str(URL(f"{folder}/{name}").with_query(query)), _LIFETIME)
        return f"{name}?{signed.partition('?')[2]}"

    return sign


def playlist_response(text: str) -> web.Response:
    """Return a response with a playlist."""
    return web.Response(text=text, content_type=_PLAYLIST, headers=NO_STORE)
