"""The integration's configuration file for the demonstration."""

import re
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import yaml
from home_assistant.failure import Failure

from .options import Options


def write_configuration(options: Options, folder: Path) -> Path:
    """Write the configuration file for the options and return it; the user's own if nothing is added to it."""
    if options.config is None:
        return _write(configuration({}, options), folder / "frigate.yml")
    if not options.videos and options.mqtt is None:
        return options.config
    beside = folder / "frigate"
    beside.mkdir()
    for other in options.config.parent.iterdir():  # paths in the file are relative to its folder
        (beside / other.name).symlink_to(other)
    changed = beside / "frigate_native_demo.yml"
    changed.unlink(missing_ok=True)
    return _write(configuration(_read(options.config), options), changed)


def configuration(given: dict[str, Any], options: Options) -> dict[str, Any]:
    """Return a configuration with the options' cameras and broker added."""
    cameras = dict(given.get("cameras") or {})
    for video in options.videos:
        cameras[_unique(name_of(video), cameras)] = _camera(video)
    changed = given | {"cameras": cameras}
    if options.mqtt:
        host, port = options.mqtt
        changed["mqtt"] = dict(given.get("mqtt") or {}) | {"host": host, "port": port}
    return changed


def name_of(video: str) -> str:
    """Return a camera name from its file or the end of its URL, never from what may be a password."""
    source = urlsplit(video) if "://" in video else None
    path = source.path if source else video
    name = PurePosixPath(path).stem or (source and source.hostname) or ""
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "camera"


def _unique(name: str, taken: dict[str, Any]) -> str:
    names = (name, *(f"{name}_{number}" for number in range(2, len(taken) + 2)))
    return next(name for name in names if name not in taken)


def _camera(video: str) -> dict[str, Any]:
    braces = str.maketrans({"{": "{{", "}": "}}"})  # single braces are environment variables
    path = video if "://" in video else video.translate(braces)
    return {
        "ffmpeg": {"inputs": [{"path": path, "roles": ["detect", "clips", "record"]}]},
        "fps": 5,
        "objects": {"track": ["person", "car"]},
        "save_clips": {"enabled": True},
        "snapshots": {"enabled": True, "bounding_box": True},
        "record": {"enabled": True, "retain_days": 1},
        "rtmp": {"enabled": False},
    }


def _read(path: Path) -> dict[str, Any]:
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))  # JSON is YAML, too
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as err:
        raise Failure(f"{path} cannot be read: {' '.join(str(err).split())}") from err
    if not isinstance(given, dict):
        raise Failure(f"{path} has no top-level keys such as cameras:")
    return given


def _write(data: dict[str, Any], path: Path) -> Path:
    path.write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    return path
