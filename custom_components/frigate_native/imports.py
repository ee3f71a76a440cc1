"""Imports from a Frigate installation, started by an action or in the entry's settings."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Final

import voluptuous as vol
from homeassistant.components import persistent_notification
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv

from .const import DOMAIN
from .data import FrigateNativeData
from .engine.importing.report import ImportReport, State
from .engine.importing.request import DEFAULT_KEEP_DAYS, FilesMode, ImportRequest
from .engine.importing.source import ImportFailedError

_MOST_CAMERAS: Final = 1000
_MOST_DAYS: Final = 3650
_MOST_PATH: Final = 4096
_LONGEST_NAME: Final = 255
_PATH: Final = vol.All(cv.string, vol.Strip, vol.Length(min=1, max=_MOST_PATH))
_NAME: Final = vol.All(cv.string, vol.Strip, vol.Length(max=_LONGEST_NAME))

FIELDS: Final[dict[Any, Any]] = {
    vol.Required("database"): _PATH,
    vol.Optional("media_folder"): _PATH,
    vol.Optional("cameras", default={}): vol.All({cv.string: _NAME}, vol.Length(max=_MOST_CAMERAS)),
    vol.Optional("files", default=FilesMode.LINK.value): vol.In(list(FilesMode)),
    vol.Optional("keep_days", default=DEFAULT_KEEP_DAYS): vol.All(vol.Coerce(float), vol.Range(min=0, max=_MOST_DAYS)),
    vol.Optional("trial", default=False): cv.boolean,
}


def request_of(hass: HomeAssistant, data: FrigateNativeData, values: Mapping[str, Any], user: str) -> ImportRequest:
    """Return the request for values of FIELDS; relative paths start in Home Assistant's configuration folder."""
    media = values.get("media_folder")
    return ImportRequest(
        database=Path(hass.config.path(values["database"])),
        media=Path(hass.config.path(media)) if media else data.paths.clips.parent,
        cameras=dict(values["cameras"]),
        files=FilesMode(values["files"]),
        user=user,
        keep_days=values["keep_days"],
        is_trial=values["trial"],
    )


@callback
def async_start(hass: HomeAssistant, data: FrigateNativeData, request: ImportRequest) -> Future[ImportReport]:
    """Start an import; ServiceValidationError if another one is running. A notification shows its report."""
    try:
        future = data.imports.start(request)
    except ImportFailedError as err:
        raise import_failed(str(err)) from err
    if not request.is_trial:
        future.add_done_callback(lambda done: hass.loop.call_soon_threadsafe(_async_notify, hass, done.result()))
    return future


async def async_import(hass: HomeAssistant, data: FrigateNativeData, request: ImportRequest) -> ImportReport:
    """Import, and return the report when it is over; HomeAssistantError if it fails."""
    report = await asyncio.wrap_future(async_start(hass, data, request))
    if report.state is State.FAILED:
        raise import_failed(report.problem)
    return report


def import_failed(problem: str) -> ServiceValidationError:
    """Return the error of an import that fails."""
    return ServiceValidationError(
        translation_domain=DOMAIN, translation_key="import_failed", translation_placeholders={"error": problem}
    )


@callback
def _async_notify(hass: HomeAssistant, report: ImportReport) -> None:
    persistent_notification.async_create(
        hass, report.to_text(), title="Import from Frigate", notification_id=f"{DOMAIN}_import"
    )
