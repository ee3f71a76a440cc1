"""The configuration as today's Frigate reports it."""

from collections.abc import Mapping
from typing import Any, Final

from ..engine.redact import HIDDEN
from .version import CONFIG_VERSION

_OFF: Final = {"enabled": False}
_WITHOUT: Final[dict[str, Any]] = {
    "go2rtc": {"streams": {}},
    "birdseye": {"enabled": False, "mode": "objects", "restream": False},
    "audio": {"enabled": False, "listen": []},
    "face_recognition": _OFF,
    "lpr": {"enabled": False, "known_plates": {}},
    "semantic_search": _OFF,
    "notifications": _OFF,
    "classification": {"custom": {}},
}
_CAMERA_WITHOUT: Final[dict[str, Any]] = {
    "enabled": True,
    "birdseye": _OFF,
    "audio": {"enabled": False, "enabled_in_config": False, "listen": []},
    "onvif": {"autotracking": {"enabled": False, "enabled_in_config": False}},
    "live": {"streams": {}},
    "face_recognition": _OFF,
    "lpr": _OFF,
    "notifications": {"enabled": False, "enabled_in_config": False},
}
_SWITCHED: Final = ("record", "snapshots", "detect", "motion")
_NOT_LOGOS: Final = ("face", "license_plate")


def config_payload(payload: Mapping[str, Any], *, topic_prefix: str) -> dict[str, Any]:
    """Return today's form of `config_to_payload`: with the keys of what this integration lacks, without null values."""
    model = {"all_attributes": list(_NOT_LOGOS), "non_logo_attributes": list(_NOT_LOGOS)}
    cameras = {name: _camera(camera) for name, camera in payload["cameras"].items()}
    whole = _WITHOUT | dict(payload) | {"version": CONFIG_VERSION, "cameras": cameras}
    whole["model"] = model | whole["model"]
    hidden = whole["mqtt"]["topic_prefix"] == HIDDEN  # it comes from a variable, which may hold a secret
    whole["mqtt"] = whole["mqtt"] | {"enabled": True, "topic_prefix": HIDDEN if hidden else topic_prefix}
    filled: dict[str, Any] = _without_nulls(whole)
    return filled


def _camera(payload: Mapping[str, Any]) -> dict[str, Any]:
    camera = _CAMERA_WITHOUT | dict(payload)
    size = {"width": payload["width"], "height": payload["height"], "fps": payload["fps"]}
    camera["detect"] = size | payload["detect"]
    for name in _SWITCHED:
        camera[name] = {"enabled_in_config": camera[name]["enabled"]} | camera[name]
    return camera


def _without_nulls(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_nulls(part) for key, part in value.items() if part is not None}
    return [_without_nulls(part) for part in value] if isinstance(value, list) else value
