"""Review items in the database."""

import re
from dataclasses import replace
from functools import partial
from typing import Any, Final

from aiohttp import web
from homeassistant.util import dt as dt_util

from ..data import FrigateNativeData
from ..engine.errors import StoreError
from ..engine.messages import Severity
from ..engine.store import ReviewFilter, StoredReview
from ..frigate_api.reviews import review_summary
from .api_request import CACHEABLE, NO_STORE, ApiRequest, async_json_response
from .events import find_event
from .parameters import Query, integer, invalid, names, optional_flag, time_zone, timestamp

_LIMIT: Final = 100
_MAX_LIMIT: Final = 10_000
_DAY_S: Final = 86_400.0
_THUMBNAIL: Final = re.compile(r"thumb-(?P<camera>.+)-(?P<id>[^-]+-[^-]+)\.webp")


async def listing(request: ApiRequest) -> web.Response:
    """Return the review items that match, newest first."""
    selected = request.access.limit(request.first, _read_filter(request))
    reviews = request.first.store.reviews
    return await async_json_response(request, lambda: [item.to_payload() for item in reviews.items(selected)])


async def summary(request: ApiRequest) -> web.Response:
    """Return the number of review items of the last day and of each local day, and how many the user has seen."""
    selected = request.access.limit(request.first, _read_filter(request))
    reviews, now = request.first.store.reviews, dt_util.utcnow().timestamp()

    def read() -> dict[str, Any]:
        zone = time_zone(request.http.query)
        recent = reviews.days(replace(selected, after=now - _DAY_S, before=now), zone)
        return review_summary(reviews.days(selected, zone), recent)

    return await async_json_response(request, read)


async def single(request: ApiRequest) -> web.Response:
    """Return one review item."""

    def read() -> dict[str, Any]:
        return find_item(request, request.path_part("review_id"))[1].to_payload()

    return await async_json_response(request, read)


async def of_event(request: ApiRequest) -> web.Response:
    """Return the newest review item that an event belongs to."""
    event_id, user = request.path_part("event_id"), request.access.user_id

    def read() -> dict[str, Any]:
        data = find_event(request, event_id, include_thumbnail=False)[0]
        item = data.store.reviews.of_event(event_id, user)
        if item is None:
            raise _not_found()
        return item.to_payload()

    return await async_json_response(request, read)


async def thumbnail_file(request: ApiRequest) -> web.Response:
    """Return the thumbnail of a review item under the name of Frigate's file."""
    match = _THUMBNAIL.fullmatch(request.path_part("name"))
    if match is None:
        raise _not_found()
    body, is_final = await request.async_read(partial(_thumbnail, request, match["id"], match["camera"]))
    return web.Response(body=body, content_type="image/webp", headers=CACHEABLE if is_final else NO_STORE)


async def thumbnail(request: ApiRequest) -> web.Response:
    """Return the thumbnail of a review item."""
    body, is_final = await request.async_read(partial(_thumbnail, request, request.path_part("review_id")))
    return web.Response(body=body, content_type="image/webp", headers=CACHEABLE if is_final else NO_STORE)


def _thumbnail(request: ApiRequest, review_id: str, camera: str | None = None) -> tuple[bytes, bool]:
    data, item = find_item(request, review_id)
    if camera not in (None, item.state.camera):
        raise _not_found()
    webp = data.store.reviews.thumbnail(item.state.id)
    if webp is None:
        raise web.HTTPNotFound(text="This review item has no thumbnail")
    return webp, item.state.end_time is not None


def find_item(request: ApiRequest, review_id: str) -> tuple[FrigateNativeData, StoredReview]:
    """Return a review item and the system that has it. Blocks."""
    user = request.access.user_id
    broken: StoreError | None = None
    for data in request.systems:
        try:
            item = data.store.reviews.item(review_id, user)
        except StoreError as err:  # another entry may have it
            broken = err
            continue
        if item is not None and request.access.may_see(data, item.state.camera):
            return data, item
    raise broken or _not_found()


def _not_found() -> web.HTTPNotFound:
    return web.HTTPNotFound(text="Review item not found")


def _read_filter(request: ApiRequest) -> ReviewFilter:
    query = request.http.query
    return ReviewFilter(
        user=request.access.user_id,
        cameras=names(query, "cameras"),
        labels=names(query, "labels"),
        zones=names(query, "zones"),
        severity=_severity(query),
        is_reviewed=optional_flag(query, "reviewed"),
        after=timestamp(query, "after"),
        before=timestamp(query, "before"),
        limit=integer(query, "limit", _LIMIT, minimum=0, maximum=_MAX_LIMIT),
    )


def _severity(query: Query) -> Severity | None:
    found: Any = query.get("severity")
    if found is None:
        return None
    if found not in set(Severity):
        raise invalid("severity", found, "alert or detection")
    return Severity(found)
