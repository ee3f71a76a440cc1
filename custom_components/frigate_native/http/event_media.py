"""Pictures and clips of events, while they go on and after."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from aiohttp import web
from homeassistant.util import dt as dt_util

from ..data import FrigateNativeData
from ..engine.media import existing_file
from ..engine.media.file_names import parse_media_name
from ..engine.pictures import PictureStyle, render_picture, widen_jpeg
from ..engine.store import StoredEvent
from ..engine.store.event_writer import THUMBNAIL_STYLE
from .drawing import read_height, useful_height
from .event_request import KEEP, Question, jpeg
from .events import find_event, not_found
from .parameters import Query, switch

_ANDROID: Final = "android"


async def snapshot(question: Question) -> web.Response:
    """Answer with an event's picture; while the event goes on it can be had in any size and with all that is drawn."""
    return await _picture(question, _read_style(question.request.query))


async def thumbnail(question: Question) -> web.Response:
    """Answer with an event's picture as notifications like it."""
    return await _picture(question, THUMBNAIL_STYLE)


async def media_file(question: Question) -> web.StreamResponse:
    """Answer with the clip or snapshot file of an event that the database knows, parts of it if asked for."""
    key = parse_media_name(question.part("name"))  # whose words are plain: nothing else gets near the disk
    if key is None:
        raise not_found()
    camera, event_id = key
    suffix = Path(question.part("name")).suffix

    def find() -> Path:
        data, event = find_event(question, event_id, include_thumbnail=False)
        if event.camera != camera:
            raise not_found()
        return _existing(data, event, suffix)

    return web.FileResponse(await question.async_read(find), headers=KEEP)


async def public_clip(question: Question) -> web.StreamResponse:
    """Answer with an event's clip, if the options of its entry allow it to everybody who knows the id."""
    event_id = question.part("event_id")

    def find() -> Path:
        data, event = find_event(question, event_id, include_thumbnail=False)
        if not data.http.has_public_clips:
            raise not_found()
        return _existing(data, event, ".mp4")

    return web.FileResponse(await question.async_read(find), headers=KEEP)


def _existing(data: FrigateNativeData, event: StoredEvent, suffix: str) -> Path:
    """Return an event's file; blocks."""
    path = existing_file(data.paths.clips, event.camera, event.id, suffix)
    if path is None:
        raise web.HTTPNotFound(text=event.clip_problem or "File not found")
    return path


async def _picture(question: Question, style: PictureStyle) -> web.Response:
    event_id = question.part("event_id")
    is_wide = question.request.query.get("format") == _ANDROID
    for data in question.systems:
        picture = data.event_writer.picture(event_id)
        if picture is not None:
            height = useful_height(style.height, picture.frame.size)
            job = partial(render_picture, picture, replace(style, android=is_wide, height=height))
            return jpeg(await question.async_draw(data, job))
    data, content, is_final = await question.async_read(partial(_find_picture, question, event_id))
    if is_wide:
        return jpeg(await question.async_draw(data, partial(widen_jpeg, content)), is_final=is_final)
    return jpeg(content, is_final=is_final)


def _find_picture(question: Question, event_id: str) -> tuple[FrigateNativeData, bytes, bool]:
    """Return the stored picture of an event, and whether it stays as it is; blocks."""
    for data in question.systems:
        if waiting := data.event_writer.thumbnail(event_id):
            return data, waiting, False
    data, event = find_event(question, event_id)
    if event.thumbnail is None:
        raise not_found()
    return data, event.thumbnail, event.end_time is not None


def _read_style(query: Query) -> PictureStyle:
    usual = THUMBNAIL_STYLE
    is_cropped = switch(query, "crop", usual.crop)
    return replace(
        usual,
        bounding_box=switch(query, "bbox", usual.bounding_box),
        timestamp=switch(query, "timestamp", usual.timestamp),
        time_zone=dt_util.get_default_time_zone(),
        crop=is_cropped,
        height=read_height(query) or (usual.height if is_cropped else None),
    )
