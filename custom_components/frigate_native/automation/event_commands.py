"""Commands on events, called by `services.py` and `websocket_api.py`."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from math import inf
from typing import Any, Final
from unicodedata import category

import voluptuous as vol
from homeassistant.core import HomeAssistant, callback, valid_entity_id
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.util import dt as dt_util

from ..access import Access
from ..const import DOMAIN
from ..data import FrigateNativeData
from ..engine.errors import EventError, StoreError
from ..engine.media import clip_path, delete_media, snapshot_path
from ..engine.nvr import Nvr
from ..engine.paths import MediaPaths
from ..engine.store import EventFilter, EventStore, StoredEvent
from ..entries import async_required_systems

_LATEST: Final = 10_000_000_000  # epoch seconds, in the year 2286
_MAX_EVENTS: Final = 10_000
_MAX_PICTURES: Final = 500  # of about 20 kB each; a response is in memory several times
_MAX_SECONDS: Final = 86_400
_MAX_NAME_LENGTH: Final = 255
_MAX_SUB_LABEL: Final = 100
_MAX_DESCRIPTION: Final = 10_000
_CONTROLS: Final = frozenset({"Cc", "Cs"})  # Unicode categories; not every database can store these characters
_MAX_NAMES: Final = 1000  # of cameras, labels or zones; a list of a hundred thousand would block the event loop


def _without_controls(name: str) -> str:
    if any(category(character) in _CONTROLS for character in name):
        raise vol.Invalid("control characters are not allowed")
    return name


NAME: Final = vol.All(cv.string, vol.Strip, vol.Length(min=1, max=_MAX_NAME_LENGTH), _without_controls)
NAMES: Final = vol.All(cv.ensure_list, vol.Length(max=_MAX_NAMES), [cv.string])
SCORE: Final = vol.All(vol.Coerce(float), vol.Range(min=0, max=1))
SUB_LABEL: Final = vol.All(cv.string, vol.Strip, vol.Length(max=_MAX_SUB_LABEL), _without_controls)
DESCRIPTION: Final = vol.All(cv.string, vol.Length(max=_MAX_DESCRIPTION))
DURATION: Final = vol.Any(None, vol.All(vol.Coerce(float), vol.Range(min=0, max=_MAX_SECONDS)))
DEFAULT_DURATION_S: Final = 30


def _from_datetime(value: Any) -> float:
    return dt_util.as_local(cv.datetime(value)).timestamp()


_EPOCH: Final = vol.All(vol.Coerce(float), vol.Range(min=0, max=_LATEST))
TIMESTAMP: Final = vol.Any(_EPOCH, _from_datetime)

FILTER_FIELDS: Final[dict[Any, Any]] = {
    vol.Optional("before"): TIMESTAMP,
    vol.Optional("after"): TIMESTAMP,
    vol.Optional("has_clip"): cv.boolean,
    vol.Optional("has_snapshot"): cv.boolean,
    vol.Optional("retained"): cv.boolean,
    vol.Optional("in_progress"): cv.boolean,
}
PAGE_FIELDS: Final[dict[Any, Any]] = {
    vol.Optional("limit", default=100): vol.All(vol.Coerce(int), vol.Range(min=0, max=_MAX_EVENTS)),
    vol.Optional("include_thumbnails", default=False): cv.boolean,
}


def event_filter(
    values: Mapping[str, Any], *, cameras: list[str] | None, labels: list[str] | None, zones: list[str] | None
) -> EventFilter:
    """Return the filter for the fields of FILTER_FIELDS and PAGE_FIELDS; without in_progress, only ended events."""
    has_pictures, limit = values.get("include_thumbnails", False), values.get("limit")
    return EventFilter(
        cameras=tuple(cameras or ()),
        labels=tuple(labels or ()),
        zones=tuple(zones or ()),
        before=values.get("before"),
        after=values.get("after"),
        has_clip=values.get("has_clip"),
        has_snapshot=values.get("has_snapshot"),
        retained=values.get("retained"),
        in_progress=values.get("in_progress", False),
        limit=min(limit, _MAX_PICTURES) if has_pictures and limit is not None else limit,
        include_thumbnails=has_pictures,
    )


@callback
def async_camera_names(hass: HomeAssistant, data: FrigateNativeData, wanted: list[str]) -> list[str]:
    """Return camera names. Entity IDs are resolved; other names stay, since a camera of old events may be gone."""
    return [async_camera(hass, data.entry_id, camera)[1] if valid_entity_id(camera) else camera for camera in wanted]


async def async_read[T](hass: HomeAssistant, data: FrigateNativeData, query: Callable[[EventStore], T]) -> T:
    """Run a database query in the executor."""
    try:
        return await hass.async_add_executor_job(query, data.store)
    except StoreError as err:
        raise _store_failed(err) from err


async def async_write[T](data: FrigateNativeData, job: Callable[[EventStore], T]) -> T:
    """Run a job that changes the database in the storage thread."""
    try:
        return await asyncio.wrap_future(data.event_writer.submit(job))
    except StoreError as err:
        raise _store_failed(err) from err


async def async_find(hass: HomeAssistant, access: Access, entry_id: str | None, event_id: str) -> StoredEvent:
    """Return an event with its thumbnail, even if it is ongoing."""
    broken: HomeAssistantError | None = None
    for data in async_required_systems(hass, entry_id):
        try:
            event = await async_read(hass, data, lambda store: store.event(event_id))
        except HomeAssistantError as err:  # another system may have the event
            broken = err
            continue
        if event is not None and access.may_see(data, event.camera):
            return event
    raise broken or _unknown(event_id)


async def async_retain(
    hass: HomeAssistant, access: Access, entry_id: str | None, event_id: str, *, retained: bool
) -> None:
    """Retain an event and its files, or stop retaining it."""
    await _async_check_control(hass, access, entry_id, event_id)
    await _async_change(hass, entry_id, event_id, lambda _: lambda store: store.set_retained(event_id, retained))


async def async_note(
    hass: HomeAssistant,
    access: Access,
    entry_id: str | None,
    event_id: str,
    note: Callable[[Nvr], Future[bool]],
) -> None:
    """Add something to an event, ongoing or not; note is called with the system that may have it."""
    await _async_check_control(hass, access, entry_id, event_id)
    broken: HomeAssistantError | None = None
    for data in async_required_systems(hass, entry_id):
        try:
            if await asyncio.wrap_future(note(data.nvr)):
                return
        except StoreError as err:  # another system may have the event
            broken = _store_failed(err)
    raise broken or _unknown(event_id)


async def async_delete(hass: HomeAssistant, entry_id: str | None, event_id: str) -> None:
    """Delete an event that has ended, with its clip and snapshot."""
    await _async_change(hass, entry_id, event_id, lambda data: partial(_delete, paths=data.paths, event_id=event_id))


async def async_create(
    hass: HomeAssistant,
    access: Access,
    entry_id: str | None,
    camera: str,
    label: str,
    *,
    sub_label: str | None,
    duration_s: float | None,
    has_picture: bool,
) -> str:
    """Start a manual event and return its ID. Without a duration it lasts until it is ended."""
    data, name = async_camera(hass, entry_id, camera)
    access.check_control(data, name)
    begin = partial(
        data.nvr.begin_event,
        name,
        label,
        sub_label=sub_label,
        duration_s=duration_s or inf,
        has_picture=has_picture,
    )
    try:
        event_id = await hass.async_add_executor_job(begin)
    except EventError as err:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="event_refused", translation_placeholders={"error": str(err)}
        ) from err
    await _async_flush(data)
    return event_id


async def async_end(hass: HomeAssistant, access: Access, entry_id: str | None, event_id: str) -> None:
    """End a manual event."""
    for data in async_required_systems(hass, entry_id):
        if (state := data.event_writer.state(event_id)) is not None:
            access.check_control(data, state.camera)
        if await hass.async_add_executor_job(data.nvr.end_event, event_id):
            await _async_flush(data)
            return
    raise ServiceValidationError(
        translation_domain=DOMAIN, translation_key="event_not_running", translation_placeholders={"event_id": event_id}
    )


@callback
def async_camera(hass: HomeAssistant, entry_id: str | None, wanted: str) -> tuple[FrigateNativeData, str]:
    """Return the camera with this name or entity ID, and its system."""
    systems = async_required_systems(hass, entry_id)
    registry = er.async_get(hass)
    entity = registry.async_get(wanted)
    unique_id = entity.unique_id if entity is not None and entity.platform == DOMAIN else None
    found = [
        (data, place.name)
        for data in systems
        for place in data.cameras
        if place.name == wanted or unique_id == f"{data.entry_id}/{place.key}/camera"
    ]
    if not found:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="camera_unknown", translation_placeholders={"camera": wanted}
        )
    if len(found) > 1:
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="entry_needed")
    return found[0]


async def _async_check_control(hass: HomeAssistant, access: Access, entry_id: str | None, event_id: str) -> None:
    """Raise Unauthorized if the user may not change the camera of an event."""
    for data in async_required_systems(hass, entry_id):
        try:
            event = await async_read(hass, data, lambda store: store.event(event_id, include_thumbnail=False))
        except HomeAssistantError:  # the change then fails as well, with the reason
            continue
        if event is not None:
            access.check_control(data, event.camera)


async def _async_change(
    hass: HomeAssistant,
    entry_id: str | None,
    event_id: str,
    change: Callable[[FrigateNativeData], Callable[[EventStore], bool]],
) -> None:
    """Change an event in the thread that writes the database; a change returns whether the event was found."""
    broken: HomeAssistantError | None = None
    for data in async_required_systems(hass, entry_id):
        try:
            if await asyncio.wrap_future(data.event_writer.submit(change(data))):
                return
        except StoreError as err:  # another system may have the event
            broken = _store_failed(err)
    raise broken or _unknown(event_id)


async def _async_flush(data: FrigateNativeData) -> None:
    """Wait until pending writes are in the database, so that the next query includes them."""
    with suppress(StoreError):  # pending writes are retried
        await asyncio.wrap_future(data.event_writer.submit(lambda _: None))


def _delete(store: EventStore, *, paths: MediaPaths, event_id: str) -> bool:
    event = store.event(event_id, include_thumbnail=False)
    if event is None:
        return False
    if event.end_time is None:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="event_in_progress",
            translation_placeholders={"event_id": event_id},
        )
    files = (clip_path(paths.clips, event.camera, event_id), snapshot_path(paths.clips, event.camera, event_id))
    present = [path for path in files if path.exists()]  # a file that is being written is deleted once it is complete
    delete_media(paths.clips, [(event.camera, event_id)])
    if left := [path.name for path in present if path.exists()]:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="files_remain",
            translation_placeholders={"files": ", ".join(left)},
        )
    return store.delete([event_id]) > 0


def _unknown(event_id: str) -> ServiceValidationError:
    return ServiceValidationError(
        translation_domain=DOMAIN, translation_key="event_unknown", translation_placeholders={"event_id": event_id}
    )


def _store_failed(err: StoreError) -> HomeAssistantError:
    return HomeAssistantError(
        translation_domain=DOMAIN, translation_key="store_failed", translation_placeholders={"error": str(err)}
    )
