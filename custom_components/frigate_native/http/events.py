"""Events in the database."""

from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from typing import Any, Final

from aiohttp import hdrs, web
from homeassistant.helpers.json import json_bytes

from ..data import FrigateNativeData
from ..engine.errors import StoreError
from ..engine.store import EventFilter, EventStore, StoredEvent
from .api_request import NO_STORE, ApiRequest, async_json_response
from .parameters import Query, flag, integer, optional_flag, timestamp

_LIMIT: Final = 100
_MAX_LIMIT: Final = 1_000_000_000
_PAGE: Final = 200  # events of about 20 kB with their thumbnails; those of a year would not fit into memory
_NOT_FOUND: Final = "Event not found"


async def listing(request: ApiRequest) -> web.StreamResponse:
    """Return the ended events that match, newest first. A long list is streamed page by page."""
    wanted = request.access.limit(request.first, _read_filter(request.http.query))
    store = request.first.store
    if wanted.limit is None or wanted.limit > _PAGE:
        return await _async_streamed(request, _async_pages(request, wanted))

    def read() -> list[dict[str, Any]]:
        return [event.to_payload(include_thumbnail=wanted.include_thumbnails) for event in store.events(wanted)]

    return await async_json_response(request, read)


async def summary(request: ApiRequest) -> web.Response:
    """Return the number of matching events per day, camera, label and zones."""
    wanted = request.access.limit(request.first, _read_filter(request.http.query))
    store = request.first.store
    return await async_json_response(request, lambda: [row.to_payload() for row in store.summary(wanted)])


async def single(request: ApiRequest) -> web.Response:
    """Return one ended event."""
    event_id = request.path_part("event_id")

    def read() -> dict[str, Any]:
        event = find_event(request, event_id)[1]
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
    store, left, older = request.first.store, wanted.limit, wanted.older_than
    while left is None or left > 0:
        size = _PAGE if left is None else min(_PAGE, left)
        page = replace(wanted, limit=size, older_than=older)
        events, body = await request.async_read(partial(_read_page, store, page))
        if events:
            yield body
        if len(events) < size:
            return
        older = events[-1].cursor
        left = None if left is None else left - size


def _read_page(store: EventStore, page: EventFilter) -> tuple[list[StoredEvent], bytes]:
    events = store.events(page)
    payload = [event.to_payload(include_thumbnail=page.include_thumbnails) for event in events]
    return events, json_bytes(payload)[1:-1]


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


def _read_filter(query: Query) -> EventFilter:
    limit = integer(query, "limit", _LIMIT, minimum=-_MAX_LIMIT, maximum=_MAX_LIMIT)
    return EventFilter(
        cameras=_names(query, "camera"),
        labels=_names(query, "label"),
        zones=_names(query, "zone"),
        before=timestamp(query, "before"),
        after=timestamp(query, "after"),
        has_clip=optional_flag(query, "has_clip"),
        has_snapshot=optional_flag(query, "has_snapshot"),
        include_thumbnails=flag(query, "include_thumbnails", True),
        limit=limit if limit >= 0 else None,
    )


def _names(query: Query, name: str) -> tuple[str, ...]:
    return (query[name],) if name in query else ()
