"""Images of a camera: the latest frame, and the best image of a label."""

from aiohttp import web

from .api_request import ApiRequest, jpeg_response
from .drawing import DebugView, best_view, latest_view, read_height
from .parameters import flag


async def latest(request: ApiRequest) -> web.Response:
    """Return the latest processed frame."""
    data, camera = request.camera()
    debug = DebugView.from_query(request.http.query, data.config.cameras[camera])
    return jpeg_response(await request.async_draw(data, latest_view(data, camera, debug)))


async def best(request: ApiRequest) -> web.Response:
    """Return the best image of a label, or a black image if there is none."""
    data, camera = request.camera()
    query = request.http.query
    height, is_cropped = read_height(query), flag(query, "crop", False)
    view = best_view(data, camera, request.path_part("label"), height, is_cropped)
    return jpeg_response(await request.async_draw(data, view))
