"""Images of a camera: the latest frame, and the best image of a label."""

from aiohttp import web

from ..engine.pictures.compression import jpeg_to_webp
from ..runtime.picture_queue import View
from .api_request import NO_STORE, ApiRequest, jpeg_response
from .drawing import DebugView, best_view, latest_view, read_height
from .parameters import flag


async def latest(request: ApiRequest) -> web.Response:
    """Return the latest processed frame."""
    data, camera = request.camera()
    debug = DebugView.from_query(request.http.query, data.config.cameras[camera])
    return jpeg_response(await request.async_draw(data, latest_view(data, camera, debug)))


async def latest_webp(request: ApiRequest) -> web.Response:
    """Return the latest processed frame as WebP."""
    data, camera = request.camera()
    debug = DebugView.from_query(request.http.query, data.config.cameras[camera])
    view = latest_view(data, camera, debug)
    as_webp = View(key=("webp", view.key), version=view.version, draw=lambda: jpeg_to_webp(view.draw(), debug.quality))
    picture = await request.async_draw(data, as_webp)
    if picture is None:
        raise web.HTTPServiceUnavailable(text="The entry is being unloaded")
    return web.Response(body=picture, content_type="image/webp", headers=NO_STORE)


async def best(request: ApiRequest) -> web.Response:
    """Return the best image of a label, or a black image if there is none of a tracked label yet."""
    data, camera = request.camera()
    query, label = request.http.query, request.path_part("label")
    height, is_cropped = read_height(query), flag(query, "crop", False)
    if label not in data.config.cameras[camera].objects.track and data.nvr.best_picture(camera, label) is None:
        raise web.HTTPNotFound(text=f"Camera {camera} does not track {label}")
    view = best_view(data, camera, label, height, is_cropped)
    return jpeg_response(await request.async_draw(data, view))
