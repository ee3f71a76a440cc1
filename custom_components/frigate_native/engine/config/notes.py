"""Sentences for the user about what was accepted but deserves a word."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from .model import CameraConfig, DetectorType, InputConfig, ObjectsConfig, Role
from .raw import RawCamera, RawConfig, RawMotion, RawObjects

_FILE_KEYS: Final = ("enabled", "timestamp", "bounding_box", "crop")
_STREAM_ROLES: Final = (Role.CLIPS, Role.RECORD)


def notes(raw: RawConfig, cameras: Mapping[str, CameraConfig]) -> Iterator[str]:
    """Return the notes about a whole configuration, each beginning with the path it is about."""
    yield from _global_notes(raw)
    for name, camera in cameras.items():
        yield from (f"cameras.{name}.{note}" for note in _camera_notes(raw["cameras"][name], camera))


def _camera_notes(raw: RawCamera, camera: CameraConfig) -> Iterator[str]:
    yield from _renamed(raw)
    yield from _role_notes(raw, camera)
    yield from _vsync_notes(camera)
    yield from _label_notes(raw, camera)
    yield from _far_zones(camera)


def _global_notes(raw: RawConfig) -> Iterator[str]:
    if "logger" in raw:
        yield (
            "logger: has no effect; Home Assistant's own logger integration sets how much is logged, for "
            "custom_components.frigate_native"
        )
    if "clips" in raw:
        yield "clips: read as save_clips, its name in Frigate 0.8"
    yield from _mask_notes(raw.get("motion", {}), raw.get("objects", {}))
    objects = raw.get("objects", {})
    tracked = objects.get("track", ObjectsConfig().track)
    yield from _untracked("objects.filters", objects.get("filters", {}), tracked)
    yield from _detector_notes(raw)
    mqtt = raw.get("mqtt")
    if mqtt and "password" in mqtt and "user" not in mqtt:
        yield "mqtt.password: not used, because there is no mqtt.user"


def _detector_notes(raw: RawConfig) -> Iterator[str]:
    if "path" in raw.get("model", {}):
        return
    for name, detector in raw.get("detectors", {}).items():
        if detector.get("type", DetectorType.EDGETPU) is DetectorType.EDGETPU:
            yield (
                f"detectors.{name}: the bundled model is not compiled for the Coral, so the CPU runs it; "
                "give model.path an edgetpu-compiled model"
            )


def _renamed(raw: RawCamera) -> Iterator[str]:
    if "clips" in raw:
        yield "clips: read as save_clips, its name in Frigate 0.8"
    yield from _mask_notes(raw.get("motion", {}), raw.get("objects", {}))
    for key in _FILE_KEYS:
        if key in raw.get("snapshots", {}):
            yield f"snapshots.{key}: read as in Frigate 0.8.4, about the pictures of events on disk"
    if "mqtt" in raw:
        yield "mqtt: read as in Frigate 0.8.4, about the pictures published; Frigate 0.8 has them under snapshots"


def _mask_notes(motion: RawMotion, objects: RawObjects) -> Iterator[str]:
    if "mask" in motion:
        yield "motion.mask: read as in Frigate 0.8.4, for motion only; a camera's mask is for motion and objects"
    if "mask" in objects:
        yield "objects.mask: read as in Frigate 0.8.4, for objects only; a camera's mask is for motion and objects"
    for label, entry in objects.get("filters", {}).items():
        if "mask" in entry:
            yield f"objects.filters.{label}.mask: read as in Frigate 0.8.4, for objects with this label only"


def _role_notes(raw: RawCamera, camera: CameraConfig) -> Iterator[str]:
    is_rtmp_wanted = raw.get("rtmp", {}).get("enabled", False)  # on by default: only an explicit wish deserves a note
    features = (
        (Role.CLIPS, "save_clips.enabled", camera.save_clips.enabled, camera.save_clips.enabled),
        (Role.RECORD, "record.enabled", camera.record.enabled, camera.record.enabled),
        (Role.RTMP, "rtmp.enabled", camera.rtmp_enabled, is_rtmp_wanted),
    )
    for role, key, is_enabled, is_wanted in features:
        has_role = camera.input_for(role) is not None
        if is_wanted and not has_role:
            yield f"{key}: has no effect, because no input has the role {role}"
        if has_role and not is_enabled:
            yield f"ffmpeg.inputs: the role {role} has no effect, because {key} is false"


def _vsync_notes(camera: CameraConfig) -> Iterator[str]:
    for index, source in enumerate(camera.inputs):
        roles = [str(role) for role in _STREAM_ROLES if role in source.roles]
        if roles and _drops_timestamps(source):
            yield f"ffmpeg.inputs[{index}]: '-vsync drop' does not go with {' and '.join(roles)}; remove it"


def _drops_timestamps(source: InputConfig) -> bool:
    given = (*source.global_args, *source.hwaccel_args, *source.input_args)
    return ("-vsync", "drop") in pairwise(given)


def _label_notes(raw: RawCamera, camera: CameraConfig) -> Iterator[str]:
    tracked = camera.objects.track
    yield from _untracked("objects.filters", raw.get("objects", {}).get("filters", {}), tracked)
    yield from _untracked("save_clips.objects", camera.save_clips.objects or (), tracked)
    for name, zone in camera.zones.items():
        yield from _untracked(f"zones.{name}.filters", zone.filters, tracked)


def _untracked(path: str, labels: Iterable[str], tracked: Iterable[str]) -> Iterator[str]:
    yield from (f"{path}: '{label}' is not among the tracked objects" for label in labels if label not in tracked)


def _far_zones(camera: CameraConfig) -> Iterator[str]:
    if camera.width is None or camera.height is None:
        return
    for name, zone in camera.zones.items():
        columns, rows = zip(*zone.coordinates, strict=True)
        if min(columns) >= camera.width or min(rows) >= camera.height or max(columns) < 0 or max(rows) < 0:
            size = f"{camera.width}x{camera.height}"
            yield f"zones.{name}.coordinates: all of the zone is outside the frame of {size}; nothing can enter it"
