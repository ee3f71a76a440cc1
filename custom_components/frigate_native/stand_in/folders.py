"""Folders of the official integration's media source."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any, Final, override
from urllib.parse import quote

from homeassistant.components.media_player import MediaClass, MediaType
from homeassistant.components.media_source import BrowseMediaSource

from ..access import Access
from ..data import FrigateNativeData
from ..engine.store import EventField, EventFilter, StoredEvent
from ..frigate_api.events import event_row
from ..runtime.places import display_name
from .media_id import HourId, Search
from .official import FRIGATE

_PAGE: Final = 50
_MOST: Final = 10_000
_ALL: Final = "all"
_TITLES: Final = {"clips": "Clips", "recordings": "Recordings", "snapshots": "Snapshots"}


class _EventItem(BrowseMediaSource):
    """A clip or snapshot, with the event's JSON object for clients that know Frigate."""

    def __init__(self, event: StoredEvent, **given: Any) -> None:
        super().__init__(domain=FRIGATE, can_play=True, can_expand=False, **given)
        self._event = event

    @override
    def as_dict(self, *, parent: bool = True) -> dict[str, Any]:
        return super().as_dict(parent=parent) | {"frigate": {"event": event_row(self._event, include_thumbnail=False)}}


def _folder(identifier: str | None, title: str, children: list[BrowseMediaSource] | None = None) -> BrowseMediaSource:
    return BrowseMediaSource(
        domain=FRIGATE,
        identifier=identifier,
        media_class=MediaClass.DIRECTORY,
        media_content_type=MediaType.VIDEO,
        title=title,
        can_play=False,
        can_expand=True,
        children=children,
        children_media_class=MediaClass.DIRECTORY,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """Builds the folders of one system for a user. Blocks; StoreError if the database cannot be used."""

    data: FrigateNativeData
    instance: str
    access: Access
    zone: tzinfo

    @staticmethod
    def root(systems: Iterable[tuple[str, FrigateNativeData]], titles: Mapping[str, str]) -> BrowseMediaSource:
        """Return the folder with the kinds of media of each system."""
        several = len(titles) > 1
        children = [
            _folder(
                f"{instance}/{'recordings' if kind == 'recordings' else f'event-search/{kind}'}",
                f"{title} [{titles[data.entry_id]}]" if several else title,
            )
            for instance, data in systems
            for kind, title in _TITLES.items()
        ]
        return _folder(None, "Frigate", children)

    def search(self, part: Search) -> BrowseMediaSource:
        """Return the newest events that match, and folders that show fewer."""
        is_all = part.name.split(".")[-1] == _ALL
        selected = self._filter(part)
        events = self.data.store.events(replace(selected, limit=_MOST if is_all else _PAGE))
        children: list[BrowseMediaSource] = [self._item(part.kind, event) for event in events]
        children += self._narrower(part, selected)
        if not is_all and len(events) == _PAGE:
            children.append(_folder(self._identifier(part.named(_ALL)), "All"))
        words = (_TITLES[part.kind], *(word for word in part.name.split(".") if word not in ("", _ALL)))
        return _folder(self._identifier(part), " > ".join(map(display_name, words)), children)

    def recordings(self, part: HourId) -> BrowseMediaSource:
        """Return cameras, the days of one, or its hours of a day."""
        children = list(self._recorded(part))
        words = ["Recordings"]
        words += [self.data.camera_title(part.camera)] if part.camera else []
        words += [part.day.isoformat()] if part.day else []
        return _folder(self._identifier(part), " > ".join(words), children)

    def _filter(self, part: Search) -> EventFilter:
        return self.access.limit(
            self.data,
            EventFilter(
                cameras=(part.camera,) if part.camera else (),
                labels=(part.label,) if part.label else (),
                zones=(part.zone,) if part.zone else (),
                after=part.after,
                before=part.before,
                has_clip=True if part.kind == "clips" else None,
                has_snapshot=True if part.kind == "snapshots" else None,
                in_progress=None,
                include_thumbnails=False,
            ),
        )

    def _narrower(self, part: Search, selected: EventFilter) -> Iterator[BrowseMediaSource]:
        chosen = {EventField.CAMERA: part.camera, EventField.LABEL: part.label, EventField.ZONE: part.zone}
        for field in (field for field, value in chosen.items() if not value):
            for value, count in self.data.store.counts(field, selected).items():
                yield _folder(self._identifier(part.narrowed(field, value)), f"{display_name(value)} ({count})")

    def _recorded(self, part: HourId) -> Iterator[BrowseMediaSource]:
        recordings = self.data.store.recordings
        if not part.camera:
            for camera in recordings.cameras():
                if self.access.may_see(self.data, camera):
                    yield _folder(self._identifier(HourId(camera=camera)), self.data.camera_title(camera))
            return
        total = recordings.total(part.camera) if self.access.may_see(self.data, part.camera) else None
        if total is None:
            return
        found = recordings.hours(total.first, total.last, [part.camera])
        moments = [datetime.fromtimestamp(hour.start, self.zone) for hour in found]
        if part.day is None:
            for day in sorted({moment.date() for moment in moments}, reverse=True):
                yield _folder(self._identifier(replace(part, day=day)), day.isoformat())
            return
        for hour in sorted({moment.hour for moment in moments if moment.date() == part.day}, reverse=True):
            yield self._hour(replace(part, hour=hour))

    def _hour(self, part: HourId) -> BrowseMediaSource:
        return BrowseMediaSource(
            domain=FRIGATE,
            identifier=self._identifier(part),
            media_class=MediaClass.VIDEO,
            media_content_type=MediaType.VIDEO,
            title=f"{part.hour:02}:00",
            can_play=True,
            can_expand=False,
        )

    def _item(self, kind: str, event: StoredEvent) -> BrowseMediaSource:
        moment = datetime.fromtimestamp(event.start_time, self.zone)
        length = "" if event.end_time is None else f"{event.end_time - event.start_time:.0f}s, "
        is_clip = kind == "clips"
        return _EventItem(
            event,
            identifier=f"{self.instance}/event/{kind}/{event.camera}/{event.id}",
            media_class=MediaClass.VIDEO if is_clip else MediaClass.IMAGE,
            media_content_type=MediaType.VIDEO if is_clip else MediaType.IMAGE,
            title=f"{moment:%Y-%m-%d %H:%M:%S} [{length}{display_name(event.label)} {event.top_score:.0%}]",
            thumbnail=f"/api/{FRIGATE}/{quote(self.instance, safe='')}/thumbnail/{quote(event.id, safe='')}",
        )

    def _identifier(self, part: Search | HourId) -> str:
        return f"{self.instance}/{part.identifier}"
