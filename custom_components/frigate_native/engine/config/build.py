"""Turns a checked configuration into the frozen one: fills in what is inherited and what is default."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from .build_camera import build_camera
from .model import (
    ClipsConfig,
    Config,
    DatabaseConfig,
    DetectorConfig,
    DetectorType,
    LoggerConfig,
    ModelConfig,
    MqttConfig,
    TlsConfig,
)
from .notes import notes
from .raw import ANY_CA, RawClips, RawConfig, RawDatabase, RawDetector, RawModel, RawMqtt
from .retention import build_retain

_DEVICES: Final[Mapping[DetectorType, str]] = {DetectorType.OPENVINO: "AUTO"}  # where "usb" makes no sense


def build_config(raw: RawConfig, directory: Path) -> Config:
    """Return the configuration; directory is the one that relative paths start from."""
    cameras = {name: build_camera(name, camera, raw) for name, camera in raw.get("cameras", {}).items()}
    return Config(
        directory=directory,
        cameras=cameras,
        detectors=tuple(_detector(name, detector) for name, detector in raw.get("detectors", {}).items()),
        model=_model(raw.get("model", {}), directory),
        mqtt=_mqtt(raw["mqtt"], directory) if "mqtt" in raw else None,
        database=_database(raw.get("database", {}), directory),
        logger=LoggerConfig(**raw.get("logger", {})),
        save_clips=_clips(raw.get("save_clips", raw.get("clips", {}))),
        snapshots_retain=build_retain(raw.get("snapshots", {}).get("retain", {})),
        environment=raw.get("environment_vars", {}),
        notes=tuple(notes(raw, cameras)),
    )


def _detector(name: str, raw: RawDetector) -> DetectorConfig:
    kind = raw.get("type", DetectorType.EDGETPU)
    device = raw.get("device", _DEVICES.get(kind, "usb"))
    default = DetectorConfig(name=name, type=kind)
    return DetectorConfig(
        name=name,
        type=kind,
        device=device,
        num_threads=raw.get("num_threads", default.num_threads),
        endpoint=raw.get("endpoint"),
        request_timeout_ms=raw.get("request_timeout_ms", default.request_timeout_ms),
        linger_ms=raw.get("linger_ms", default.linger_ms),
    )


def _model(raw: RawModel, directory: Path) -> ModelConfig:
    return ModelConfig(
        width=raw.get("width"),
        height=raw.get("height"),
        path=directory / raw["path"] if "path" in raw else None,
        labelmap_path=directory / raw["labelmap_path"] if "labelmap_path" in raw else None,
        labelmap=raw.get("labelmap", {}),
        input_tensor=raw.get("input_tensor", ModelConfig().input_tensor),
        input_pixel_format=raw.get("input_pixel_format", ModelConfig().input_pixel_format),
        input_type=raw.get("input_dtype"),
    )


def _mqtt(raw: RawMqtt, directory: Path) -> MqttConfig:
    default = MqttConfig(host=raw["host"])
    return MqttConfig(
        host=raw["host"],
        port=raw.get("port", default.port),
        topic_prefix=raw.get("topic_prefix", default.topic_prefix),
        client_id=raw.get("client_id", default.client_id),
        user=raw.get("user"),
        password=raw.get("password"),
        stats_interval_s=raw.get("stats_interval", default.stats_interval_s),
        tls=_tls(raw, directory) if "tls_ca_certs" in raw else None,
    )


def _tls(raw: RawMqtt, directory: Path) -> TlsConfig:
    ca_certs = raw["tls_ca_certs"]
    return TlsConfig(
        ca_certs=None if ca_certs == ANY_CA else directory / ca_certs,
        client_cert=directory / raw["tls_client_cert"] if "tls_client_cert" in raw else None,
        client_key=directory / raw["tls_client_key"] if "tls_client_key" in raw else None,
        is_insecure=raw.get("tls_insecure", False),
    )


def _database(raw: RawDatabase, directory: Path) -> DatabaseConfig:
    return DatabaseConfig(path=directory / raw["path"] if "path" in raw else None, url=raw.get("url"))


def _clips(raw: RawClips) -> ClipsConfig:
    return ClipsConfig(
        max_seconds=raw.get("max_seconds", ClipsConfig().max_seconds),
        tmpfs_cache_size=raw.get("tmpfs_cache_size"),
        retain=build_retain(raw.get("retain", {})),
    )
