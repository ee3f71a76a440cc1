"""Folders of events, filtered by time, camera, object and zone, in pages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Final

from homeassistant.components.media_player import MediaClass
from homeassistant.components.media_source import BrowseMediaSource

from ..engine.store import EventField, EventFilter, StoredEvent
from ..runtime.places import display_name
from .context import BrowseContext
from .event_query import PAGE, EventQuery, Kind
from .items import IMAGE, VIDEO, file, folder
from .periods import Period
from .texts import TextKey

KIND_TITLES: Final = {Kind.CLIPS: TextKey.CLIPS, Kind.SNAPSHOTS: TextKey.SNAPSHOTS}
ITEM_NAMES: Final = {Kind.CLIPS: "clip", Kind.SNAPSHOTS: "snapshot"}
"""The start of the identifiers of files."""

_FIELD_TITLES: Final = {
    EventField.CAMERA: TextKey.CAMERAS,
    EventField.LABEL: TextKey.OBJECTS,
    EventField.ZONE: TextKey.ZONES,
}


def browse_events(context: BrowseContext, query: EventQuery) -> BrowseMediaSource:
    """Return a folder of events with its contents. Blocks. Raises ValueError if there is no such folder."""
    wanted = context.limit(query.to_filter(context.today, context.zone))
    if query.by is not None:
        children = list(_narrowed(context, query, query.by, wanted))
    else:
        folders = [] if query.older else [*_periods(context, query, wanted), *_fields(context, query)]
        children = [*folders, *_page(context, query, wanted)]
    return folder(
        context.identifier(query.identifier),
        _title(context, query),
        children,
        can_search=True,
        holds=MediaClass.VIDEO if query.kind is Kind.CLIPS else MediaClass.IMAGE,
    )


def event_item(
    context: BrowseContext, kind: Kind, event: StoredEvent, *, with_camera: bool, with_date: bool
) -> BrowseMediaSource:
    """Return the clip or snapshot of an event."""
    assert event.end_time is not None
    moment = datetime.fromtimestamp(event.start_time, context.zone)
    title = context.texts(
        TextKey.EVENT_OF_CAMERA if with_camera else TextKey.EVENT,
        time=context.texts.moment(moment, with_date=with_date and moment.date() != context.today),
        camera=context.camera_title(event.camera),
        object=display_name(event.label),
        score=round(event.top_score * 100),
        seconds=round(event.end_time - event.start_time),
    )
    return file(
        context.identifier(f"{ITEM_NAMES[kind]}/{event.id}"),
        title,
        VIDEO if kind is Kind.CLIPS else IMAGE,
        context.event_picture(event.id),
    )


def _page(context: BrowseContext, query: EventQuery, wanted: EventFilter) -> Iterator[BrowseMediaSource]:
    events = context.data.store.events(wanted)
    shown = [event for event in events[:PAGE] if event.end_time is not None]
    with_camera = query.camera is None and len(context.data.config.cameras) > 1
    with_date = query.period is None or not Period.parse(query.period, context.today).is_day
    for event in shown:
        yield event_item(context, query.kind, event, with_camera=with_camera, with_date=with_date)
    if len(events) > PAGE:
        last = events[PAGE - 1].cursor
        count = context.data.store.count(replace(wanted, older_than=last))
        following = replace(query, older=last)
        yield folder(context.identifier(following.identifier), context.texts(TextKey.OLDER, count=count))


def _periods(context: BrowseContext, query: EventQuery, wanted: EventFilter) -> Iterator[BrowseMediaSource]:
    """Return the days, months and years with events."""
    for period in _choice_of_periods(context, query, wanted):
        after, before = period.bounds(context.zone)
        if count := context.data.store.count(replace(wanted, after=after, before=before)):
            narrowed = replace(query, period=period.name)
            yield folder(
                context.identifier(narrowed.identifier), context.texts.counted(context.texts.period(period), count)
            )


def _choice_of_periods(context: BrowseContext, query: EventQuery, wanted: EventFilter) -> list[Period]:
    if query.period is not None:
        return Period.parse(query.period, context.today).parts(context.today)
    oldest = context.data.store.events(replace(wanted, newest_first=False, limit=1))
    if not oldest:
        return []
    first_year = datetime.fromtimestamp(oldest[0].start_time, context.zone).year
    years = range(context.today.year - 1, first_year - 1, -1)
    return [*Period.presets(context.today), *(Period.parse(f"{year:04}", context.today) for year in years)]


def _fields(context: BrowseContext, query: EventQuery) -> Iterator[BrowseMediaSource]:
    """Return the folders to filter by camera, object and zone, if this system has more than one."""
    cameras = context.data.config.cameras.values()
    choices = {
        EventField.CAMERA: len(cameras) > 1,
        EventField.LABEL: len({label for camera in cameras for label in camera.objects.track}) > 1,
        EventField.ZONE: any(camera.zones for camera in cameras),
    }
    for field, is_choice in choices.items():
        if is_choice and query.of(field) is None:
            listed = replace(query, by=field)
            yield folder(context.identifier(listed.identifier), context.texts(_FIELD_TITLES[field]))


def _narrowed(
    context: BrowseContext, query: EventQuery, field: EventField, wanted: EventFilter
) -> Iterator[BrowseMediaSource]:
    for name, count in context.data.store.counts(field, wanted).items():
        narrowed = replace(query, by=None)
        match field:
            case EventField.CAMERA:
                narrowed = replace(narrowed, camera=name)
            case EventField.LABEL:
                narrowed = replace(narrowed, label=name)
            case EventField.ZONE:
                narrowed = replace(narrowed, zone=name)
        is_camera = field is EventField.CAMERA
        title = context.camera_title(name) if is_camera else display_name(name)
        yield folder(
            context.identifier(narrowed.identifier),
            context.texts.counted(title, count),
            thumbnail=context.camera_picture(name) if is_camera else None,
        )


def _title(context: BrowseContext, query: EventQuery) -> str:
    """Return the title of a folder, from general to specific."""
    parts = [context.texts(KIND_TITLES[query.kind])]
    if query.period is not None:
        parts.append(context.texts.period(Period.parse(query.period, context.today)))
    if query.camera is not None:
        parts.append(context.camera_title(query.camera))
    parts += [display_name(name) for name in (query.label, query.zone) if name]
    if query.by is not None:
        parts.append(context.texts(_FIELD_TITLES[query.by]))
    return " · ".join(parts)
