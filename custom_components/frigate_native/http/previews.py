"""Previews: the films of hours, their pictures, and short films of events and review items."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from aiohttp import web
from homeassistant.components.http.auth import async_sign_path
from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..data import FrigateNativeData
from ..engine.errors import MediaError
from ..engine.media.assembly import TimeRange
from ..engine.previews.animation import AnimationKind
from ..engine.previews.films import Film
from .api_request import CACHEABLE, NO_STORE, ApiRequest, async_json_response
from .events import find_event
from .recorded_spans import Span, of_times, span_of, system_of
from .reviews import find_item

_LIFETIME: Final = timedelta(days=1)
_ALL: Final = "all"
_LONGEST_OF_EVENT_S: Final = 20.0
_PADDING_S: Final = 8.0  # before and after a review item
_NAME: Final = "preview_"
_TYPES: Final = {AnimationKind.GIF: "image/gif", AnimationKind.MP4: "video/mp4"}


async def listing(request: ApiRequest) -> web.Response:
    """Return the films of finished hours that overlap a time range, of a camera or of all."""
    found = await request.async_read(partial(_films, request))
    return await async_json_response(request, lambda: [_payload(film, path) for film, path in _signed(request, found)])


async def film(request: ApiRequest) -> web.StreamResponse:
    """Return the film of an hour; supports range requests."""
    camera, name = request.path_part("camera"), request.path_part("film")

    def find() -> Path:
        path = system_of(request, camera).previews.file(camera, name)
        if path is None:
            raise web.HTTPNotFound(text="File not found")
        return path

    return web.FileResponse(await request.async_read(find), headers=CACHEABLE)


async def frames(request: ApiRequest) -> web.Response:
    """Return the names of the pictures of a time range, those of the current hour too."""

    def read() -> list[str]:
        data, camera, span = of_times(request)
        return [f"{_NAME}{camera}-{time:.3f}.webp" for time in data.previews.times(camera, span.start, span.end)]

    return await async_json_response(request, partial(_read, read))


async def picture(request: ApiRequest) -> web.Response:
    """Return one picture by its name."""
    name = request.path_part("frame").removeprefix(_NAME)
    camera, _, moment = name.removesuffix(".webp").rpartition("-")

    def read() -> bytes:
        webp = system_of(request, camera).previews.picture(camera, float(moment))
        if webp is None:
            raise web.HTTPNotFound(text="File not found")
        return webp

    if not moment.replace(".", "", 1).isdecimal():
        raise web.HTTPNotFound(text="File not found")
    body = await request.async_read(partial(_read, read))
    return web.Response(body=body, content_type="image/webp", headers=CACHEABLE)


async def span_gif(request: ApiRequest) -> web.StreamResponse:
    """Return a moving picture of a time range."""
    return await _async_animation(request, of_times(request), AnimationKind.GIF)


async def span_mp4(request: ApiRequest) -> web.StreamResponse:
    """Return a short film of a time range."""
    return await _async_animation(request, of_times(request), AnimationKind.MP4)


async def event_gif(request: ApiRequest) -> web.StreamResponse:
    """Return a moving picture of the beginning of an event."""
    return await _async_animation(request, await request.async_read(partial(_of_event, request)), AnimationKind.GIF)


async def event_mp4(request: ApiRequest) -> web.StreamResponse:
    """Return a short film of the beginning of an event."""
    return await _async_animation(request, await request.async_read(partial(_of_event, request)), AnimationKind.MP4)


async def review(request: ApiRequest) -> web.StreamResponse:
    """Return a moving picture of a review item; with any other format than gif, a short film."""
    is_gif = request.http.query.get("format", AnimationKind.GIF) == AnimationKind.GIF
    kind = AnimationKind.GIF if is_gif else AnimationKind.MP4
    return await _async_animation(request, await request.async_read(partial(_of_review, request)), kind)


async def _async_animation(request: ApiRequest, span: Span, kind: AnimationKind) -> web.StreamResponse:
    data, camera, time = span
    make = partial(data.previews.animation, camera, time.start, time.end, kind)
    path = await request.async_cut(data, partial(_read, make))
    return web.FileResponse(path, headers=NO_STORE | {"Content-Type": _TYPES[kind]})


def _read[T](job: Callable[[], T]) -> T:
    """Do what reads previews. Blocks."""
    try:
        return job()
    except MediaError as err:
        raise web.HTTPNotFound(text=str(err)) from err


def _films(request: ApiRequest) -> list[Film]:
    wanted, span = request.path_part("camera"), span_of(request)
    found: list[Film] = []
    for data, camera in _cameras(request, wanted):
        found += data.previews.films(camera, span.start, span.end)
    if not found:
        raise web.HTTPNotFound(text="No previews found.")
    return found


def _cameras(request: ApiRequest, wanted: str) -> list[tuple[FrigateNativeData, str]]:
    if wanted != _ALL:
        return [(system_of(request, wanted), wanted)]
    every = [(data, camera) for data in request.systems for camera in data.config.cameras]
    return [(data, camera) for data, camera in every if request.access.may_see(data, camera)]


@callback
def _signed(request: ApiRequest, films: list[Film]) -> list[tuple[Film, str]]:
    """Return the addresses of films: on Home Assistant's server signed for the same user."""
    paths = [(film, f"/clips/previews/{quote(film.camera, safe='')}/{film.path.name}") for film in films]
    if request.http.get(KEY_HASS_USER) is None:
        return paths
    return [(film, async_sign_path(request.hass, f"/api/{DOMAIN}{path}", _LIFETIME)) for film, path in paths]


def _payload(film: Film, path: str) -> dict[str, Any]:
    return {"camera": film.camera, "src": path, "type": "video/mp4", "start": film.start, "end": film.end}


def _of_event(request: ApiRequest) -> Span:
    data, event = find_event(request, request.path_part("event_id"), include_thumbnail=False)
    end = event.end_time or dt_util.utcnow().timestamp()
    last = min(end, event.start_time + _LONGEST_OF_EVENT_S)
    return data, event.camera, TimeRange(start=event.start_time, end=last)


def _of_review(request: ApiRequest) -> Span:
    data, item = find_item(request, request.path_part("review_id"))
    state = item.state
    end = state.end_time or dt_util.utcnow().timestamp()
    return data, state.camera, TimeRange(start=state.start_time - _PADDING_S, end=end + _PADDING_S)
