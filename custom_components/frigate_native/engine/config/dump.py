"""The configuration as JSON, in the shape of Frigate's `/config`, without secrets."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from ..redact import HIDDEN, hide_remembered, redact_address, redact_arguments
from .keys import Key, ListOf, NamedOf, SectionOf, declared_keys
from .masks import Mask
from .model import CameraConfig, Config, DatabaseConfig, InputConfig, MqttConfig, Role
from .polygons import Polygon
from .presets import is_arguments

_CLIPS: Final = Path("/media/frigate/clips")  # the paths are Frigate's
_RECORDINGS: Final = Path("/media/frigate/recordings")
_CACHE: Final = Path("/tmp/cache")  # noqa: S108  # named in a command that is shown, not used
_USUAL_FPS: Final = 5  # Frigate's assumption when none is given
_USUAL_MODEL_SIDE: Final = 320  # pixels, of the bundled model


def config_to_payload(
    config: Config, *, clips: Path = _CLIPS, recordings: Path = _RECORDINGS, cache: Path = _CACHE
) -> dict[str, Any]:
    """Return what `/config` answers: builtins only, every value filled in, secrets left out.

    clips, recordings and cache are the directories named in the answer.
    """
    payload = section_to_payload(config)
    payload["mqtt"] = payload["mqtt"] or section_to_payload(MqttConfig(host="")) | {"host": None}
    payload["model"] |= {side: payload["model"][side] or _USUAL_MODEL_SIDE for side in ("width", "height")}
    payload["database"] = _database(config.database, clips)
    payload["logger"] = {
        "default": config.logger.default.upper(),
        "logs": {name: level.upper() for name, level in config.logger.logs.items()},
    }
    for name, camera in config.cameras.items():
        payload["cameras"][name] |= _filled_in(camera, payload["cameras"][name])
        payload["cameras"][name]["ffmpeg_cmds"] = _commands(camera, recordings, cache)
    return payload


def section_to_payload(section: Any) -> dict[str, Any]:
    """Return a section's keys as JSON has them, without those that hold a secret."""
    return {
        name: _plain(declared.key, getattr(section, declared.attribute))
        for name, declared in declared_keys(type(section)).items()
        if not declared.key.is_secret or isinstance(declared.key.content, NamedOf)
    }


def _plain(key: Key, value: Any) -> Any:
    match key.content, value:
        case _, None:
            return None
        case NamedOf(entry=SectionOf()), tuple():
            return {entry.name: section_to_payload(entry) for entry in value}
        case NamedOf(entry=SectionOf()), _:
            return {name: section_to_payload(entry) for name, entry in value.items()}
        case NamedOf(), _:
            return dict.fromkeys(value, HIDDEN) if key.is_secret else dict(value)
        case SectionOf(), _:
            return section_to_payload(value)
        case ListOf(), _:
            return [section_to_payload(entry) for entry in value]
        case _ if is_arguments(key.content):
            return redact_arguments(value)
    return _plain_value(value)


def _plain_value(value: Any) -> Any:
    match value:
        case frozenset():
            return sorted(map(str, value))
        case tuple():
            return [_plain_value(part) for part in value]
        case Mask():
            return value.source
        case Polygon(is_relative=True):
            return str(value)
        case Polygon():
            return [list(point) for point in value.pixels]
        case Mapping():
            return {str(key): _plain_value(part) for key, part in value.items()}
        case str() | Path():
            return hide_remembered(str(value))
    return value


def _database(database: DatabaseConfig, clips: Path) -> dict[str, Any]:
    if database.url is not None:
        return {"url": redact_address(database.url)}
    return {"path": str(database.path or clips / "frigate.db")}


def _filled_in(camera: CameraConfig, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return what clients expect of a camera beyond its keys: values that depend on others, and 0.8's names."""
    usual_height = None if camera.height is None else camera.height // 6
    usual_disappeared = 2 * (camera.fps or _USUAL_FPS)
    detect, motion = payload["detect"], payload["motion"]
    clips, published = camera.save_clips, camera.mqtt
    return {
        "name": camera.name,
        "frame_shape": [camera.height, camera.width],
        "detect": detect | {"max_disappeared": _first(detect["max_disappeared"], usual_disappeared)},
        "motion": motion | {"frame_height": _first(motion["frame_height"], usual_height)},
        "save_clips": payload["save_clips"] | {"objects": list(_first(clips.objects, camera.objects.track))},
        "snapshots": payload["snapshots"]
        | {
            "show_timestamp": published.timestamp,
            "draw_bounding_boxes": published.bounding_box,
            "crop_to_region": published.crop,
            "height": published.height,
        },
    }


def _first[T](value: T | None, default: T) -> T:
    return default if value is None else value


def _commands(camera: CameraConfig, recordings: Path, cache: Path) -> list[dict[str, Any]]:
    return [
        {"roles": sorted(source.roles), "cmd": command}
        for source in camera.inputs
        if (command := _command(camera, source, recordings, cache))
    ]


def _command(camera: CameraConfig, source: InputConfig, recordings: Path, cache: Path) -> str | None:
    """Return the command that Frigate would run for an input, its credentials hidden; None when it would run none."""
    outputs = _outputs(camera, source, recordings, cache)
    if not outputs:
        return None
    before = redact_arguments((*source.global_args, *source.hwaccel_args, *source.input_args))
    return " ".join(("ffmpeg", *before, "-i", redact_address(source.path), *outputs))


def _outputs(camera: CameraConfig, source: InputConfig, recordings: Path, cache: Path) -> list[str]:
    """Return the arguments behind the input: record, clips, rtmp and detect, in this order."""
    name, args = f"{camera.name}-%Y%m%d%H%M%S.mp4", camera.output_args
    outputs: list[str] = []
    if Role.RECORD in source.roles and camera.record.enabled:
        outputs += (*redact_arguments(args.record), str(recordings / name))
    if Role.CLIPS in source.roles and camera.save_clips.enabled:
        outputs += (*redact_arguments(args.clips), str(cache / name))
    if Role.RTMP in source.roles and camera.rtmp.enabled:
        outputs += (*redact_arguments(args.rtmp), f"rtmp://127.0.0.1/live/{camera.name}")
    if Role.DETECT in source.roles:
        rate = ("-r", str(camera.fps)) if camera.fps is not None else ()
        outputs += (*rate, *redact_arguments(args.detect), "pipe:")
    return outputs
