"""Media source of the official integration: what its identifiers play, and folders to browse."""

from functools import partial
from typing import Final, override
from urllib.parse import quote

from homeassistant.components.media_player import BrowseError
from homeassistant.components.media_source import (
    BrowseMediaSource,
    MediaSource,
    MediaSourceItem,
    PlayMedia,
    Unresolvable,
)
from homeassistant.components.media_source.const import DATA_MEDIA_SOURCE_PLATFORMS
from homeassistant.core import HomeAssistant
from homeassistant.helpers.integration_platform import LazyIntegrationPlatforms
from homeassistant.setup import async_when_setup
from homeassistant.util import dt as dt_util

from ..access import Access
from ..const import DOMAIN, HUB_NAME
from ..data import FrigateNativeData
from ..engine.errors import StoreError
from ..engine.media import existing_file
from ..engine.store import StoredEvent
from ..entries import async_instance, async_instance_id, async_loaded_systems
from .folders import Folders
from .media_id import EventId, HourId, MediaId, Search
from .official import FRIGATE, is_official_in_use

BASE: Final = f"/api/{FRIGATE}"
_AROUND_S: Final = 5  # seconds of video before and after an event
_HLS: Final = "application/x-mpegURL"
_IMAGE: Final = "image/jpg"
_CLIPS: Final = "clips"


def async_setup(hass: HomeAssistant) -> None:
    """Offer the media source once Home Assistant's is set up."""

    async def offer(hass: HomeAssistant, _component: str) -> None:
        inner = hass.data[DATA_MEDIA_SOURCE_PLATFORMS]
        hass.data[DATA_MEDIA_SOURCE_PLATFORMS] = _WithFrigate(hass, inner, FrigateMedia(hass))

    async_when_setup(hass, "media_source", offer)


class _WithFrigate(LazyIntegrationPlatforms[MediaSource]):
    """The media sources of all integrations, and one for an integration that is not loaded."""

    def __init__(self, hass: HomeAssistant, inner: LazyIntegrationPlatforms[MediaSource], added: MediaSource) -> None:
        self._owner = hass
        self._inner = inner
        self._added = added

    @override
    async def async_get_platform(self, domain: str) -> MediaSource | None:
        if domain == FRIGATE and not is_official_in_use(self._owner):
            return self._added
        return await self._inner.async_get_platform(domain)

    @override
    async def async_get_platforms(self) -> dict[str, MediaSource]:
        """Return the sources to list: the clips and recordings in the added one are in the integration's own."""
        return await self._inner.async_get_platforms()


class FrigateMedia(MediaSource):
    """Clips, snapshots and recordings by the identifiers of the official integration."""

    name = HUB_NAME

    def __init__(self, hass: HomeAssistant) -> None:
        """Initialize."""
        super().__init__(FRIGATE)
        self._hass = hass

    @override
    async def async_resolve_media(self, item: MediaSourceItem) -> PlayMedia:
        """Return the path of a playlist or picture, for Home Assistant to sign."""
        media_id, access = self._parse(item), Access.of_connection(self._hass)
        if media_id is None or (data := async_instance(self._hass, media_id.instance)) is None:
            raise _unresolvable("media_unknown", identifier=item.identifier or "")
        base = f"{BASE}/{quote(async_instance_id(self._hass, data), safe='')}"
        if isinstance(media_id.part, EventId):
            return await self._async_event(data, media_id.part, base, access)
        if isinstance(media_id.part, HourId) and media_id.part.is_hour:
            if not access.may_see(data, media_id.part.camera):
                raise _unresolvable("media_gone")
            start = int(media_id.part.start(dt_util.get_default_time_zone()).timestamp())
            return PlayMedia(f"{base}/vod/{_span(media_id.part.camera, start, start + 3600)}/index.m3u8", _HLS)
        raise _unresolvable("media_unknown", identifier=item.identifier or "")

    @override
    async def async_browse_media(self, item: MediaSourceItem) -> BrowseMediaSource:
        """Return a folder with its content."""
        systems, media_id = async_loaded_systems(self._hass), self._parse(item)
        if media_id is None:
            raise _unknown(item)
        data = async_instance(self._hass, media_id.instance)
        if media_id.part is None and (media_id.instance is None or data is not None):
            names = [(async_instance_id(self._hass, one), one) for one in systems if data in (None, one)]
            return Folders.root(names, {one.entry_id: self._title(one) for _, one in names})
        if data is None or media_id.part is None or isinstance(media_id.part, EventId):
            raise _unknown(item)
        folders = Folders(
            data=data,
            instance=async_instance_id(self._hass, data),
            access=Access.of_connection(self._hass),
            zone=dt_util.get_default_time_zone(),
        )
        part = media_id.part
        browse = partial(folders.search, part) if isinstance(part, Search) else partial(folders.recordings, part)
        try:
            return await self._hass.async_add_executor_job(browse)
        except StoreError as err:
            raise BrowseError(
                translation_domain=DOMAIN, translation_key="store_failed", translation_placeholders={"error": str(err)}
            ) from err

    def _parse(self, item: MediaSourceItem) -> MediaId | None:
        try:
            return MediaId.parse(item.identifier or "")
        except ValueError:
            return None

    async def _async_event(self, data: FrigateNativeData, event_id: EventId, base: str, access: Access) -> PlayMedia:
        try:
            event = await self._hass.async_add_executor_job(
                partial(data.store.event, event_id.event_id, include_thumbnail=False)
            )
        except StoreError as err:
            raise _unresolvable("store_failed", error=str(err)) from err
        if event is None or not access.may_see(data, event.camera):
            raise _unresolvable("media_gone")
        if event_id.kind != _CLIPS:
            return PlayMedia(f"{base}/snapshot/{quote(event.id, safe='')}", _IMAGE)
        path = await self._hass.async_add_executor_job(_stream_of, data, event)
        return PlayMedia(f"{base}/vod/{path}/index.m3u8", _HLS)

    def _title(self, data: FrigateNativeData) -> str:
        entry = self._hass.config_entries.async_get_entry(data.entry_id)
        return entry.title if entry else HUB_NAME


def _stream_of(data: FrigateNativeData, event: StoredEvent) -> str:
    """Return the path of an event's stream below `vod`: its time in the recordings, or its clip's file. Blocks."""
    has_recordings = event.end_time is None or data.recordings.has_clip(event)
    if not has_recordings and existing_file(data.paths.clips, event.camera, event.id, ".mp4") is not None:
        return f"event/{quote(event.id, safe='')}"
    end = event.end_time or dt_util.utcnow().timestamp()
    return _span(event.camera, int(event.start_time) - _AROUND_S, int(end) + _AROUND_S)


def _span(camera: str, start: int, end: int) -> str:
    return f"{quote(camera, safe='')}/start/{start}/end/{end}"


def _unresolvable(key: str, **words: str) -> Unresolvable:
    return Unresolvable(translation_domain=DOMAIN, translation_key=key, translation_placeholders=words)


def _unknown(item: MediaSourceItem) -> BrowseError:
    return BrowseError(
        translation_domain=DOMAIN,
        translation_key="media_unknown",
        translation_placeholders={"identifier": item.identifier or ""},
    )
