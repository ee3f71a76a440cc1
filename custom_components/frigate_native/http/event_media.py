"""Images and clips of ongoing and ended events."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from aiohttp import web
from homeassistant.util import dt as dt_util

from ..data import FrigateNativeData
from ..engine.errors import MediaError
from ..engine.media import existing_clean_copy, existing_file
from ..engine.media.file_names import parse_media_name
from ..engine.pictures import Picture, PictureStyle, render_picture, widen_jpeg
from ..engine.store import EventFilter, StoredEvent
from ..engine.store.event_writer import THUMBNAIL_STYLE
from ..runtime.picture_queue import View
from .api_request import CACHEABLE, ApiRequest, jpeg_response
from .drawing import read_height, useful_height
from .events import find_event, not_found
from .parameters import Query, flag, number
from .recorded_spans import of_event, system_of
from .recorded_video import async_clip, video_headers
from .stored_snapshot import stored_view

_ANDROID: Final = "android"
_ANY: Final = "any"
_CLIP: Final = ".mp4"

type _Found = tuple[FrigateNativeData, StoredEvent, Path | None]


async def newest_thumbnail(request: ApiRequest) -> web.Response:
    """Return the thumbnail of a camera's newest event with a label."""
    return await _picture(request, THUMBNAIL_STYLE, (await _newest(request)).id)


async def newest_snapshot(request: ApiRequest) -> web.Response:
    """Return the image of a camera's newest event with a label."""
    return await _picture(request, _read_style(request.http.query), (await _newest(request)).id)


async def newest_clip(request: ApiRequest) -> web.StreamResponse:
    """Return the clip of a camera's newest event with a label that has one."""
    event = await _newest(request, has_clip=True)
    data = system_of(request, event.camera)
    return await _async_file(request, lambda: _clip_of(data, event), _CLIP)


async def snapshot(request: ApiRequest) -> web.Response:
    """Return the image of an event; its size and overlays can be chosen while there is a picture without any."""
    style = _read_style(request.http.query)
    if (data := await request.async_read(partial(_with_clean_copy, request))) is not None:
        stored = await request.async_read(partial(stored_view, request, data))
        return jpeg_response(await request.async_draw(data, stored), is_final=True)
    return await _picture(request, style)


async def clean_snapshot(request: ApiRequest) -> web.StreamResponse:
    """Return the whole picture of an event that has ended, without anything drawn on it."""

    def find() -> Path | None:
        data, event = find_event(request, request.path_part("event_id"), include_thumbnail=False)
        return existing_clean_copy(data.paths.clips, event.camera, event.id)

    if (path := await request.async_read(find)) is None:
        raise web.HTTPNotFound(text="File not found")
    return web.FileResponse(path, headers=CACHEABLE)


async def thumbnail(request: ApiRequest) -> web.Response:
    """Return the image of an event as notifications need it."""
    return await _picture(request, THUMBNAIL_STYLE)


async def media_file(request: ApiRequest) -> web.StreamResponse:
    """Return the clip or snapshot of an event in the database; supports range requests."""
    key = parse_media_name(request.path_part("name"))  # only parsed names reach the disk
    if key is None:
        raise not_found()
    camera, event_id = key
    suffix = Path(request.path_part("name")).suffix

    def find() -> _Found:
        data, event = find_event(request, event_id, include_thumbnail=False)
        if event.camera != camera:
            raise not_found()
        return data, event, existing_file(data.paths.clips, camera, event_id, suffix)

    return await _async_file(request, find, suffix)


async def clip(request: ApiRequest) -> web.StreamResponse:
    """Return the clip of an event, or what is recorded of it; while it is ongoing, or with padding, up to now."""
    data, camera, requested = await request.async_read(partial(of_event, request))
    event_id = request.path_part("event_id")

    def find() -> _Found:
        event = find_event(request, event_id, include_thumbnail=False)[1]
        return data, event, existing_file(data.paths.clips, camera, event_id, _CLIP)

    _, event, path = await request.async_read(find)
    is_whole = event.end_time is not None and not number(request.http.query, "padding")
    if is_whole and (path is not None or event.has_clip):
        return await _async_file(request, find, _CLIP)
    return await async_clip(request, data, camera, requested)


