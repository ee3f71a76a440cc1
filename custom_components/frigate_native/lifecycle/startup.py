"""Starts an entry's NVR and everything around it, and stops it in reverse order."""

import time
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_PATH
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.device_registry import DeviceEntryType
from homeassistant.loader import async_get_integration
from homeassistant.util import dt as dt_util

from ..configuration import entry_config
from ..configuration.entity_source import EntitySources
from ..configuration.media_folders import async_media_paths
from ..const import DOMAIN, MANUFACTURER
from ..coordinator import StatsCoordinator
from ..data import FrigateNativeConfigEntry, FrigateNativeData
from ..engine.context import EngineContext
from ..engine.errors import ConfigError, ConfigErrors, DetectorError, FolderInUseError
from ..engine.nvr import Nvr
from ..engine.paths import MediaPaths
from ..entity import device_identifier
from ..entries import async_hub_name
from ..http import frigate_server
from ..mqtt import publishing
from ..recording.health_reports import HealthReports
from ..recording.restreams import Restreams
from ..runtime.activity import Activity
from ..runtime.blocking import async_call
from ..runtime.bridge import Bridge
from ..runtime.feature_memory import FeatureMemory
from ..runtime.ffmpeg_program import ffmpeg_program
from ..runtime.live_streams import Streams
from ..runtime.pace import Pace
from ..runtime.places import places_of
from ..runtime.renderer import Renderer
from ..runtime.stop_group import StopGroup
from . import detector_helper, recording as recording_lifecycle
from .configuration_report import async_report
from .repair_issues import async_watch


async def async_start(
    hass: HomeAssistant, entry: FrigateNativeConfigEntry, previous: FrigateNativeData | None = None
) -> FrigateNativeData:
    """Return a running NVR, for the caller to stop. If startup fails, everything that was started is stopped.

    previous is the entry's stopped NVR when entities remain: what they listen to continues, and cameras count as
    running until they report otherwise.
    """
    async with AsyncExitStack[None]() as stack:
        paths = async_media_paths(hass, entry)
        sources = EntitySources(hass)
        nvr = await _async_build(hass, entry, paths, sources)
        assert nvr.storage is not None  # it has paths
        # Receivers of the NVR's messages are stopped after it.
        receivers = await stack.enter_async_context(AsyncExitStack[None]())
        stop_group = StopGroup()
        stop_group.add(partial(async_call, hass, nvr.stop))
        stack.push_async_callback(stop_group.async_stop)
        await _async_claim(hass, nvr)
        bridge = Bridge(hass, entry.entry_id, entry_config.topic_prefix(entry, nvr.config))
        receivers.callback(bridge.async_stop)
        renderer = Renderer()
        receivers.push_async_callback(renderer.async_stop)
        streams = Streams()
        receivers.callback(streams.async_close)
        if entry_config.is_file(entry):
            async_report(hass, entry.entry_id, entry.data[CONF_PATH], nvr.config)
        places = places_of(entry, nvr.config)
        memory = FeatureMemory(hass, entry.entry_id, nvr, tuple(place for place in places if not place.is_zone))
        receivers.push_async_callback(memory.async_stop)
        await memory.async_restore()
        await publishing.async_start(hass, entry, nvr, receivers)
        _async_prime(bridge, nvr, previous)
        memory.async_listen(bridge)
        await _async_start_nvr(hass, nvr)
        coordinator = await _async_coordinator(hass, entry, nvr, previous)
        reports, restreams = _async_follow_recorder(hass, entry, nvr, previous)
        data = FrigateNativeData(
            entry_id=entry.entry_id,
            client_id=entry_config.client_id(nvr.config),
            version=str((await async_get_integration(hass, DOMAIN)).version),
            started=time.monotonic(),
            http=entry_config.http_options(entry),
            paths=paths,
            store=nvr.storage.store,
            event_writer=nvr.storage.writer,
            recordings=nvr.storage.recordings,
            exports=nvr.storage.exports,
            previews=nvr.storage.previews,
            imports=nvr.storage.imports,
            config=nvr.config,
            options=dict(entry.options),
            nvr=nvr,
            sources=sources,
            bridge=bridge,
            activity=Activity(hass, entry.entry_id, places),
            renderer=renderer,
            streams=streams,
            pace=Pace(),
            reports=reports,
            restreams=restreams,
            coordinator=coordinator,
            places=places,
            hub_device_id=await async_register_hubs(hass, entry),
        )
        stack.callback(async_watch(hass, data))
        stack.callback(detector_helper.async_follow(hass, data))
        recording_lifecycle.async_start(hass, data, receivers, stop_group)
        await frigate_server.async_start(hass, data, stack)
        data.stack = stack.pop_all()
        return data


