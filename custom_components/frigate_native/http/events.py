"""Events in the database."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from functools import partial
from math import inf, nextafter
from typing import Any, Final

from aiohttp import hdrs, web
from homeassistant.helpers.json import json_bytes

from ..data import FrigateNativeData
from ..engine.errors import StoreError
from ..engine.store import WITHOUT, EventFilter, EventSort, EventStore, StoredEvent
from ..frigate_api.events import event_row, single_event, summary_row
from .api_request import NO_STORE, ApiRequest, async_json_response
from .parameters import Query, flag, integer, names, number, optional_flag, time_of_day, time_zone, timestamp

_LIMIT: Final = 100
_MAX_LIMIT: Final = 1_000_000_000
_PAGE: Final = 200  # events of about 20 kB with their thumbnails; those of a year would not fit into memory
_SORTS: Final = {"date": EventSort.START, "score": EventSort.SCORE, "speed": EventSort.SPEED}
_NOT_FOUND: Final = "Event not found"

type _Row = Callable[[StoredEvent], dict[str, Any]]


async def listing(request: ApiRequest) -> web.StreamResponse:
    """Return the events that match, newest first. A long list is streamed page by page."""
    wanted = request.access.limit(request.first, await _async_filter(request))
    store, row = request.first.store, _row_of(request, wanted)
    if wanted.limit is None or wanted.limit > _PAGE:
        return await _async_streamed(request, _async_pages(request, wanted))
    return await async_json_response(request, lambda: [row(event) for event in store.events(wanted)])


async def summary(request: ApiRequest) -> web.Response:
    """Return the number of matching events per day, camera, label, sub label and zones."""
    wanted = request.access.limit(request.first, await _async_filter(request))
    store, query = request.first.store, request.http.query
    return await async_json_response(
        request, lambda: [summary_row(row) for row in store.summary(wanted, time_zone(query))]
    )


async def single(request: ApiRequest) -> web.Response:
    """Return one event; Frigate 0.8 has only those that have ended."""
    event_id = request.path_part("event_id")

    def read() -> dict[str, Any]:
        event = find_event(request, event_id)[1]
        if request.is_todays:
            return single_event(event)
        if event.end_time is None:
            raise not_found()
        return event.to_payload()

    return await async_json_response(request, read)


def find_event(
    request: ApiRequest, event_id: str, *, include_thumbnail: bool = True
) -> tuple[FrigateNativeData, StoredEvent]:
    """Return an event and the system that has it. Blocks."""
    broken: StoreError | None = None
    for data in request.systems:
        try:
            event = data.store.event(event_id, include_thumbnail=include_thumbnail)
        except StoreError as err:  # another entry may have it
            broken = err
            continue
        if event is not None and request.access.may_see(data, event.camera):
            return data, event
    raise broken or not_found()


def not_found() -> web.HTTPNotFound:
    """Return the response for an unknown event, or one that must not be revealed."""
    return web.HTTPNotFound(text=_NOT_FOUND)


async def _async_pages(request: ApiRequest, wanted: EventFilter) -> AsyncIterator[bytes]:
    """Yield pages of events as JSON objects, without the enclosing brackets."""
    store, left, older, row = request.first.store, wanted.limit, wanted.older_than, _row_of(request, wanted)
    offset = 0
    while left is None or left > 0:
        size = _PAGE if left is None else min(_PAGE, left)
        page = replace(wanted, limit=size, older_than=older, offset=offset)
        events, body = await request.async_read(partial(_read_page, store, page, row))
        if events:
            yield body
        if len(events) < size:
            return
        if wanted.sort is EventSort.START:
            older = events[-1].cursor
        else:
            offset += size
        left = None if left is None else left - size


def _read_page(store: EventStore, page: EventFilter, row: _Row) -> tuple[list[StoredEvent], bytes]:
    events = store.events(page)
    return events, json_bytes([row(event) for event in events])[1:-1]


def _row_of(request: ApiRequest, wanted: EventFilter) -> _Row:
    """Return what makes the JSON object of an event in the list."""
    if request.is_todays:
        return partial(event_row, include_thumbnail=wanted.include_thumbnails)
    return partial(StoredEvent.to_payload, include_thumbnail=wanted.include_thumbnails)


async def _async_streamed(request: ApiRequest, pages: AsyncIterator[bytes]) -> web.StreamResponse:
    """Stream a JSON list. If the database fails midway, the connection is aborted."""
    first = await anext(pages, b"")
    response = web.StreamResponse(headers={**NO_STORE, hdrs.CONTENT_TYPE: "application/json"})
    await response.prepare(request.http)
    if request.http.method == hdrs.METH_HEAD:
        return response
    try:
        await response.write(b"[" + first)
        async for page in pages:
            await response.write(b"," + page)
        await response.write(b"]")
    except web.HTTPServiceUnavailable:
        if request.http.transport is not None:
            request.http.transport.abort()
    except ConnectionError:
        pass  # the client has disconnected
    return response


async def _async_filter(request: ApiRequest) -> EventFilter:
    query, is_todays = request.http.query, request.is_todays
    sort, _, direction = query.get("sort", "").partition("_")
    limit = integer(query, "limit", _LIMIT, minimum=-_MAX_LIMIT, maximum=_MAX_LIMIT)
    after, before, is_running = timestamp(query, "after"), timestamp(query, "before"), None if is_todays else False
    in_progress = optional_flag(query, "in_progress")
    return EventFilter(
        ids=names(query, "event_ids", "event_id"),
        cameras=names(query, "cameras", "camera"),
        labels=names(query, "labels", "label"),
        sub_labels=names(query, "sub_labels", "sub_label", without=True),
        plates=names(query, "recognized_license_plate", without=True),
        zones=names(query, "zones", "zone", without=is_todays),
        time_of_day=await request.async_read(partial(time_of_day, query)),
        before=before if before is None or not is_todays else nextafter(before, -inf),  # today, limits are exclusive
        after=after if after is None or not is_todays else nextafter(after, inf),
        has_clip=optional_flag(query, "has_clip"),
        has_snapshot=optional_flag(query, "has_snapshot"),
        retained=flag(query, "favorites", False) or None,
        in_progress=is_running if in_progress is None else in_progress,
        include_thumbnails=flag(query, "include_thumbnails", True),
        limit=(limit if limit >= 0 else None) if _may_match(query) else 0,
        sort=_SORTS.get(sort, EventSort.START),
        newest_first=sort not in _SORTS or direction != "asc",
        min_speed=number(query, "min_speed"),
        max_speed=number(query, "max_speed"),
        min_score=number(query, "min_score"),
        max_score=number(query, "max_score"),
        min_length=number(query, "min_length"),
        max_length=number(query, "max_length"),
    )


def _may_match(query: Query) -> bool:
    """Return whether a query asks for nothing that no event has: custom attributes, or a submission to Frigate+."""
    attributes = names(query, "attributes", without=True)
    return not flag(query, "is_submitted", False) and (not attributes or WITHOUT in attributes)
