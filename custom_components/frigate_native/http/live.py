"""The debug view of a camera as an MJPEG stream."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

from aiohttp import hdrs, web

from ..data import FrigateNativeData
from ..runtime.live_streams import MAX_PER_VIEWER, MAX_STREAMS
from .api_request import NO_STORE, ApiRequest
from .drawing import DebugView, latest_view
from .parameters import integer

_FPS: Final = 3
_MAX_FPS: Final = 30
_HEIGHT: Final = 360  # px
_TOO_MANY: Final = f"Too many streams; the limit is {MAX_STREAMS}, and {MAX_PER_VIEWER} for each user or address"
_CONTENT_TYPE: Final = "multipart/x-mixed-replace; boundary=frame"
_WRITE_TIMEOUT_S: Final = 10.0  # a client that reads nothing for this long is gone


async def mjpeg(request: ApiRequest) -> web.StreamResponse:
    """Stream images until the client disconnects or the entry is unloaded."""
    data, camera = request.camera()
    query = request.http.query
    fps = integer(query, "fps", _FPS, minimum=1, maximum=_MAX_FPS)
    debug = DebugView.from_query(query, data.config.cameras[camera], _HEIGHT)
    with data.streams.async_opened(request.viewer) as is_open:
        if not is_open:
            raise web.HTTPServiceUnavailable(text=_TOO_MANY)
        view = latest_view(data, camera, debug)
        response = web.StreamResponse(headers={**NO_STORE, hdrs.CONTENT_TYPE: _CONTENT_TYPE})
        await response.prepare(request.http)
        if request.http.method != hdrs.METH_HEAD:
            await _send(response, data, partial(data.renderer.async_render, view, request.viewer), 1 / fps)
    return response


async def _send(
    response: web.StreamResponse,
    data: FrigateNativeData,
    async_draw: Callable[[], Awaitable[bytes | None]],
    interval_s: float,
) -> None:
    """Send an image every interval, or as often as drawing and the client allow."""
    loop = asyncio.get_running_loop()
    due = loop.time()
    while (picture := await async_draw()) is not None:
        try:
            async with asyncio.timeout(_WRITE_TIMEOUT_S):
                await response.write(_part(picture))
        except ConnectionError, TimeoutError:
            return
        due = max(due + interval_s, loop.time())
        if not await data.streams.async_pause(due - loop.time()):
            return


def _part(picture: bytes) -> bytes:
    head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
    return head.encode() + picture + b"\r\n"
