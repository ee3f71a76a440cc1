"""The video of an event as HTTP Live Streaming: from recordings, or from its clip's file."""

from functools import partial
from pathlib import Path
from typing import Final

from aiohttp import web

from ..engine.errors import MediaError
from ..engine.media import existing_file
from ..engine.recordings import hls
from ..engine.store import Recording, StoredEvent
from .api_request import CACHEABLE, ApiRequest
from .events import find_event
from .recorded_video import INDEX, MASTER, playlist_response, signer, stream_of_event

_NOT_FOUND: Final = "File not found"

type _Found = tuple[StoredEvent, Path | None]


async def stream(request: ApiRequest) -> web.StreamResponse:
    """Return a playlist of an event's video, or a part of it."""
    event, path = await request.async_read(partial(_find, request))
    if path is not None:
        return await _async_of_file(request, event, path)
    return await stream_of_event(request)


def _find(request: ApiRequest) -> _Found:
    """Return the event, and the file of its clip if there are no recordings of it."""
    data, event = find_event(request, request.path_part("event_id"), include_thumbnail=False)
    if event.end_time is None or data.recordings.has_clip(event):
        return event, None
    return event, existing_file(data.paths.clips, event.camera, event.id, ".mp4")


async def _async_of_file(request: ApiRequest, event: StoredEvent, path: Path) -> web.StreamResponse:
    name = request.path_part("file")
    if name == MASTER:
        return playlist_response(hls.master_playlist(signer(request)(INDEX)))
    if name == INDEX:
        clip = await request.async_read(partial(_as_recording, event, path))
        return playlist_response(hls.playlist([clip], signer(request)))
    if (part := hls.part_start(name)) is None:
        raise web.HTTPNotFound(text=_NOT_FOUND)
    body = await request.async_read(partial(_read_part, path, is_init=part[0]))
    return web.Response(body=body, content_type="video/mp4", headers=CACHEABLE)


def _as_recording(event: StoredEvent, path: Path) -> Recording:
    """Return a clip as a recording of its own. Blocks."""
    try:
        end = event.start_time + hls.read_duration_s(path)
    except MediaError as err:
        raise web.HTTPNotFound(text=str(err)) from err
    return Recording(camera=event.camera, path=path.name, start=event.start_time, end=end, size=0)


def _read_part(path: Path, *, is_init: bool) -> bytes:
    try:
        return hls.read_part(path, 0.0, is_init=is_init)
    except MediaError as err:
        raise web.HTTPNotFound(text=str(err)) from err
