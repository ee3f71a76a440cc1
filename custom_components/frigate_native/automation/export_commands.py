"""Commands on exports, called by `services.py` and `websocket_exports.py`."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

import voluptuous as vol
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import config_validation as cv

from ..access import Access
from ..const import DOMAIN
from ..data import FrigateNativeData
from ..engine.errors import MediaError, StoreError
from ..engine.exports.service import FASTEST
from ..engine.media.assembly import TimeRange
from ..engine.store import ExportFilter, StoredExport
from .event_commands import NAME, NAMES, TIMESTAMP, async_camera

_MOST: Final = 10_000

CREATE_FIELDS: Final[dict[Any, Any]] = {
    vol.Required("camera"): cv.string,
    vol.Required("start_time"): TIMESTAMP,
    vol.Required("end_time"): TIMESTAMP,
    vol.Optional("name"): NAME,
    vol.Optional("speed", default=1): vol.All(vol.Coerce(float), vol.Range(min=1, max=FASTEST)),
}
FILTER_FIELDS: Final[dict[Any, Any]] = {
    vol.Optional("cameras"): NAMES,
    vol.Optional("in_progress"): cv.boolean,
    vol.Optional("after"): TIMESTAMP,
    vol.Optional("before"): TIMESTAMP,
    vol.Optional("limit", default=100): vol.All(vol.Coerce(int), vol.Range(min=1, max=_MOST)),
    vol.Optional("offset", default=0): vol.All(vol.Coerce(int), vol.Range(min=0)),
}
IDS: Final = vol.All(cv.ensure_list, vol.Length(max=_MOST), [cv.string])


async def async_create(
    hass: HomeAssistant, access: Access, entry_id: str | None, values: dict[str, Any]
) -> StoredExport:
    """Queue an export as CREATE_FIELDS say, and return it."""
    data, camera = async_camera(hass, entry_id, values["camera"])
    access.check_control(data, camera)
    create = partial(
        data.exports.create,
        camera,
        TimeRange(start=values["start_time"], end=values["end_time"]),
        name=values.get("name"),
        title=data.camera_title(camera),
        speed=values["speed"],
    )
    return await _async_do(hass, create)


async def async_list(
    hass: HomeAssistant, access: Access, data: FrigateNativeData, values: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return the exports that match FILTER_FIELDS and that the user may see, the newest first."""
    selected = ExportFilter(
        cameras=tuple(values.get("cameras") or ()),
        in_progress=values.get("in_progress"),
        after=values.get("after"),
        before=values.get("before"),
        limit=values["limit"],
        offset=values["offset"],
    )
    selected = access.limit(data, selected)
    found = await _async_do(hass, lambda: data.store.exports.exports(selected))
    return [payload(data, export) for export in found]


async def async_cancel(hass: HomeAssistant, access: Access, data: FrigateNativeData, export_id: str) -> bool:
    """Give up an export; return whether it was not over yet."""
    await _async_check(hass, access, data, export_id)
    return await _async_do(hass, partial(data.exports.cancel, export_id))


async def async_rename(hass: HomeAssistant, access: Access, data: FrigateNativeData, export_id: str, name: str) -> None:
    """Give an export another name."""
    await _async_check(hass, access, data, export_id)
    if not await _async_do(hass, partial(data.exports.rename, export_id, name)):
        raise _unknown(export_id)


async def async_delete(hass: HomeAssistant, data: FrigateNativeData, export_ids: Sequence[str]) -> int:
    """Delete exports with their files; return how many there were."""
    return await _async_do(hass, partial(data.exports.delete, export_ids))


def payload(data: FrigateNativeData, export: StoredExport) -> dict[str, Any]:
    """Return the JSON object of an export, with its progress."""
    return export.to_payload(data.exports.progress(export.id))


async def _async_check(hass: HomeAssistant, access: Access, data: FrigateNativeData, export_id: str) -> None:
    """Raise unless there is such an export and the user may change what belongs to its camera."""
    export = await _async_do(hass, lambda: data.store.exports.export(export_id))
    if export is None or not access.may_see(data, export.camera):
        raise _unknown(export_id)
    access.check_control(data, export.camera)


async def _async_do[T](hass: HomeAssistant, job: Callable[[], T]) -> T:
    """Run a job of the engine in the executor, and translate its errors."""
    try:
        return await hass.async_add_executor_job(job)
    except StoreError as err:
        raise HomeAssistantError(
            translation_domain=DOMAIN, translation_key="store_failed", translation_placeholders={"error": str(err)}
        ) from err
    except (MediaError, ValueError) as err:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="export_refused", translation_placeholders={"error": str(err)}
        ) from err


def _unknown(export_id: str) -> ServiceValidationError:
    return ServiceValidationError(
        translation_domain=DOMAIN, translation_key="export_unknown", translation_placeholders={"export_id": export_id}
    )
