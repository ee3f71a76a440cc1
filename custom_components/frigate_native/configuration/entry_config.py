"""Turns a config entry and its subentries into the engine's configuration; the only reader of their data."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import (
    CONF_DEVICE,
    CONF_HOST,
    CONF_NAME,
    CONF_PATH,
    CONF_PORT,
)

from ..const import (
    CONF_ALLOWED_HOSTS,
    CONF_DETECTOR_TYPE,
    CONF_ENDPOINT,
    CONF_FOLDER,
    CONF_LAYOUT,
    CONF_LINK_HOURS,
    CONF_LISTENER,
    CONF_MQTT_WAY,
    CONF_NUM_THREADS,
    CONF_OTHER_SETTINGS,
    CONF_PUBLIC_CLIPS,
    CONF_RECORDS_HERE,
    CONF_SOURCE_KIND,
    CONF_TOPIC_PREFIX,
    CONF_USES_RESTREAM,
    CONF_WRITES,
    DEFAULT_CLIENT_ID,
    DEFAULT_LISTENER_HOST,
    DEFAULT_LISTENER_PORT,
    DEFAULT_TOPIC_PREFIX,
    DETECTOR_AUTO,
    SECTION_HTTP,
    SOURCE_FILE,
    SUBENTRY_CAMERA,
    MqttWay,
)
from ..engine.config import forms
from ..engine.config.environment import escape
from ..engine.config.keys import declared_keys
from ..engine.config.loading import config_from_mapping, load_config_file
from ..engine.config.model import Config, MqttConfig, RecordingLayout
from ..engine.config.report import Report
from .camera_settings import camera_section
from .form_keys import to_section
from .host_names import host_of

_DETECTOR_KEYS: Mapping[str, tuple[str, ...]] = {
    "cpu": (CONF_NUM_THREADS,),
    "edgetpu": (CONF_DEVICE,),
    "openvino": (CONF_DEVICE,),
    "zmq": (CONF_ENDPOINT,),
}
_CORALS: Final = ("usb", "pci")


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpOptions:
    """What is accessible beyond Home Assistant's own server and users.

    link_hours is for how long links in notifications open without login, 0: without end. allowed_hosts are lowercase
    names.
    allows_writes: whoever can reach the address may change events, review items and exports.
    """

    has_public_clips: bool
    link_hours: int
    is_listening: bool
    allows_writes: bool
    host: str
    port: int
    allowed_hosts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingOptions:
    """Where recording runs, and whether cameras are read from the add-on's restream."""

    records_here: bool
    uses_restream: bool


def is_file(entry: ConfigEntry) -> bool:
    """Tell whether an entry uses a configuration file."""
    return bool(entry.data[CONF_SOURCE_KIND] == SOURCE_FILE)


def load(entry: ConfigEntry, directory: Path) -> Config:
    """Return an entry's configuration; blocks for files. Raises ConfigErrors and, when there is no file, OSError."""
    if is_file(entry):
        (directory / entry.data[CONF_PATH]).stat()
        return load_file(entry.data[CONF_PATH], directory)
    cameras = [subentry.data for subentry in entry.get_subentries_of_type(SUBENTRY_CAMERA)]
    layout = RecordingLayout(entry.data.get(CONF_LAYOUT, "local"))
    return from_forms(cameras, entry.options, directory, layout, common=entry.data.get(CONF_OTHER_SETTINGS, {}))


def load_file(path: str, directory: Path) -> Config:
    """Return the configuration in a file; blocks. A relative path starts in Home Assistant's config directory."""
    return load_config_file(directory / path, os.environ)


def from_forms(
    cameras: Iterable[Mapping[str, Any]],
    options: Mapping[str, Any],
    directory: Path,
    layout: RecordingLayout = RecordingLayout.LOCAL,
    *,
    common: Mapping[str, Any] = MappingProxyType({}),
) -> Config:
    """Return the configuration entered in forms; blocks. cameras are the data of subentries.

    common are sections that a converted file had; those of the options win.
    """
    sections = {camera[CONF_NAME]: camera_section(camera, layout) for camera in cameras}
    mapping: dict[str, Any] = {**common, "cameras": sections}
    if (mqtt := options.get(forms.MQTT, {})).get(CONF_HOST):
        mapping["mqtt"] = _mqtt(mqtt)
    if detector := _detector(options.get(forms.DETECTOR, {})):
        mapping["detectors"] = {detector["type"]: detector}
    config = config_from_mapping(mapping, directory, os.environ, is_native=True)
    return replace(config, report=Report())  # it is about keys of a file


