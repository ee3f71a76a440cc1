"""Media source: clips, snapshots, recordings, review items and exports of all running entries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final, override
from urllib.parse import quote

from homeassistant.components.http.auth import async_sign_path
from homeassistant.components.media_player import (
    CONTENT_AUTH_EXPIRY_TIME,
    BrowseError,
    MediaClass,
    SearchMedia,
    SearchMediaQuery,
)
from homeassistant.components.media_source import (
    BrowseMediaSource,
    MediaSource,
    MediaSourceItem,
    PlayMedia,
    Unresolvable,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from .access import Access
from .const import DOMAIN, HUB_NAME
from .data import FrigateNativeData
from .engine.errors import StoreError
from .engine.media import existing_file
from .entries import async_entry_title, async_loaded_systems
from .http.routes import BASE_PATH
from .media_browser.context import BrowseContext
from .media_browser.event_query import EventQuery, Kind
from .media_browser.events import ITEM_NAMES, KIND_TITLES, browse_events
from .media_browser.exports import ITEM_NAME as EXPORT_NAME, NAME as EXPORTS, browse_exports, export_media
from .media_browser.items import IMAGE, VIDEO, folder
from .media_browser.recordings import ITEM_NAME, browse_recordings
from .media_browser.recordings_query import NAME as RECORDINGS, RecordingsQuery
from .media_browser.reviews import ITEM_NAME as REVIEW_NAME, browse_reviews, review_media
from .media_browser.reviews_query import NAME as REVIEWS, ReviewsQuery
from .media_browser.search import newest, search_events
from .media_browser.texts import TextKey, Texts
from .recorder.recordings_tree import RecordingsTree, camera_of

_KINDS: Final = {name: kind for kind, name in ITEM_NAMES.items()}
_OF_SPANS: Final = (ITEM_NAME, REVIEW_NAME, EXPORT_NAME)
_FILES: Final = {Kind.CLIPS: (".mp4", VIDEO), Kind.SNAPSHOTS: (".jpg", IMAGE)}


async def async_get_media_source(hass: HomeAssistant) -> FrigateMediaSource:
    """Return the media source for all entries."""
    return FrigateMediaSource(hass)


class FrigateMediaSource(MediaSource):
    """Clips, recordings and so on. An identifier is the entry's ID, followed by the folder or file."""

    name = HUB_NAME

    def __init__(self, hass: HomeAssistant) -> None:
        """Initialize."""
        super().__init__(DOMAIN)
        self._hass = hass

    @override
    async def async_browse_media(self, item: MediaSourceItem) -> BrowseMediaSource:
        """Return a folder with its content."""
        systems = async_loaded_systems(self._hass)
        entry_id, rest = _parts(item)
        if not entry_id and len(systems) != 1:
            return self._async_entries(systems)
        context = self._async_context(systems, entry_id or systems[0].entry_id, item.identifier)
        if not rest:
            return _system(
                context, HUB_NAME if len(systems) == 1 else async_entry_title(self._hass, context.data.entry_id)
            )
        return await self._async_browse(lambda: _browse(context, rest), item.identifier)

    @override
    async def async_search_media(self, item: MediaSourceItem, query: SearchMediaQuery) -> SearchMedia:
        """Return the newest events that match all words: cameras, objects, zones, days."""
        systems = async_loaded_systems(self._hass)
        entry_id, rest = _parts(item)
        chosen = [entry_id] if entry_id else [data.entry_id for data in systems]
        contexts = [self._async_context(systems, one, item.identifier) for one in chosen]

        def search() -> list[BrowseMediaSource]:
            queries = _queries(rest)
            found = [one for context in contexts for one in search_events(context, queries, query.search_query)]
            return [one.item for one in newest(found)]

        items = await self._async_browse(search, item.identifier)
        wanted = query.media_filter_classes
        return SearchMedia(result=[one for one in items if not wanted or MediaClass(one.media_class) in wanted])

    @override
    async def async_resolve_media(self, item: MediaSourceItem) -> PlayMedia:
        """Return the path of a clip, snapshot or recording, for Home Assistant to sign."""
        systems = async_loaded_systems(self._hass)
        entry_id, rest = _parts(item)
        kind, _, name = rest.partition("/")
        data = next((data for data in systems if data.entry_id == entry_id), None)
        if data is None or (kind not in _KINDS and kind not in _OF_SPANS):
            raise Unresolvable(
                translation_domain=DOMAIN,
                translation_key="media_unknown",
                translation_placeholders={"identifier": item.identifier},
            )
        access = Access.of_connection(self._hass)
        try:
            if kind == REVIEW_NAME:
                now = dt_util.now().timestamp()
                media = await self._hass.async_add_executor_job(review_media, data, name, now, access)
            elif kind == EXPORT_NAME:
                media = await self._hass.async_add_executor_job(export_media, data, name, access)
            elif kind == ITEM_NAME:
                media = await self._hass.async_add_executor_job(_recording, data, name, access)
            else:
                media = await self._hass.async_add_executor_job(_event_file, data, _KINDS[kind], name, access)
        except StoreError as err:
            raise Unresolvable(
                translation_domain=DOMAIN, translation_key="store_failed", translation_placeholders={"error": str(err)}
            ) from err
        if media is None:
            raise Unresolvable(translation_domain=DOMAIN, translation_key="media_gone")
        if kind in _OF_SPANS and len(systems) > 1:  # entries may have the same cameras and times
            media.url = self._async_signed(f"{media.url}?entry_id={entry_id}")
        return media

    @callback
    def _async_signed(self, path: str) -> str:
        """Sign a path that has a query; Home Assistant does not sign these."""
        return async_sign_path(self._hass, path, timedelta(seconds=CONTENT_AUTH_EXPIRY_TIME))

    @callback
    def _async_entries(self, systems: list[FrigateNativeData]) -> BrowseMediaSource:
        if not systems:
            raise BrowseError(translation_domain=DOMAIN, translation_key="media_no_system")
        children = [folder(data.entry_id, async_entry_title(self._hass, data.entry_id)) for data in systems]
        return folder(None, HUB_NAME, children, can_search=True)

    @callback
    def _async_context(self, systems: list[FrigateNativeData], entry_id: str, identifier: str) -> BrowseContext:
        data = next((data for data in systems if data.entry_id == entry_id), None)
        if data is None:
            raise _unknown(identifier)
        return BrowseContext(
            data=data, texts=Texts.async_of(self._hass), now=dt_util.now(), access=Access.of_connection(self._hass)
        )

    async def _async_browse[T](self, job: Callable[[], T], identifier: str) -> T:
        """Return the result of a job that reads databases and disks."""
        try:
            return await self._hass.async_add_executor_job(job)
        except StoreError as err:
            raise BrowseError(
                translation_domain=DOMAIN, translation_key="store_failed", translation_placeholders={"error": str(err)}
            ) from err
        except OSError as err:
            raise BrowseError(
                translation_domain=DOMAIN,
                translation_key="media_unreadable",
                translation_placeholders={"error": err.strerror or str(err)},
            ) from err
        except ValueError as err:
            raise _unknown(identifier) from err


