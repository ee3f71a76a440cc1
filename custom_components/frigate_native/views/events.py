"""Events from the database."""

from typing import Any, Final

from aiohttp import web

from ..data import FrigateNativeData
from ..engine.store import EventFilter, StoredEvent
from .parameters import Query, optional_switch, seconds, switch, whole
from .question import Question, async_json

_LIMIT: Final = 100
_MOST: Final = 1_000_000_000
_NOT_FOUND: Final = "Event not found"


async def listing(question: Question) -> web.Response:
    """Answer with the events that have ended and fit, the newest first."""
    wanted = _read_filter(question.request.query)
    store = question.first.store

    def read() -> list[dict[str, Any]]:
        return [event.to_payload(include_thumbnail=wanted.include_thumbnails) for event in store.events(wanted)]

    return await async_json(question, read)


async def summary(question: Question) -> web.Response:
    """Answer with how many events fit on each day, by camera, label and zones."""
    wanted = _read_filter(question.request.query)
    store = question.first.store
    return await async_json(question, lambda: [row.to_payload() for row in store.summary(wanted)])


async def single(question: Question) -> web.Response:
    """Answer with one event that has ended."""
    event_id = question.part("event_id")

    def read() -> dict[str, Any]:
        event = find_event(question, event_id)[1]
        if event.end_time is None:
            raise not_found()
        return event.to_payload()

    return await async_json(question, read)


def find_event(
    question: Question, event_id: str, *, include_thumbnail: bool = True
) -> tuple[FrigateNativeData, StoredEvent]:
    """Return an event and the entry that has it, whichever it is; blocks."""
    for data in question.systems:
        event = data.store.event(event_id, include_thumbnail=include_thumbnail)
        if event is not None:
            return data, event
    raise not_found()


def not_found() -> web.HTTPNotFound:
    """Return the answer to an id that no event has, or none that may be told of."""
    return web.HTTPNotFound(text=_NOT_FOUND)


def _read_filter(query: Query) -> EventFilter:
    limit = whole(query, "limit", _LIMIT, least=-_MOST, most=_MOST)
    return EventFilter(
        cameras=_names(query, "camera"),
        labels=_names(query, "label"),
        zones=_names(query, "zone"),
        before=seconds(query, "before"),
        after=seconds(query, "after"),
        has_clip=optional_switch(query, "has_clip"),
        has_snapshot=optional_switch(query, "has_snapshot"),
        include_thumbnails=switch(query, "include_thumbnails", True),
        limit=limit if limit >= 0 else None,
    )


def _names(query: Query, name: str) -> tuple[str, ...]:
    return (query[name],) if name in query else ()