@callback
def _async_prime(bridge: Bridge, nvr: Nvr, previous: FrigateNativeData | None) -> None:
    """Connect the bridge, and give it what entities show until something is reported."""
    nvr.subscribe(bridge.receive)
    for camera in nvr.config.cameras:
        bridge.async_prime(nvr.camera_state(camera))
    for message in nvr.features():
        bridge.async_prime(message)
    if previous is not None:
        bridge.async_inherit(previous.bridge, nvr.config.cameras)


@callback
def _async_follow_recorder(
    hass: HomeAssistant, entry: ConfigEntry, nvr: Nvr, previous: FrigateNativeData | None
) -> tuple[HealthReports, Restreams]:
    recording = entry_config.recording_options(entry)
    reports = previous.reports if previous else HealthReports(hass)
    reports.async_start(records_here=recording.records_here)
    restreams = Restreams(hass, nvr, reports, is_used=recording.uses_restream)
    if previous is not None:
        restreams.async_inherit(previous.restreams)
    return reports, restreams


async def _async_coordinator(
    hass: HomeAssistant, entry: ConfigEntry, nvr: Nvr, previous: FrigateNativeData | None
) -> StatsCoordinator:
    if previous is None:
        coordinator = StatsCoordinator(hass, entry, nvr)
        await coordinator.async_config_entry_first_refresh()
    else:
        coordinator = previous.coordinator
        coordinator.nvr = nvr
        await coordinator.async_refresh()
    return coordinator


async def _async_build(hass: HomeAssistant, entry: ConfigEntry, paths: MediaPaths, sources: EntitySources) -> Nvr:
    try:
        config = await hass.async_add_executor_job(entry_config.load, entry, Path(hass.config.config_dir))
    except (ConfigError, ConfigErrors) as err:
        raise _config_invalid(err) from None  # Home Assistant logs the chain, which may contain passwords
    except OSError as err:
        raise _not_ready(err, translation_key="file_missing") from err
    zone = dt_util.get_default_time_zone
    context = EngineContext(ffmpeg=ffmpeg_program(hass), resolve_address=sources.locate, paths=paths, time_zone=zone)
    try:
        return await hass.async_add_executor_job(Nvr, config, context)
    except ConfigError as err:  # in a model, which is only read now
        raise _config_invalid(err) from None
    except OSError as err:
        raise _not_ready(err, translation_key="folder_failed") from err


async def _async_claim(hass: HomeAssistant, nvr: Nvr) -> None:
    """Lock the folders before anything in them is changed."""
    try:
        await async_call(hass, nvr.claim)
    except FolderInUseError as err:
        raise _not_ready(err, translation_key="folder_in_use") from err


async def _async_start_nvr(hass: HomeAssistant, nvr: Nvr) -> None:
    try:
        await async_call(hass, nvr.start)
    except DetectorError as err:
        raise _not_ready(err, translation_key="detector_failed") from err


async def async_register_hubs(hass: HomeAssistant, entry: ConfigEntry) -> str:
    """Register the device of an entry and return its ID; name those of other entries, since names must differ."""
    version = str((await async_get_integration(hass, DOMAIN)).version)
    for other in hass.config_entries.async_loaded_entries(DOMAIN):
        _async_register_hub(hass, other, version)
    return _async_register_hub(hass, entry, version)


@callback
def _async_register_hub(hass: HomeAssistant, entry: ConfigEntry, version: str) -> str:
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id,
        identifiers={device_identifier(entry.entry_id, "")},
        entry_type=DeviceEntryType.SERVICE,
        manufacturer=MANUFACTURER,
        model="NVR",
        name=async_hub_name(hass, entry),
        sw_version=version,
    )
    return device.id


def _config_invalid(err: ConfigError | ConfigErrors) -> ConfigEntryError:
    return ConfigEntryError(
        translation_domain=DOMAIN,
        translation_key="config_invalid",
        translation_placeholders={"errors": str(err).replace("\n", "; ")},
    )


def _not_ready(err: Exception, *, translation_key: str) -> ConfigEntryNotReady:
    """Return an error with a translation key that makes Home Assistant retry later."""
    return ConfigEntryNotReady(
        translation_domain=DOMAIN, translation_key=translation_key, translation_placeholders={"error": str(err)}
    )
