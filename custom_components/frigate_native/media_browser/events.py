"""Folders of events: narrowed by time, camera, object and zone, a page at a time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from homeassistant.components.media_player import MediaClass
from homeassistant.components.media_source import BrowseMediaSource

from ..engine.store import EventField, EventFilter, StoredEvent
from ..runtime.places import readable
from .context import Look
from .event_query import PAGE, EventQuery, Kind
from .items import IMAGE, VIDEO, file, folder
from .labels import Word
from .periods import Period

KIND_WORDS: Final = {Kind.CLIPS: Word.CLIPS, Kind.SNAPSHOTS: Word.SNAPSHOTS}
ITEM_NAMES: Final = {Kind.CLIPS: "clip", Kind.SNAPSHOTS: "snapshot"}
"""What the identifiers of single files begin with."""

_FIELD_WORDS: Final = {
    EventField.CAMERA: Word.CAMERAS,
    EventField.LABEL: Word.OBJECTS,
    EventField.ZONE: Word.ZONES,
}


def browse_events(look: Look, query: EventQuery) -> BrowseMediaSource:
    """Return a folder of events with what is in it; blocks. ValueError when there is no such folder."""
    wanted = query.to_filter(look.today, look.zone)
    if query.by is not None:
        children = list(_narrowed(look, query, query.by, wanted))
    else:
        folders = [] if query.older else [*_periods(look, query, wanted), *_fields(look, query)]
        children = [*folders, *_page(look, query, wanted)]
    return folder(
        look.identifier(query.identifier),
        _title(look, query),
        children,
        can_search=True,
        holds=MediaClass.VIDEO if query.kind is Kind.CLIPS else MediaClass.IMAGE,
    )


def event_item(look: Look, kind: Kind, event: StoredEvent, *, with_camera: bool, with_date: bool) -> BrowseMediaSource:
    """Return an event's clip or snapshot."""
    assert event.end_time is not None
    moment = datetime.fromtimestamp(event.start_time, look.zone)
    title = look.words(
        Word.EVENT_OF_CAMERA if with_camera else Word.EVENT,
        time=look.words.moment(moment, with_date=with_date and moment.date() != look.today),
        camera=look.camera_title(event.camera),
        object=readable(event.label),
        score=round(event.top_score * 100),
        seconds=round(event.end_time - event.start_time),
    )
    return file(
        look.identifier(f"{ITEM_NAMES[kind]}/{event.id}"),
        title,
        VIDEO if kind is Kind.CLIPS else IMAGE,
        look.event_picture(event.id),
    )


def _page(look: Look, query: EventQuery, wanted: EventFilter) -> Iterator[BrowseMediaSource]:
    events = look.data.store.events(wanted)
    shown = [event for event in events[:PAGE] if event.end_time is not None]
    with_camera = query.camera is None and len(look.data.config.cameras) > 1
    with_date = query.period is None or not Period.parse(query.period, look.today).is_day
    for event in shown:
        yield event_item(look, query.kind, event, with_camera=with_camera, with_date=with_date)
    if len(events) > PAGE:
        last = events[PAGE - 1].cursor
        count = look.data.store.count(replace(wanted, older_than=last))
        following = replace(query, older=last)
        yield folder(look.identifier(following.identifier), look.words(Word.OLDER, count=count))


def _periods(look: Look, query: EventQuery, wanted: EventFilter) -> Iterator[BrowseMediaSource]:
    """Return the days, months and years that have events."""
    for period in _choice_of_periods(look, query, wanted):
        after, before = period.bounds(look.zone)
        if count := look.data.store.count(replace(wanted, after=after, before=before)):
            narrowed = replace(query, period=period.name)
            yield folder(look.identifier(narrowed.identifier), look.words.counted(look.words.period(period), count))


def _choice_of_periods(look: Look, query: EventQuery, wanted: EventFilter) -> list[Period]:
    if query.period is not None:
        return Period.parse(query.period, look.today).parts(look.today)
    oldest = look.data.store.events(replace(wanted, newest_first=False, limit=1))
    if not oldest:
        return []
    first_year = datetime.fromtimestamp(oldest[0].start_time, look.zone).year
    years = range(look.today.year - 1, first_year - 1, -1)
    return [*Period.usual(look.today), *(Period.parse(f"{year:04}", look.today) for year in years)]


def _fields(look: Look, query: EventQuery) -> Iterator[BrowseMediaSource]:
    """Return the folders that narrow by camera, object and zone, as far as there is a choice in this system."""
    cameras = look.data.config.cameras.values()
    choices = {
        EventField.CAMERA: len(cameras) > 1,
        EventField.LABEL: len({label for camera in cameras for label in camera.objects.track}) > 1,
        EventField.ZONE: any(camera.zones for camera in cameras),
    }
    for field, is_choice in choices.items():
        if is_choice and query.of(field) is None:
            listed = replace(query, by=field)
            yield folder(look.identifier(listed.identifier), look.words(_FIELD_WORDS[field]))


def _narrowed(look: Look, query: EventQuery, field: EventField, wanted: EventFilter) -> Iterator[BrowseMediaSource]:
    for name, count in look.data.store.counts(field, wanted).items():
        narrowed = replace(query, by=None)
        match field:
            case EventField.CAMERA:
                narrowed = replace(narrowed, camera=name)
            case EventField.LABEL:
                narrowed = replace(narrowed, label=name)
            case EventField.ZONE:
                narrowed = replace(narrowed, zone=name)
        is_camera = field is EventField.CAMERA
        title = look.camera_title(name) if is_camera else readable(name)
        yield folder(
            look.identifier(narrowed.identifier),
            look.words.counted(title, count),
            thumbnail=look.camera_picture(name) if is_camera else None,
        )


def _title(look: Look, query: EventQuery) -> str:
    """Return what is in the folder, the last word the most special."""
    parts = [look.words(KIND_WORDS[query.kind])]
    if query.period is not None:
        parts.append(look.words.period(Period.parse(query.period, look.today)))
    if query.camera is not None:
        parts.append(look.camera_title(query.camera))
    parts += [readable(name) for name in (query.label, query.zone) if name]
    if query.by is not None:
        parts.append(look.words(_FIELD_WORDS[query.by]))
    return " · ".join(parts)
