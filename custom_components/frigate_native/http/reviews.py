"""Review items in the database."""

from functools import partial
from typing import Any, Final

from aiohttp import web

from ..data import FrigateNativeData
from ..engine.errors import StoreError
from ..engine.messages import Severity
from ..engine.store import ReviewFilter, StoredReview
from .api_request import CACHEABLE, NO_STORE, ApiRequest, async_json_response
from .parameters import Query, integer, invalid, optional_flag, timestamp

_LIMIT: Final = 100
_MAX_LIMIT: Final = 10_000
_ALL: Final = "all"


async def listing(request: ApiRequest) -> web.Response:
    """Return the review items that match, newest first."""
    selected = request.access.limit(request.first, _read_filter(request))
    reviews = request.first.store.reviews
    return await async_json_response(request, lambda: [item.to_payload() for item in reviews.items(selected)])


async def summary(request: ApiRequest) -> web.Response:
    """Return the number of review items per local day and severity, and how many the user has seen."""
    selected = request.access.limit(request.first, _read_filter(request))
    reviews = request.first.store.reviews
    return await async_json_response(request, lambda: [day.to_payload() for day in reviews.days(selected)])


async def single(request: ApiRequest) -> web.Response:
    """Return one review item."""

    def read() -> dict[str, Any]:
        return _find(request)[1].to_payload()

    return await async_json_response(request, read)


async def thumbnail(request: ApiRequest) -> web.Response:
    """Return the thumbnail of a review item."""
    body, is_final = await request.async_read(partial(_thumbnail, request))
    return web.Response(body=body, content_type="image/webp", headers=CACHEABLE if is_final else NO_STORE)


def _thumbnail(request: ApiRequest) -> tuple[bytes, bool]:
    data, item = _find(request)
    webp = data.store.reviews.thumbnail(item.state.id)
    if webp is None:
        raise web.HTTPNotFound(text="This review item has no thumbnail")
    return webp, item.state.end_time is not None


def _find(request: ApiRequest) -> tuple[FrigateNativeData, StoredReview]:
    """Return the review item in the path and the system that has it. Blocks."""
    review_id, user = request.path_part("review_id"), request.access.user_id
    broken: StoreError | None = None
    for data in request.systems:
        try:
            item = data.store.reviews.item(review_id, user)
        except StoreError as err:  # another entry may have it
            broken = err
            continue
        if item is not None and request.access.may_see(data, item.state.camera):
            return data, item
    raise broken or web.HTTPNotFound(text="Review item not found")


def _read_filter(request: ApiRequest) -> ReviewFilter:
    query = request.http.query
    return ReviewFilter(
        user=request.access.user_id,
        cameras=_names(query, "cameras"),
        labels=_names(query, "labels"),
        zones=_names(query, "zones"),
        severity=_severity(query),
        is_reviewed=optional_flag(query, "reviewed"),
        after=timestamp(query, "after"),
        before=timestamp(query, "before"),
        limit=integer(query, "limit", _LIMIT, minimum=0, maximum=_MAX_LIMIT),
    )


def _names(query: Query, name: str) -> tuple[str, ...]:
    """Return the names of a comma-separated list; none for `all`."""
    text = query.get(name, _ALL)
    return () if text == _ALL else tuple(part for part in text.split(",") if part)


def _severity(query: Query) -> Severity | None:
    found: Any = query.get("severity")
    if found is None:
        return None
    if found not in set(Severity):
        raise invalid("severity", found, "alert or detection")
    return Severity(found)
