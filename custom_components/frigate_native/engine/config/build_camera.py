"""Builds one camera from its own section and the global ones."""

from typing import Final

from .ffmpeg_arguments import build_inputs, build_outputs
from .model import (
    CameraClipsConfig,
    CameraConfig,
    DetectConfig,
    MotionConfig,
    ObjectFilter,
    ObjectsConfig,
    RecordConfig,
    SnapshotFilesConfig,
    SnapshotsConfig,
    ZoneConfig,
    ZoneFilter,
)
from .raw import RawCamera, RawCameraClips, RawConfig, RawDetect, RawMotion, RawObjects, RawRecord, RawRetain, RawZone
from .retention import build_retain

_FILE_KEYS: Final = {"enabled", "timestamp", "bounding_box", "crop"}
_PUBLISHED_KEYS: Final = {"show_timestamp", "draw_zones", "draw_bounding_boxes", "crop_to_region"}


def build_camera(name: str, raw: RawCamera, common: RawConfig) -> CameraConfig:
    """Return the camera; common holds the global sections that it inherits from."""
    ffmpeg, common_ffmpeg = raw["ffmpeg"], common.get("ffmpeg", {})
    clips = common.get("save_clips", common.get("clips", {}))
    record: RawRecord = {**common.get("record", {}), **raw.get("record", {})}
    motion: RawMotion = {**common.get("motion", {}), **raw.get("motion", {})}
    detect: RawDetect = {**common.get("detect", {}), **raw.get("detect", {})}
    return CameraConfig(
        name=name,
        inputs=build_inputs(ffmpeg, common_ffmpeg),
        output_args=build_outputs(ffmpeg.get("output_args", {}), common_ffmpeg.get("output_args", {})),
        width=raw.get("width"),
        height=raw.get("height"),
        fps=raw.get("fps"),
        mask=raw.get("mask", ()),
        best_image_timeout_s=raw.get("best_image_timeout", 60),
        zones={zone: _zone(zone, section) for zone, section in raw.get("zones", {}).items()},
        save_clips=_clips(raw.get("save_clips", raw.get("clips", {})), clips.get("retain", {})),
        record=RecordConfig(**record),
        rtmp_enabled=raw.get("rtmp", {}).get("enabled", True),
        snapshots=_snapshots(raw, common.get("snapshots", {}).get("retain", {})),
        objects=_objects(raw.get("objects"), common.get("objects", {})),
        motion=MotionConfig(**motion),
        detect=DetectConfig(**detect),
    )


def _zone(name: str, raw: RawZone) -> ZoneConfig:
    filters = {label: ZoneFilter(**entry) for label, entry in raw.get("filters", {}).items()}
    return ZoneConfig(name=name, coordinates=raw["coordinates"], filters=filters)


def _clips(raw: RawCameraClips, common_retain: RawRetain) -> CameraClipsConfig:
    default = CameraClipsConfig()
    return CameraClipsConfig(
        enabled=raw.get("enabled", default.enabled),
        pre_capture_s=raw.get("pre_capture", default.pre_capture_s),
        post_capture_s=raw.get("post_capture", default.post_capture_s),
        objects=raw.get("objects"),
        required_zones=raw.get("required_zones", ()),
        retain=build_retain(raw.get("retain", {}), common_retain),
    )


def _objects(own: RawObjects | None, common: RawObjects) -> ObjectsConfig:
    """Return the camera's section if it has one, else the global one; only `track` is inherited by itself."""
    section = common if own is None else own
    track = section.get("track", common.get("track", ObjectsConfig().track))
    filters = {label: ObjectFilter(**entry) for label, entry in section.get("filters", {}).items()}
    return ObjectsConfig(
        track=tuple(dict.fromkeys(track)),
        filters={label: ObjectFilter() for label in track} | filters,
        mask=section.get("mask", ()),
    )


def _describes_files(raw: RawCamera) -> bool:
    """Tell whether `snapshots.height` is meant as in 0.8.4: pictures on disk, those for MQTT in their own section."""
    section = raw.get("snapshots", {})
    has_file_keys = "mqtt" in raw or not _FILE_KEYS.isdisjoint(section)
    return has_file_keys and _PUBLISHED_KEYS.isdisjoint(section)


def _snapshots(raw: RawCamera, common_retain: RawRetain) -> SnapshotsConfig:
    section, published = raw.get("snapshots", {}), raw.get("mqtt", {})
    default = SnapshotsConfig()
    own_height = None if _describes_files(raw) else section.get("height")
    return SnapshotsConfig(
        show_timestamp=section.get("show_timestamp", published.get("timestamp", default.show_timestamp)),
        draw_zones=section.get("draw_zones", default.draw_zones),
        draw_bounding_boxes=section.get(
            "draw_bounding_boxes", published.get("bounding_box", default.draw_bounding_boxes)
        ),
        crop_to_region=section.get("crop_to_region", published.get("crop", default.crop_to_region)),
        height=own_height or published.get("height", default.height),
        published=published.get("enabled", default.published),
        published_required_zones=published.get("required_zones", ()),
        files=_snapshot_files(raw),
        required_zones=section.get("required_zones", ()),
        retain=build_retain(section.get("retain", {}), common_retain),
    )


def _snapshot_files(raw: RawCamera) -> SnapshotFilesConfig:
    section = raw.get("snapshots", {})
    return SnapshotFilesConfig(
        enabled=section.get("enabled", False),
        timestamp=section.get("timestamp", False),
        bounding_box=section.get("bounding_box", False),
        crop=section.get("crop", False),
        height=section.get("height") if _describes_files(raw) else None,
    )
