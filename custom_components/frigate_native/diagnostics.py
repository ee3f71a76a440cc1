"""Diagnostics for bug reports, without secrets."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from homeassistant.components.diagnostics import REDACTED, async_redact_data
from homeassistant.const import CONF_HOST, CONF_PASSWORD, CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import DeviceEntry

from .const import CONF_INPUT_ARGS, CONF_MAIN_URL, CONF_OTHER_SETTINGS
from .data import FrigateNativeConfigEntry, FrigateNativeData
from .engine.config.dump import section_to_payload
from .engine.config.model import CameraConfig, InputConfig
from .engine.frame import Frame
from .engine.messages import CameraMessage
from .engine.redact import hide_remembered, redact_address, redact_arguments, redact_url
from .entity import device_identifier
from .runtime.places import Place

_SECRET_KEYS = {CONF_USERNAME, CONF_PASSWORD, "user", CONF_HOST, CONF_INPUT_ARGS, CONF_OTHER_SETTINGS, "client_id"}


async def async_get_config_entry_diagnostics(hass: HomeAssistant, entry: FrigateNativeConfigEntry) -> dict[str, Any]:
    """Return an entry's configuration and state."""
    data = entry.runtime_data
    found = {
        "entry": _entry(entry),
        "detectors": {
            "configured": [asdict(detector) for detector in data.config.detectors],
            "stats": {name: asdict(stats) for name, stats in data.coordinator.data.detectors.items()},
        },
        "model": _plain(asdict(data.config.model)),
        "has_mqtt": data.config.mqtt is not None,
        "configuration": data.config.report.summary,
        "notes": [str(note) for note in data.config.report.notes],
        "cameras": {place.name: _camera(data, place) for place in data.cameras},
        "recorder": _recorder(data),
        "zones": {place.name: list(place.cameras) for place in data.places if place.is_zone},
    }
    return {key: _plain(value, hide_remembered) for key, value in found.items()}


async def async_get_device_diagnostics(
    hass: HomeAssistant, entry: FrigateNativeConfigEntry, device: DeviceEntry
) -> dict[str, Any]:
    """Return the diagnostics of a camera or zone, or of the whole entry for the hub."""
    data = entry.runtime_data
    for place in data.places:
        if device_identifier(data.entry_id, place.key) in device.identifiers:
            cameras = [camera for camera in data.cameras if camera.name in place.cameras]
            return {camera.name: _plain(_camera(data, camera), hide_remembered) for camera in cameras}
    return await async_get_config_entry_diagnostics(hass, entry)


def _entry(entry: FrigateNativeConfigEntry) -> dict[str, Any]:
    return {
        "data": async_redact_data(dict(entry.data), {CONF_OTHER_SETTINGS}),
        "options": async_redact_data(dict(entry.options), _SECRET_KEYS),
        "cameras": [_subentry_data(subentry.data) for subentry in entry.subentries.values()],
    }


def _subentry_data(data: Mapping[str, Any]) -> dict[str, Any]:
    urls = {key: redact_address(data[key]) for key in (CONF_URL, CONF_MAIN_URL) if key in data}
    return async_redact_data(dict(data), _SECRET_KEYS) | urls


def _camera(data: FrigateNativeData, place: Place) -> dict[str, Any]:
    config = data.nvr.camera_config(place.name)  # with the current state of its switches
    latest = data.nvr.latest(place.name)
    stream = data.nvr.camera_stream(place.name)
    failure = data.bridge.last_failure(place.name)
    stats = data.coordinator.data.cameras.get(place.name)
    return {
        "config": _config(config),
        "state": str(data.nvr.camera_state(place.name).state),
        "last_failure": failure and _failure(failure),
        "stream": _plain(asdict(stream)) if stream else None,
        "frame": _frame(latest[0]) if latest else None,
        "stats": asdict(stats) if stats else None,
        "counts": {label: count._asdict() for (name, label), count in data.nvr.counts().items() if name == place.name},
    }


def _recorder(data: FrigateNativeData) -> dict[str, Any]:
    reports = data.reports
    addon = reports.addon
    return {
        "records_here": reports.records_here,
        "here": _plain(asdict(reports.here), redact_url) if reports.here else None,
        "addon": _plain(asdict(addon) | {"rtmp_host": REDACTED}, redact_url) if addon else None,
        "unreadable": reports.unreadable,
        "restreams": sorted(camera for camera in data.config.cameras if data.restreams.url(camera)),
    }


def _frame(frame: Frame) -> dict[str, Any]:
    return {"size": list(frame.size), "time": frame.time}


def _config(camera: CameraConfig) -> Any:
    """Return a camera's configuration; inputs only with values that cannot contain secrets."""
    return section_to_payload(camera) | {"inputs": [_input(source) for source in camera.inputs]}


def _input(source: InputConfig) -> dict[str, Any]:
    return {
        "path": redact_address(source.path),
        "roles": sorted(source.roles),
        "arguments": redact_arguments((*source.hwaccel_args, *source.input_args)),
    }


def _failure(failure: CameraMessage) -> dict[str, Any]:
    return {"problem": failure.problem, "text": failure.text}


def _plain(value: Any, text: Callable[[str], str] = str) -> Any:
    """Return dataclass values as JSON types, with each text passed through a function."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part, text) for key, part in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(part, text) for part in value]
    return value if isinstance(value, (int, float, bool)) or value is None else text(str(value))
