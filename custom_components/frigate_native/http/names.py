"""The names that events have: labels and sub labels."""

from aiohttp import web

from ..engine.store import EventFilter
from .api_request import ApiRequest, async_json_response
from .parameters import flag, names


async def labels(request: ApiRequest) -> web.Response:
    """Return the labels of all events, or of those of a camera."""
    selected = request.access.limit(request.first, _of_camera(request))
    store = request.first.store
    return await async_json_response(request, lambda: sorted(store.labels(selected)))


async def sub_labels(request: ApiRequest) -> web.Response:
    """Return the sub labels of events; with split_joined, the parts of those that are joined by commas."""
    selected, splits = (
        request.access.limit(request.first, _of_camera(request)),
        flag(request.http.query, "split_joined", False),
    )
    store = request.first.store

    def read() -> list[str]:
        found = set(store.sub_labels(selected))
        return sorted({part.strip() for one in found for part in one.split(",")} if splits else found)

    return await async_json_response(request, read)


def _of_camera(request: ApiRequest) -> EventFilter:
    return EventFilter(cameras=names(request.http.query, "cameras", "camera"), in_progress=None)