def _parts(item: MediaSourceItem) -> tuple[str, str]:
    """Return the entry ID and the rest of an identifier."""
    entry_id, _, rest = (item.identifier or "").partition("/")  # None for the source itself, despite its type
    return entry_id, rest


def _unknown(identifier: str) -> BrowseError:
    return BrowseError(
        translation_domain=DOMAIN,
        translation_key="media_unknown",
        translation_placeholders={"identifier": identifier},
    )


def _system(context: BrowseContext, title: str) -> BrowseMediaSource:
    kinds = [(EventQuery(kind=kind).identifier, word, True) for kind, word in KIND_TITLES.items()]
    words = {RECORDINGS: TextKey.RECORDINGS, REVIEWS: TextKey.REVIEWS, EXPORTS: TextKey.EXPORTS}
    others = [(name, word, False) for name, word in words.items()]
    children = [
        folder(context.identifier(name), context.texts(word), can_search=can_search)
        for name, word, can_search in (*kinds, *others)
    ]
    return folder(context.identifier(), title, children, can_search=True)


def _browse(context: BrowseContext, rest: str) -> BrowseMediaSource:
    name, _, query = rest.partition("?")
    if name == RECORDINGS:
        return browse_recordings(context, RecordingsQuery.parse(query))
    if name == EXPORTS:
        return browse_exports(context, query)
    if name == REVIEWS:
        return browse_reviews(context, ReviewsQuery.parse(query))
    return browse_events(context, EventQuery.parse(Kind(name), query))


def _queries(rest: str) -> list[EventQuery]:
    """Return the folders to search: one folder of events, or all clips, and snapshots of events without a clip."""
    name, _, query = rest.partition("?")
    if name in (RECORDINGS, REVIEWS, EXPORTS):
        raise NotImplementedError
    return [EventQuery.parse(Kind(name), query)] if name else [EventQuery(kind=kind) for kind in Kind]


def _event_file(data: FrigateNativeData, kind: Kind, event_id: str, access: Access) -> PlayMedia | None:
    suffix, mime_type = _FILES[kind]
    event = data.store.event(event_id, include_thumbnail=False)
    if event is None or not access.may_see(data, event.camera):
        return None
    path = existing_file(data.paths.clips, event.camera, event.id, suffix)
    if path is not None:
        return PlayMedia(f"{BASE_PATH}/clips/{quote(path.name)}", mime_type, path=path)
    if kind is not Kind.CLIPS or not event.has_clip or not data.recordings.has_clip(event):
        return None
    return PlayMedia(f"{BASE_PATH}/clips/{quote(f'{event.camera}-{event.id}{suffix}')}", mime_type)


def _recording(data: FrigateNativeData, name: str, access: Access) -> PlayMedia | None:
    parts = name.split("/")
    camera = camera_of(parts)
    if camera is None or not access.may_see(data, camera):
        return None
    path = RecordingsTree(data.paths.recordings).file(*parts)
    return None if path is None else PlayMedia(f"{BASE_PATH}/recordings/{quote(name)}", VIDEO, path=path)
