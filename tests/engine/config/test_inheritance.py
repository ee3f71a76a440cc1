"""What a camera does not say is the global section's, then the default."""

from pathlib import Path
from typing import Any

import pytest

from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.config.masks import Mask
from custom_components.frigate_native.engine.config.model import (
    CameraConfig,
    ContinuousConfig,
    DetectConfig,
    MotionConfig,
    ObjectFilter,
    ObjectsConfig,
    PublishedConfig,
    RecordConfig,
    RetainConfig,
    SnapshotsConfig,
)
from custom_components.frigate_native.engine.config.polygons import Polygon

CAT = {"min_area": 7}
MASK = Mask("0,0,9,0,9,9", polygon=Polygon(((0, 0), (9, 0), (9, 9))))


def camera_of(common: dict[str, Any], own: dict[str, Any]) -> CameraConfig:
    source = {"path": "rtsp://cam", "roles": ["detect"], **own.pop("source", {})}
    ffmpeg = {"inputs": [source], **own.pop("ffmpeg", {})}
    config = config_from_mapping({**common, "cameras": {"back": {"ffmpeg": ffmpeg, **own}}}, Path(), {})
    return config.cameras["back"]


@pytest.mark.parametrize(
    ("common", "own", "expected"),
    [
        pytest.param(None, None, ObjectsConfig(filters={"person": ObjectFilter()}), id="default"),
        pytest.param(
            {"track": ["dog"], "filters": {"dog": {"min_area": 5}}},
            None,
            ObjectsConfig(track=("dog",), filters={"dog": ObjectFilter(min_area=5)}),
            id="global",
        ),
        pytest.param(
            {"track": ["dog"], "filters": {"dog": {"min_area": 5}, "cat": CAT}, "mask": "0,0,9,0,9,9"},
            {"track": ["cat"]},
            ObjectsConfig(track=("cat",), filters={"cat": ObjectFilter()}),
            id="the camera's section replaces the global one",
        ),
        pytest.param(
            {"track": ["dog", "cat"], "filters": {"dog": {"min_area": 5}}},
            {"filters": {"cat": CAT}},
            ObjectsConfig(track=("dog", "cat"), filters={"dog": ObjectFilter(), "cat": ObjectFilter(min_area=7)}),
            id="track alone is inherited",
        ),
        pytest.param(
            {"track": ["dog"], "filters": {"dog": {"min_area": 5}}},
            {},
            ObjectsConfig(track=("dog",), filters={"dog": ObjectFilter()}),
            id="an empty section replaces too",
        ),
        pytest.param(
            None,
            {"track": ["dog", "cat", "dog"]},
            ObjectsConfig(track=("dog", "cat"), filters={"dog": ObjectFilter(), "cat": ObjectFilter()}),
            id="label twice",
        ),
        pytest.param(
            None,
            {"filters": {"person": {"min_score": 1, "threshold": None}}},
            ObjectsConfig(filters={"person": ObjectFilter(min_score=1.0)}),
            id="nothing behind a key of a filter",
        ),
    ],
)
def test_objects(common: dict[str, Any] | None, own: dict[str, Any] | None, expected: ObjectsConfig) -> None:
    assert camera_of({"objects": common}, {"objects": own}).objects == expected


@pytest.mark.parametrize(
    ("common", "own", "expected"),
    [
        ({}, {}, MotionConfig()),
        ({"threshold": 30, "delta_alpha": 1}, {}, MotionConfig(threshold=30, delta_alpha=1)),
        ({"threshold": 30, "frame_height": 90}, {"threshold": 40}, MotionConfig(threshold=40, frame_height=90)),
        ({"threshold": 30}, {"threshold": None}, MotionConfig(threshold=30)),
        ({"mask": "0,0,9,0,9,9"}, {"contour_area": 5}, MotionConfig(mask=(MASK,), contour_area=5)),
    ],
)
def test_motion_is_inherited_by_key(common: dict[str, Any], own: dict[str, Any], expected: MotionConfig) -> None:
    assert camera_of({"motion": common}, {"motion": own}).motion == expected


