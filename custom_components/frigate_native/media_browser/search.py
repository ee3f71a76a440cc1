"""Search for events by camera, object, zone, day or month."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final

from homeassistant.components.media_source import BrowseMediaSource

from ..engine.store import EventFilter, StoredEvent
from ..runtime.places import display_name
from .context import BrowseContext
from .event_query import PAGE, EventQuery
from .events import event_item
from .periods import Period

_MAX_WORDS: Final = 6
_MAX_MEANINGS: Final = 32  # of all words combined; each may match cameras, objects and zones


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """A matching event and its start time."""

    start_time: float
    item: BrowseMediaSource


def search_events(context: BrowseContext, queries: Iterable[EventQuery], text: str) -> list[SearchHit]:
    """Return the newest events of some folders that match all words, without duplicates. Blocks."""
    found: dict[str, SearchHit] = {}
    meanings = _meanings(context, text)
    for query in queries:
        for event in _events(context, query, meanings):
            item = event_item(context, query.kind, event, with_camera=True, with_date=True)
            found.setdefault(event.id, SearchHit(start_time=event.start_time, item=item))
    return newest(found.values())


def newest(found: Iterable[SearchHit]) -> list[SearchHit]:
    """Return the first page of results."""
    return sorted(found, key=lambda one: one.start_time, reverse=True)[:PAGE]


def _events(context: BrowseContext, query: EventQuery, meanings: list[EventFilter]) -> Iterable[StoredEvent]:
    folder = replace(query.to_filter(context.today, context.zone), limit=PAGE)
    for meaning in meanings:
        wanted = _both(folder, meaning)
        if wanted is not None:
            yield from (
                event for event in context.data.store.events(context.limit(wanted)) if event.end_time is not None
            )


def _meanings(context: BrowseContext, text: str) -> list[EventFilter]:
    """Return the possible meanings of the words combined; none if a word has no meaning."""
    store = context.data.store
    names = {
        "cameras": {name: context.camera_title(name) for name in store.cameras() if context.may_see(name)},
        "labels": {name: display_name(name) for name in store.labels()},
        "zones": {name: display_name(name) for name in store.zones()},
    }
    meanings = [EventFilter()]
    for word in text.casefold().split()[:_MAX_WORDS]:
        own = _meanings_of(context, word, names)
        both = (_both(meaning, other) for meaning in meanings for other in own)
        meanings = [meaning for meaning in both if meaning is not None][:_MAX_MEANINGS]
    return meanings


def _meanings_of(context: BrowseContext, word: str, names: dict[str, dict[str, str]]) -> list[EventFilter]:
    found = []
    if cameras := _matching(word, names["cameras"]):
        found.append(EventFilter(cameras=cameras))
    if labels := _matching(word, names["labels"]):
        found.append(EventFilter(labels=labels))
    if zones := _matching(word, names["zones"]):
        found.append(EventFilter(zones=zones))
    with suppress(ValueError):
        after, before = Period.parse(word, context.today).bounds(context.zone)
        found.append(EventFilter(after=after, before=before))
    return found


def _matching(word: str, titles: dict[str, str]) -> tuple[str, ...]:
    return tuple(name for name, title in titles.items() if word in f"{name} {title}".casefold())


def _both(one: EventFilter, other: EventFilter) -> EventFilter | None:
    """Return a filter for what matches both, or None if nothing can. Other fields are those of the first."""
    after = max((time for time in (one.after, other.after) if time is not None), default=None)
    before = min((time for time in (one.before, other.before) if time is not None), default=None)
    if after is not None and before is not None and after > before:
        return None
    cameras = _common(one.cameras, other.cameras)
    labels = _common(one.labels, other.labels)
    if cameras is None or labels is None:
        return None
    zones, *also_zones = (*one.zone_groups, *other.zone_groups) or ((),)  # an event may have entered several zones
    return replace(
        one, after=after, before=before, cameras=cameras, labels=labels, zones=zones, also_zones=tuple(also_zones)
    )


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...] | None:
    if not one or not other:
        return one or other
    return tuple(name for name in one if name in other) or None