async def public_clip(request: ApiRequest) -> web.StreamResponse:
    """Return the clip of an event if its entry allows access without login."""
    event_id = request.path_part("event_id")

    def find() -> _Found:
        data, event = find_event(request, event_id, include_thumbnail=False)
        if not data.http.has_public_clips:
            raise not_found()
        return data, event, existing_file(data.paths.clips, event.camera, event_id, _CLIP)

    return await _async_file(request, find, _CLIP)


async def _async_file(request: ApiRequest, find: Callable[[], _Found], suffix: str) -> web.StreamResponse:
    """Return a file of an event; a clip that was not made yet is cut from recordings."""
    data, event, path = await request.async_read(find)
    if path is None and suffix == _CLIP and event.has_clip:
        path = await request.async_cut(data, partial(_cut, data, event))
    if path is None:
        raise web.HTTPNotFound(text=event.clip_problem or "File not found")
    headers = video_headers(request.http.query, path.name) if suffix == _CLIP else {}
    return web.FileResponse(path, headers=CACHEABLE | headers)


def _cut(data: FrigateNativeData, event: StoredEvent) -> Path | None:
    """Return the clip of an event, cut from recordings. Blocks."""
    try:
        return data.recordings.clip(event)
    except (MediaError, ValueError) as err:
        raise web.HTTPNotFound(text=str(err)) from err


async def _newest(request: ApiRequest, *, has_clip: bool | None = None) -> StoredEvent:
    """Return the newest event of the camera and label in the path; `any` stands for all labels."""
    data, camera = request.camera()
    label = request.path_part("label")
    labels = () if label == _ANY else (label,)
    wanted = EventFilter(
        cameras=(camera,), labels=labels, has_clip=has_clip, in_progress=None, limit=1, include_thumbnails=False
    )
    found = await request.async_read(partial(data.store.events, wanted))
    if not found:
        raise not_found()
    return found[0]


def _clip_of(data: FrigateNativeData, event: StoredEvent) -> _Found:
    return data, event, existing_file(data.paths.clips, event.camera, event.id, _CLIP)


async def _picture(request: ApiRequest, style: PictureStyle, event_id: str | None = None) -> web.Response:
    """Return the image of an event, of that in the path if no other is given."""
    event_id = event_id or request.path_part("event_id")
    is_wide = request.http.query.get("format") == _ANDROID
    for data in request.systems:
        picture = data.event_writer.picture(event_id)
        if picture is not None and request.access.may_see(data, picture.camera):
            height = useful_height(style.height, picture.frame.size)
            view = _view(picture, replace(style, android=is_wide, height=height))
            return jpeg_response(await request.async_draw(data, view))
    data, content, is_final = await request.async_read(partial(_find_picture, request, event_id))
    if is_wide:
        view = View(key=("wide", event_id), version=lambda: content, draw=partial(widen_jpeg, content))
        return jpeg_response(await request.async_draw(data, view), is_final=is_final)
    return jpeg_response(content, is_final=is_final)


def _with_clean_copy(request: ApiRequest) -> FrigateNativeData | None:
    """Return the system that has a picture of the event without anything drawn on it, once it has ended. Blocks."""
    event_id = request.path_part("event_id")
    if any(data.event_writer.state(event_id) is not None for data in request.systems):
        return None
    data, event = find_event(request, event_id, include_thumbnail=False)
    return data if existing_clean_copy(data.paths.clips, event.camera, event_id) is not None else None


def _view(picture: Picture, style: PictureStyle) -> View:
    key = ("event", picture.event_id, style)
    return View(key=key, version=lambda: picture.frame.time, draw=partial(render_picture, picture, style))


def _find_picture(request: ApiRequest, event_id: str) -> tuple[FrigateNativeData, bytes, bool]:
    """Return the stored image of an event, and whether it is final. Blocks."""
    for data in request.systems:
        state = data.event_writer.state(event_id)
        if state is None or not request.access.may_see(data, state.camera):
            continue
        if waiting := data.event_writer.thumbnail(event_id):
            return data, waiting, False
    data, event = find_event(request, event_id)
    if event.thumbnail is None:
        raise not_found()
    return data, event.thumbnail, event.end_time is not None


def _read_style(query: Query) -> PictureStyle:
    usual = THUMBNAIL_STYLE
    is_cropped = flag(query, "crop", usual.crop)
    return replace(
        usual,
        bounding_box=flag(query, "bbox", usual.bounding_box),
        timestamp=flag(query, "timestamp", usual.timestamp),
        time_zone=dt_util.get_default_time_zone(),
        crop=is_cropped,
        height=read_height(query) or (usual.height if is_cropped else None),
    )
