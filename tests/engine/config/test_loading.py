"""Files of all kinds become a Config, or an error that says why not."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from custom_components.frigate_native.engine.config.loading import config_from_mapping, load_config_file
from custom_components.frigate_native.engine.config.masks import Mask, read_mask
from custom_components.frigate_native.engine.config.model import (
    CameraClipsConfig,
    CameraConfig,
    CameraFfmpegConfig,
    ClipsConfig,
    DetectConfig,
    DetectorConfig,
    DetectorType,
    InputConfig,
    LoggerConfig,
    MotionConfig,
    MqttConfig,
    ObjectFilter,
    ObjectsConfig,
    OutputArguments,
    PublishedConfig,
    RetainConfig,
    Role,
    SnapshotsConfig,
    TlsConfig,
    ZoneConfig,
    ZoneFilter,
)
from custom_components.frigate_native.engine.config.polygons import Polygon
from custom_components.frigate_native.engine.errors import ConfigErrors

EXAMPLES = Path(__file__).parent / "examples"
ENVIRONMENT = {"FRIGATE_RTSP_PASSWORD": "s3cret"}
PATH = "rtsp://viewer:s3cret@10.0.10.10:554/cam/realmonitor?channel=1&subtype=2"
INPUT_ARGUMENTS = (
    "-avoid_negative_ts make_zero -fflags +genpts+discardcorrupt -rtsp_transport tcp -stimeout 5000000"
    " -use_wallclock_as_timestamps 1"
)
SEGMENTS = "-f segment -segment_time {} -segment_format mp4 -reset_timestamps 1 -strftime 1 -c copy -an"
SOURCE = InputConfig(
    path=PATH,
    roles=frozenset({Role.DETECT, Role.RTMP}),
    global_args=("-hide_banner", "-loglevel", "fatal"),
    input_args=tuple(INPUT_ARGUMENTS.split()),
)
OUTPUTS = OutputArguments(
    detect=("-f", "rawvideo", "-pix_fmt", "yuv420p"),
    record=tuple(SEGMENTS.format(60).split()),
    clips=tuple(SEGMENTS.format(10).split()),
    rtmp=("-c", "copy", "-f", "flv"),
)
FFMPEG = CameraFfmpegConfig(inputs=(SOURCE,), output_args=OUTPUTS)
PERSON = ObjectFilter(min_area=5000, max_area=100_000, min_score=0.5, threshold=0.7)


def mask(source: str) -> tuple[Mask, ...]:
    return (read_mask(source, EXAMPLES),)


def problem_of(file: Path) -> str:
    with pytest.raises(ConfigErrors) as error:
        load_config_file(file, {})
    (found,) = error.value.errors
    assert found.path == file.name
    return f"{found.problem}; {found.mend}"


def test_minimal_example_has_the_defaults() -> None:
    config = load_config_file(EXAMPLES / "minimal.yml", ENVIRONMENT)

    assert config.directory == EXAMPLES
    assert config.mqtt == MqttConfig(host="mqtt.server.com")
    assert dict(config.cameras) == {
        "back": CameraConfig(
            name="back",
            ffmpeg=FFMPEG,
            width=1280,
            height=720,
            fps=5,
            objects=ObjectsConfig(filters={"person": ObjectFilter()}),
        )
    }
    assert config.detectors == ()
    assert config.report.notes == ()


def test_complete_example_says_what_it_says() -> None:
    config = load_config_file(EXAMPLES / "complete.yml", ENVIRONMENT)

    assert config.logger == LoggerConfig(default="info", logs={"frigate.mqtt": "error"})
    assert config.database.path == Path("/media/frigate/clips/frigate.db")
    assert config.detectors == (DetectorConfig(name="coral", type=DetectorType.EDGETPU, device="usb", num_threads=3),)
    assert (config.model.width, config.model.height) == (320, 320)
    assert config.mqtt == MqttConfig(host="mqtt.server.com", user="mqtt_user", password="password")
    retain = RetainConfig(default=10, objects={"person": 15})
    assert config.save_clips == ClipsConfig(max_seconds=300, tmpfs_cache_size="256m", retain=retain)
    zone_filter = ZoneFilter(min_area=5000, max_area=100_000, threshold=0.7)
    corners = ((545, 1077), (747, 939), (788, 805))
    assert config.cameras["back"] == CameraConfig(
        name="back",
        ffmpeg=FFMPEG,
        width=1280,
        height=720,
        fps=5,
        mask=mask("poly,0,900,1080,900,1080,1920,0,1920"),
        best_image_timeout_s=60,
        zones={
            "front_steps": ZoneConfig(name="front_steps", coordinates=Polygon(corners), filters={"person": zone_filter})
        },
        save_clips=CameraClipsConfig(objects=("person",), retain=retain),
        objects=ObjectsConfig(track=("person", "car"), filters={"person": PERSON, "car": ObjectFilter()}),
        motion=MotionConfig(frame_height=180),
        detect=DetectConfig(max_disappeared=10),
    )


def test_complete_examples_zone_is_noted_to_be_outside_its_frame() -> None:
    *_, note = load_config_file(EXAMPLES / "complete.yml", ENVIRONMENT).report.notes

    assert str(note).startswith("cameras.back.zones.front_steps.coordinates: all of it is outside")


@pytest.mark.parametrize("detector", ["{type: edgetpu, device: pci}", "{device: ''}"], ids=["named", "by default"])
def test_coral_with_the_bundled_model_is_noted(tmp_path: Path, detector: str) -> None:
    (tmp_path / "frigate.yml").write_text(f"detectors: {{coral: {detector}}}")
    (note,) = load_config_file(tmp_path / "frigate.yml", {}).report.notes
    assert str(note).startswith("detectors.coral: the bundled model is not compiled for the Coral")
    assert note.text.endswith("give model.path an edgetpu-compiled model")


def test_configuration_of_the_later_release_loads() -> None:
    config = load_config_file(EXAMPLES / "later_release.yml", {})

    camera = config.cameras["back"]
    assert config.mqtt is not None
    assert config.mqtt.stats_interval_s == 30
    assert config.save_clips == ClipsConfig(max_seconds=120, retain=RetainConfig(default=7))
    assert config.snapshots.retain == RetainConfig(default=3)
    assert config.environment_vars["LIBVA_DRIVER_NAME"] == "radeonsi"
    assert camera.inputs[0].path == "rtsp://10.0.10.10:554/live"
    assert camera.mask == ()
    assert camera.motion.mask == mask("0,0,100,0,100,20")
    assert camera.objects.mask == mask("0,340,640,340,640,360")
    assert camera.objects.filters["person"].mask == mask("10,10,20,10,20,20")
    assert camera.zones["yard"].coordinates.pixels == ((0, 100), (639, 100), (639, 359))
    assert not camera.detect.enabled
    assert camera.save_clips == CameraClipsConfig(
        enabled=True, required_zones=("yard",), retain=RetainConfig(default=7)
    )
    assert camera.snapshots == SnapshotsConfig(
        enabled=True,
        timestamp=True,
        bounding_box=True,
        crop=True,
        height=500,
        required_zones=("yard",),
        retain=RetainConfig(default=3, objects={"person": 9}),
    )
    assert camera.mqtt == PublishedConfig(
        timestamp=False, bounding_box=False, crop=False, height=270, required_zones=("yard",)
    )


def test_every_key_of_the_later_release_is_noted_once() -> None:
    notes = load_config_file(EXAMPLES / "later_release.yml", {}).report.notes

    assert [note.place for note in notes] == [
        "clips",
        "cameras.back.clips",
        "cameras.back.motion.mask",
        "cameras.back.objects.mask",
        "cameras.back.objects.filters.person.mask",
        "cameras.back.snapshots.enabled",
        "cameras.back.snapshots.timestamp",
        "cameras.back.snapshots.bounding_box",
        "cameras.back.snapshots.crop",
        "cameras.back.mqtt",
    ]


@pytest.mark.parametrize("ending", [".json", ".yaml", ".yml"])
def test_file_is_read_by_its_ending(tmp_path: Path, ending: str) -> None:
    data = yaml.safe_load((EXAMPLES / "complete.yml").read_text())
    file = tmp_path / f"config{ending}"
    file.write_text(json.dumps(data) if ending == ".json" else yaml.safe_dump(data, sort_keys=False))

    config = load_config_file(file, ENVIRONMENT)

    assert config.cameras == load_config_file(EXAMPLES / "complete.yml", ENVIRONMENT).cameras


def test_mapping_loads_as_its_file() -> None:
    data = yaml.safe_load((EXAMPLES / "complete.yml").read_text())

    assert config_from_mapping(data, EXAMPLES, ENVIRONMENT) == load_config_file(EXAMPLES / "complete.yml", ENVIRONMENT)


def test_variables_come_from_the_process_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FRIGATE_RTSP_PASSWORD", "of-the-process")

    config = load_config_file(EXAMPLES / "minimal.yml")

    assert "of-the-process" in config.cameras["back"].inputs[0].path


def test_secrets_are_not_in_the_texts_of_a_configuration() -> None:
    assert "s3cret" not in repr(load_config_file(EXAMPLES / "complete.yml", ENVIRONMENT))


def test_everything_is_optional(tmp_path: Path) -> None:
    config = config_from_mapping({"cameras": None}, tmp_path, {})

    assert config.cameras == {}
    assert config.mqtt is None


def test_relative_files_are_beside_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "mine.tflite").write_bytes(b"")
    (tmp_path / "mine.txt").write_bytes(b"")
    model = {"path": "mine.tflite", "labelmap_path": "mine.txt", "width": 300, "height": 300}
    data = {"model": model, "database": {"path": "events.db"}}

    config = config_from_mapping(data, tmp_path, {})

    assert config.model.path == tmp_path / "mine.tflite"
    assert config.model.labelmap_path == tmp_path / "mine.txt"
    assert config.database.path == tmp_path / "events.db"


def test_tls_files_are_beside_the_configuration(tmp_path: Path) -> None:
    for name in ("ca.pem", "me.pem", "me.key"):
        (tmp_path / name).touch()
    mqtt = {"host": "h", "tls_ca_certs": "ca.pem", "tls_client_cert": "me.pem", "tls_client_key": "me.key"}
    config = config_from_mapping({"mqtt": mqtt | {"tls_insecure": True}}, tmp_path)
    tls = TlsConfig(
        ca_certs=tmp_path / "ca.pem",
        client_cert=tmp_path / "me.pem",
        client_key=tmp_path / "me.key",
        is_insecure=True,
    )
    assert config.mqtt is not None
    assert config.mqtt.tls == tls
    config = config_from_mapping({"mqtt": {"host": "h", "tls_ca_certs": "auto"}}, tmp_path)
    assert config.mqtt is not None
    assert config.mqtt.tls == TlsConfig()


def test_detectors_and_label_map(tmp_path: Path) -> None:
    data = {
        "detectors": {
            "coral": None,
            "intel": {"type": "openvino"},
            "far": {"type": "zmq", "endpoint": "tcp://{FRIGATE_HOST}:5555"},
        },
        "model": {"labelmap": {"2": "car", 7: "car"}, "input_tensor": "nchw", "input_pixel_format": "bgr"},
    }

    config = config_from_mapping(data, tmp_path, {"FRIGATE_HOST": "attic"})

    assert config.detectors == (
        DetectorConfig(name="coral", type=DetectorType.EDGETPU),
        DetectorConfig(name="intel", type=DetectorType.OPENVINO, device="AUTO"),
        DetectorConfig(name="far", type=DetectorType.ZMQ, endpoint="tcp://attic:5555"),
    )
    assert config.model.labelmap == {2: "car", 7: "car"}
    assert (config.model.input_tensor, config.model.input_pixel_format) == ("nchw", "bgr")


def test_secrets_come_from_the_folder_or_those_above(tmp_path: Path) -> None:
    folder = tmp_path / "frigate"
    folder.mkdir()
    (tmp_path / "secrets.yaml").write_text("broker: far\npassword: from above")
    (folder / "secrets.yaml").write_text("password: '{FRIGATE_WORD}'")
    (folder / "frigate.yml").write_text("mqtt: {host: !secret broker, user: me, password: !secret password}")

    config = load_config_file(folder / "frigate.yml", {"FRIGATE_WORD": "beside"})

    assert config.mqtt == MqttConfig(host="far", user="me", password="beside")
    (folder / "secrets.yaml").write_text("s3cret: [")
    assert "frigate/secrets.yaml cannot be read" in (reported := problem_of(folder / "frigate.yml"))
    assert "s3cret" not in reported


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param("cameras:\n\tback: 1", "line 2, column 1: ", id="tab"),
        pytest.param("mqtt: {host: h", "line 1, column 15: ", id="open brace"),
        pytest.param("mqtt:\n  password: !s3cret x", "line 2, column 13: a word after ! that is not known", id="tag"),
        pytest.param("mqtt:\n  user: !secret me", "line 2, column 9: there is no secret me; a line me: …", id="secret"),
        pytest.param("--- 1\n--- 2", "line 2, column 1: ", id="two documents"),
        pytest.param("[" * 5000, "nested too deeply", id="depth"),
        pytest.param("", "the file is empty", id="empty"),
        pytest.param(" \n\n", "the file is empty", id="blank"),
        pytest.param("# nothing", "nothing, not a mapping", id="comment"),
        pytest.param("- cameras", "a list, not a mapping", id="list"),
        pytest.param("cameras", "text, not a mapping", id="text"),
        pytest.param("a: \x00", "not text, at byte 3", id="zero byte"),
    ],
)
def test_broken_yaml_is_reported_by_line(tmp_path: Path, content: str, problem: str) -> None:
    file = tmp_path / "config.yml"
    file.write_text(content)

    reported = problem_of(file)

    assert problem in reported
    assert "s3cret" not in reported


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(b'{"mqtt": {}', "line 1, column 12: ", id="open brace"),
        pytest.param(b'{\n"a": 1,\n}', "line 2, column 7: ", id="comma"),
        pytest.param(b"[]", "a list, not a mapping", id="list"),
        pytest.param(b'{"a": "\xff"}', "not text, at byte 7", id="bytes"),
    ],
)
def test_broken_json_is_reported_by_line(tmp_path: Path, content: bytes, problem: str) -> None:
    file = tmp_path / "config.json"
    file.write_bytes(content)

    assert problem in problem_of(file)


def test_latin_1_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "config.yml"
    file.write_bytes("mqtt: {user: 'Jürgen'}".encode("latin-1"))

    assert "not text, at byte 15; a text file in UTF-8" in problem_of(file)


def test_files_that_cannot_be_read_are_reported(tmp_path: Path) -> None:
    (tmp_path / "directory.yml").mkdir()

    assert "there is no such file" in problem_of(tmp_path / "config.yml")
    assert "this is a directory" in problem_of(tmp_path / "directory.yml")
    assert "the ending '.toml' is not known" in problem_of(tmp_path / "config.toml")


def test_file_without_permission_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)  # root may read everything

    assert "may not be read" in problem_of(tmp_path / "config.yml")


@pytest.mark.parametrize(
    ("name", "content", "path", "problem"),
    [
        ("a.yml", "mqtt:\n  host: a\n  port: 1\n  host: b", "mqtt.host", "given twice, in line 2 and line 4"),
        ("a.yml", "mqtt: {host: a, host: b}", "mqtt.host", "given twice, in line 1 and line 1"),
        ("a.yml", "mqtt: {host: a}\ncameras: {}\n'mqtt': {host: b}", "mqtt", "given twice, in line 1 and line 3"),
        ("a.json", '{"mqtt": {"host": "a"}, "mqtt": {"host": "b"}}', "mqtt", "given twice in the same object"),
    ],
)
def test_key_given_twice_is_an_error(tmp_path: Path, name: str, content: str, path: str, problem: str) -> None:
    (tmp_path / name).write_text(content)

    with pytest.raises(ConfigErrors) as error:
        load_config_file(tmp_path / name, {})

    (found,) = error.value.errors
    assert (found.path, found.problem) == (path, problem)


def test_anchors_and_merges_are_no_duplicates(tmp_path: Path) -> None:
    (tmp_path / "config.yml").write_text("""
