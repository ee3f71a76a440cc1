"""The configuration as JSON, in the shape of Frigate's `/config`, without secrets."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from ..redact import HIDDEN, redact_url
from .masks import Mask
from .model import (
    CameraClipsConfig,
    CameraConfig,
    Config,
    DatabaseConfig,
    InputConfig,
    MqttConfig,
    ObjectsConfig,
    RetainConfig,
    Role,
    SnapshotsConfig,
    ZoneConfig,
)

_CLIPS: Final = Path("/media/frigate/clips")  # the paths are Frigate's
_RECORDINGS: Final = Path("/media/frigate/recordings")
_CACHE: Final = Path("/tmp/cache")  # noqa: S108  # named in a command that is shown, not used
# Options of ffmpeg whose values are keys, or hold them.
_SECRET_OPTIONS: Final = frozenset({"-headers", "-cookies", "-cryptokey", "-decryption_key", "-key", "-passphrase"})
_USUAL_FPS: Final = 5  # Frigate's assumption when none is given
_USUAL_MODEL_SIDE: Final = 320  # pixels, of the bundled model


def config_to_payload(
    config: Config, *, clips: Path = _CLIPS, recordings: Path = _RECORDINGS, cache: Path = _CACHE
) -> dict[str, Any]:
    """Return what `/config` answers: builtins only, every value filled in, users and passwords in URLs hidden.

    clips, recordings and cache are the directories named in the answer.
    """
    return {
        "database": _database(config.database, clips),
        "model": {
            "width": config.model.width or _USUAL_MODEL_SIDE,
            "height": config.model.height or _USUAL_MODEL_SIDE,
        },
        "detectors": {
            entry.name: {"type": str(entry.type), "device": entry.device, "num_threads": entry.num_threads}
            for entry in config.detectors
        },
        "mqtt": _mqtt(config.mqtt),
        "save_clips": {
            "max_seconds": config.save_clips.max_seconds,
            "tmpfs_cache_size": config.save_clips.tmpfs_cache_size,
            "retain": _retain(config.save_clips.retain),
        },
        "snapshots": {"retain": _retain(config.snapshots_retain)},
        "logger": {
            "default": config.logger.default.upper(),
            "logs": {name: level.upper() for name, level in config.logger.logs.items()},
        },
        "environment_vars": dict.fromkeys(config.environment, HIDDEN),
        "cameras": {name: _camera(camera, recordings, cache) for name, camera in config.cameras.items()},
    }


def _database(database: DatabaseConfig, clips: Path) -> dict[str, Any]:
    if database.url is not None:
        return {"url": redact_url(database.url)}
    return {"path": str(database.path or clips / "frigate.db")}


def _mqtt(mqtt: MqttConfig | None) -> dict[str, Any]:
    """Return the section without its password; without a broker, the defaults that clients look for."""
    shown = mqtt or MqttConfig(host="")
    return {
        "host": shown.host or None,
        "port": shown.port,
        "topic_prefix": shown.topic_prefix,
        "client_id": shown.client_id,
        "user": shown.user,
        "stats_interval": shown.stats_interval_s,
    }


def _retain(retain: RetainConfig) -> dict[str, Any]:
    return {"default": retain.default, "objects": dict(retain.objects)}


def _camera(camera: CameraConfig, recordings: Path, cache: Path) -> dict[str, Any]:
    motion, fps = camera.motion, camera.fps or _USUAL_FPS
    usual_height = None if camera.height is None else camera.height // 6
    return {
        "name": camera.name,
        "height": camera.height,
        "width": camera.width,
        "fps": camera.fps,
        "best_image_timeout": camera.best_image_timeout_s,
        "mask": _masks(camera.mask),
        "zones": {name: _zone(zone) for name, zone in camera.zones.items()},
        "save_clips": _clips(camera.save_clips, camera.objects),
        "record": {"enabled": camera.record.enabled, "retain_days": camera.record.retain_days},
        "rtmp": {"enabled": camera.rtmp_enabled},
        "snapshots": _snapshots(camera.snapshots),
        "objects": _objects(camera.objects),
        "motion": {
            "threshold": motion.threshold,
            "contour_area": motion.contour_area,
            "delta_alpha": motion.delta_alpha,
            "frame_alpha": motion.frame_alpha,
            "frame_height": motion.frame_height or usual_height,
            "mask": _masks(motion.mask),
        },
        "detect": {
            "enabled": camera.detect.enabled,
            "max_disappeared": 2 * fps if camera.detect.max_disappeared is None else camera.detect.max_disappeared,
        },
        "frame_shape": [camera.height, camera.width],
        "ffmpeg_cmds": [
            {"roles": sorted(source.roles), "cmd": command}
            for source in camera.inputs
            if (command := _command(camera, source, recordings, cache))
        ],
    }


def _masks(masks: Sequence[Mask]) -> list[str]:
    """Return masks as in the file; the data of a base64 picture is left out."""
    return [mask.source for mask in masks]


def _zone(zone: ZoneConfig) -> dict[str, Any]:
    return {
        "coordinates": [list(point) for point in zone.coordinates],
        "filters": {
            label: {"min_area": entry.min_area, "max_area": entry.max_area, "threshold": entry.threshold}
            for label, entry in zone.filters.items()
        },
    }


def _clips(clips: CameraClipsConfig, objects: ObjectsConfig) -> dict[str, Any]:
    return {
        "enabled": clips.enabled,
        "pre_capture": clips.pre_capture_s,
        "post_capture": clips.post_capture_s,
        "objects": list(objects.track if clips.objects is None else clips.objects),
        "required_zones": list(clips.required_zones),
        "retain": _retain(clips.retain),
    }


def _snapshots(snapshots: SnapshotsConfig) -> dict[str, Any]:
    files = snapshots.files
    return {
        "show_timestamp": snapshots.show_timestamp,
        "draw_zones": snapshots.draw_zones,
        "draw_bounding_boxes": snapshots.draw_bounding_boxes,
        "crop_to_region": snapshots.crop_to_region,
        "height": snapshots.height,
        "enabled": files.enabled,
        "timestamp": files.timestamp,
        "bounding_box": files.bounding_box,
        "crop": files.crop,
        "required_zones": list(snapshots.required_zones),
        "retain": _retain(snapshots.retain),
    }


def _objects(objects: ObjectsConfig) -> dict[str, Any]:
    return {
        "track": list(objects.track),
        "filters": {
            label: {
                "min_area": entry.min_area,
                "max_area": entry.max_area,
                "min_score": entry.min_score,
                "threshold": entry.threshold,
                "mask": _masks(entry.mask),
            }
            for label, entry in objects.filters.items()
        },
        "mask": _masks(objects.mask),
    }


def _command(camera: CameraConfig, source: InputConfig, recordings: Path, cache: Path) -> str | None:
    """Return the command that Frigate would run for an input, its credentials hidden; None when it would run none."""
    outputs = _outputs(camera, source, recordings, cache)
    if not outputs:
        return None
    before = ("ffmpeg", *source.global_args, *source.hwaccel_args, *source.input_args)
    return redact_url(" ".join(_without_secrets((*before, "-i", source.path, *outputs))))


def _without_secrets(words: Iterable[str]) -> Iterator[str]:
    """Yield a command's words; what follows an option that holds a secret is hidden, up to the next option."""
    is_hidden = False
    for word in words:
        if word.startswith("-"):
            is_hidden = word in _SECRET_OPTIONS
            yield word
            if is_hidden:
                yield HIDDEN
        elif not is_hidden:
            yield word


def _outputs(camera: CameraConfig, source: InputConfig, recordings: Path, cache: Path) -> list[str]:
    """Return the arguments behind the input: record, clips, rtmp and detect, in this order."""
    name, args = f"{camera.name}-%Y%m%d%H%M%S.mp4", camera.output_args
    outputs: list[str] = []
    if Role.RECORD in source.roles and camera.record.enabled:
        outputs += (*args.record, str(recordings / name))
    if Role.CLIPS in source.roles and camera.save_clips.enabled:
        outputs += (*args.clips, str(cache / name))
    if Role.RTMP in source.roles and camera.rtmp_enabled:
        outputs += (*args.rtmp, f"rtmp://127.0.0.1/live/{camera.name}")
    if Role.DETECT in source.roles:
        rate = ("-r", str(camera.fps)) if camera.fps is not None else ()
        outputs += (*rate, *args.detect, "pipe:")
    return outputs