def http_options(entry: ConfigEntry) -> HttpOptions:
    """Return an entry's HTTP options; by default nothing else is accessible."""
    options = entry.options.get(SECTION_HTTP, {})
    return HttpOptions(
        has_public_clips=options.get(CONF_PUBLIC_CLIPS, False),
        link_hours=int(options.get(CONF_LINK_HOURS, 0)),
        is_listening=options.get(CONF_LISTENER, False),
        allows_writes=options.get(CONF_WRITES, False),
        host=options.get(CONF_HOST, DEFAULT_LISTENER_HOST),
        port=options.get(CONF_PORT, DEFAULT_LISTENER_PORT),
        allowed_hosts=frozenset(map(_host_name, options.get(CONF_ALLOWED_HOSTS, ()))),
    )


def recording_options(entry: ConfigEntry) -> RecordingOptions:
    """Return an entry's recording options; by default the add-on records."""
    options = entry.options.get(forms.RECORDING, {})
    return RecordingOptions(
        records_here=options.get(CONF_RECORDS_HERE, False), uses_restream=options.get(CONF_USES_RESTREAM, True)
    )


def media_folder(entry: ConfigEntry) -> str | None:
    """Return the name of the folder with an entry's events and media, once it has one."""
    folder: str | None = entry.data.get(CONF_FOLDER)
    return folder


def topic_prefix(entry: ConfigEntry, config: Config) -> str:
    """Return the topic prefix, with or without a broker."""
    if config.mqtt is not None:
        return config.mqtt.topic_prefix
    prefix: str = entry.options.get(forms.MQTT, {}).get(CONF_TOPIC_PREFIX, DEFAULT_TOPIC_PREFIX)
    return prefix


def client_id(config: Config) -> str:
    """Return the client ID on the broker, by which Frigate's clients name an instance; with or without a broker."""
    return config.mqtt.client_id if config.mqtt is not None else DEFAULT_CLIENT_ID


def check_topic_prefix(options: Mapping[str, Any], directory: Path) -> None:
    """Raise ConfigErrors when the topic prefix cannot be used."""
    prefix = escape(options[forms.MQTT][CONF_TOPIC_PREFIX])
    config_from_mapping({"mqtt": {"host": "localhost", "topic_prefix": prefix}}, directory, {})


def mqtt_way(entry: ConfigEntry) -> MqttWay:
    """Return how MQTT is published."""
    return MqttWay(entry.options.get(forms.MQTT, {}).get(CONF_MQTT_WAY, MqttWay.AUTO))


def _host_name(text: str) -> str:
    """Return the host, which may have been entered as a whole URL."""
    return host_of(text.strip().rpartition("//")[2].partition("/")[0])


def _mqtt(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the section; what is typed in a form names no variables."""
    section = to_section(MqttConfig, options)
    if prefix := options.get(CONF_TOPIC_PREFIX):
        section["topic_prefix"] = prefix
    may_name = {name for name, declared in declared_keys(MqttConfig).items() if declared.key.has_variables}
    return {name: escape(value) if name in may_name else value for name, value in section.items()}


def _detector(options: Mapping[str, Any]) -> dict[str, Any]:
    kind = options.get(CONF_DETECTOR_TYPE, DETECTOR_AUTO)
    if kind == DETECTOR_AUTO:
        return {}
    detector = {"type": kind} | {key: options[key] for key in _DETECTOR_KEYS[kind] if options.get(key)}
    if kind == "openvino" and detector.get(CONF_DEVICE, "").startswith(_CORALS):
        del detector[CONF_DEVICE]  # left in the form from a Coral
    return detector