cameras:
  front: &usual
    fps: 5
    ffmpeg: {inputs: [{path: rtsp://front, roles: [detect]}]}
  side: &size
    width: 640
    height: 360
    <<: *usual
  back:
    <<: *usual
    <<: *size
    fps: 7
""")

    cameras = load_config_file(tmp_path / "config.yml", {}).cameras

    assert (cameras["front"].fps, cameras["side"].fps, cameras["back"].fps) == (5, 5, 7)
    assert (cameras["front"].width, cameras["back"].width) == (None, 640)
    assert cameras["back"].inputs == cameras["front"].inputs


def test_loads_where_there_is_no_home_assistant(repository: Path) -> None:
    program = """
import sys, types
package = types.ModuleType("frigate_native")
package.__path__ = [sys.argv[1]]
sys.modules["frigate_native"] = package
from pathlib import Path
from frigate_native.engine.config.loading import config_from_mapping, load_config_file
from frigate_native.engine.errors import ConfigErrors
load_config_file(Path(sys.argv[2]), {"FRIGATE_RTSP_PASSWORD": "x"})
try:
    config_from_mapping({"mqtt": {"port": 0}}, Path(), {})
except ConfigErrors as errors:
    print(errors)
print("homeassistant" in sys.modules, "cv2" in sys.modules)
"""
    package = repository / "custom_components" / "frigate_native"

    done = subprocess.run(
        [sys.executable, "-c", program, package, EXAMPLES / "complete.yml"], check=True, capture_output=True, text=True
    )

    assert done.stdout.splitlines() == [
        "mqtt.port: 0; a whole number from 1 to 65535",
        "mqtt.host: missing; this key is required",
        "False False",
    ]


def test_key_at_its_former_place_is_wrong_at_that_place(tmp_path: Path) -> None:
    source = {"path": "a", "roles": ["detect"]}
    camera = {"ffmpeg": {"inputs": [source]}, "clips": {"pre_capture": -1}, "snapshots": {"crop_to_region": 1}}

    with pytest.raises(ConfigErrors) as error:
        config_from_mapping({"cameras": {"back": camera}}, tmp_path, {})

    assert [found.path for found in error.value.errors] == [
        "cameras.back.clips.pre_capture",
        "cameras.back.snapshots.crop_to_region",
    ]


def test_key_at_both_of_its_places_is_an_error(tmp_path: Path) -> None:
    source = {"path": "a", "roles": ["detect"]}
    camera = {"ffmpeg": {"inputs": [source]}, "snapshots": {"crop_to_region": True}, "mqtt": {"crop": True}}

    with pytest.raises(ConfigErrors) as error:
        config_from_mapping({"cameras": {"back": camera}}, tmp_path, {})

    (found,) = error.value.errors
    assert (found.path, found.mend) == ("cameras.back.snapshots.crop_to_region", "keep one of the two")
