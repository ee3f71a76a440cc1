"""What was entered in a camera's form as its section of the engine's configuration."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from homeassistant.const import CONF_ENTITY_ID, CONF_NAME, CONF_PASSWORD, CONF_URL, CONF_USERNAME

from ..const import (
    CONF_CLIPS,
    CONF_COORDINATES,
    CONF_EVENT_DAYS,
    CONF_FILTERS,
    CONF_FPS,
    CONF_INPUT_ARGS,
    CONF_IS_REQUIRED,
    CONF_LABEL,
    CONF_MAIN_ENTITY_ID,
    CONF_MAIN_URL,
    CONF_MOTION_MASKS,
    CONF_OBJECT_MASKS,
    CONF_OBJECTS,
    CONF_POST_CAPTURE,
    CONF_PRE_CAPTURE,
    CONF_RECORD,
    CONF_RESTREAM,
    CONF_RETAIN_DAYS,
    CONF_SNAPSHOTS,
    CONF_ZONES,
    DEFAULT_CAPTURE_S,
    DEFAULT_EVENT_DAYS,
    DEFAULT_RETAIN_DAYS,
)
from ..engine.config.environment import escape
from .entity_source import source_path

type Form = Mapping[str, Any]


def camera_section(camera: Form) -> dict[str, Any]:
    """Return a camera of the configuration; what an older release's form did not ask for is off."""
    is_required = [zone[CONF_NAME] for zone in camera.get(CONF_ZONES, ()) if zone.get(CONF_IS_REQUIRED)]
    kept = {
        "required_zones": is_required,
        "retain": {"default": camera.get(CONF_EVENT_DAYS, DEFAULT_EVENT_DAYS)},
    }
    return {
        "ffmpeg": {"inputs": _inputs(camera)},
        "fps": camera[CONF_FPS],
        "objects": {"track": list(camera[CONF_OBJECTS])} | _filters(camera) | _mask(camera, CONF_OBJECT_MASKS),
        "motion": _mask(camera, CONF_MOTION_MASKS),
        "zones": {zone[CONF_NAME]: {"coordinates": zone[CONF_COORDINATES]} for zone in camera.get(CONF_ZONES, ())},
        "save_clips": kept
        | {
            "enabled": camera.get(CONF_CLIPS, False),
            "pre_capture": camera.get(CONF_PRE_CAPTURE, DEFAULT_CAPTURE_S),
            "post_capture": camera.get(CONF_POST_CAPTURE, DEFAULT_CAPTURE_S),
        },
        "snapshots": kept | {"enabled": camera.get(CONF_SNAPSHOTS, False)},
        "record": {
            "enabled": camera.get(CONF_RECORD, False),
            "retain_days": camera.get(CONF_RETAIN_DAYS, DEFAULT_RETAIN_DAYS),
        },
        "rtmp": {"enabled": camera.get(CONF_RESTREAM, False)},
    }


def source_url(camera: Form, key: str = CONF_URL) -> str:
    """Return a camera's URL with user and password from their own fields, whatever characters they hold."""
    url: str = camera[key]
    if not (user := camera.get(CONF_USERNAME)):
        return url
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    secret = f":{quote(password, safe='')}" if (password := camera.get(CONF_PASSWORD)) else ""
    return urlunsplit(parts._replace(netloc=f"{quote(user, safe='')}{secret}@{host}"))


def _inputs(camera: Form) -> list[dict[str, Any]]:
    """Return the one stream for all, or the one to look at and the one to keep. Each camera can switch clips on."""
    kept = ["clips"]
    kept += ["record"] if camera.get(CONF_RECORD) else []
    kept += ["rtmp"] if camera.get(CONF_RESTREAM) else []
    own = _path(camera, CONF_ENTITY_ID, CONF_URL)
    if CONF_MAIN_URL not in camera and CONF_MAIN_ENTITY_ID not in camera:
        return [_input(camera, own, ["detect", *kept])]
    return [_input(camera, own, ["detect"]), _input(camera, _path(camera, CONF_MAIN_ENTITY_ID, CONF_MAIN_URL), kept)]


def _path(camera: Form, entity_key: str, url_key: str) -> str:
    return source_path(camera[entity_key]) if entity_key in camera else source_url(camera, url_key)


def _input(camera: Form, path: str, roles: list[str]) -> dict[str, Any]:
    arguments = camera.get(CONF_INPUT_ARGS)
    source = {"path": escape(path), "roles": roles}
    return source | ({"input_args": arguments} if arguments else {})


def _mask(camera: Form, key: str) -> dict[str, Any]:
    return {"mask": masks} if (masks := camera.get(key)) else {}


def _filters(camera: Form) -> dict[str, Any]:
    return {"filters": filters} if (filters := _by_label(camera.get(CONF_FILTERS, ()))) else {}


def _by_label(entries: Iterable[Form]) -> dict[str, dict[str, Any]]:
    return {entry[CONF_LABEL]: {key: value for key, value in entry.items() if key != CONF_LABEL} for entry in entries}