def test_detect_is_inherited_by_key() -> None:
    camera = camera_of({"detect": {"max_disappeared": 30}}, {"detect": {"enabled": False}})

    assert camera.detect == DetectConfig(enabled=False, max_disappeared=30)


def test_record_is_inherited_by_key() -> None:
    camera = camera_of({"record": {"enabled": True, "retain_days": 4}}, {"record": {"retain_days": 2}})

    assert camera.record == RecordConfig(enabled=True, continuous=ContinuousConfig(days=2))


@pytest.mark.parametrize(
    ("common", "own", "expected"),
    [
        ({}, {}, RetainConfig()),
        ({"default": 20}, {}, RetainConfig(default=20)),
        ({"default": 20, "objects": {"dog": 3}}, {"default": 5}, RetainConfig(default=5, objects={"dog": 3})),
        (
            {"default": 20, "objects": {"dog": 3}},
            {"objects": {"cat": 4, "cow": None}},
            RetainConfig(default=20, objects={"cat": 4}),
        ),
    ],
)
@pytest.mark.parametrize("name", ["save_clips", "clips", "snapshots"])
def test_retention_is_inherited_by_member(
    name: str, common: dict[str, Any], own: dict[str, Any], expected: RetainConfig
) -> None:
    camera = camera_of({name: {"retain": common}}, {name: {"retain": own}})

    assert (camera.snapshots if name == "snapshots" else camera.save_clips).retain == expected


@pytest.mark.parametrize("key", ["global_args", "hwaccel_args", "input_args"])
@pytest.mark.parametrize(
    ("common", "camera", "source", "expected"),
    [
        ("-a 1", None, None, ("-a", "1")),
        ("-a 1", "-b", None, ("-b",)),
        ("-a 1", "-b", ["-c", 2], ("-c", "2")),
        ("-a 1", [], None, ()),
        ("-a 1", "-b", "", ()),
        ("  -a   1 ", None, None, ("-a", "1")),
        ("-vf 'a b'", None, None, ("-vf", "'a", "b'")),
    ],
)
def test_nearest_arguments_win_whole(
    key: str, common: object, camera: object, source: object, expected: tuple[str, ...]
) -> None:
    loaded = camera_of({"ffmpeg": {key: common}}, {"ffmpeg": {key: camera}, "source": {key: source}})

    assert getattr(loaded.inputs[0], key) == expected


def test_output_arguments_are_filled_from_the_global_ones() -> None:
    common = {"output_args": {"record": "-global", "rtmp": "-global"}}

    outputs = camera_of({"ffmpeg": common}, {"ffmpeg": {"output_args": {"rtmp": "-own", "clips": None}}}).output_args

    assert outputs.rtmp == ("-own",)
    assert outputs.record == ("-global",)
    assert outputs.clips[:4] == ("-f", "segment", "-segment_time", "10")
    assert outputs.detect == ("-f", "rawvideo", "-pix_fmt", "yuv420p")


def test_height_of_snapshots_of_frigate_0_8_is_that_of_what_is_published() -> None:
    camera = camera_of({}, {"snapshots": {"height": 300, "show_timestamp": False}})

    assert camera.mqtt == PublishedConfig(height=300, timestamp=False)
    assert camera.snapshots == SnapshotsConfig()


def test_height_beside_later_keys_is_that_of_the_files() -> None:
    camera = camera_of({}, {"snapshots": {"height": 300, "enabled": True}})

    assert (camera.mqtt.height, camera.snapshots.height) == (175, 300)


def test_height_beside_keys_of_both_is_that_of_frigate_0_8() -> None:
    camera = camera_of({}, {"snapshots": {"height": 300, "enabled": True, "draw_zones": True}})

    assert (camera.mqtt.height, camera.snapshots.height) == (300, None)
    assert camera.snapshots.enabled
