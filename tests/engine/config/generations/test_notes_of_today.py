"""The report on a file of today says what has no effect here, and nothing else."""

from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent

import pytest

from custom_components.frigate_native.engine.config.generations.elsewhere import EVERYWHERE, IN_CAMERA
from custom_components.frigate_native.engine.config.keys import walk
from custom_components.frigate_native.engine.config.loading import load_config_file
from custom_components.frigate_native.engine.config.model import CameraConfig, Config

CAMERAS = """
cameras:
  back:
    ffmpeg: {inputs: [{path: rtsp://10.0.0.2/main, roles: [detect, record]}]}
"""
CAMERA = "    "


def load(text: str, folder: Path, version: str = "0.17-0") -> Config:
    file = folder / "frigate.yml"
    file.write_text(f"version: {version}\n{dedent(text)}")
    return load_config_file(file, {})


def notes_of(config: Config) -> list[str]:
    return [f"{note.kind} {note}" for note in config.report.notes]


SILENT = [
    "birdseye: {enabled: false}",
    "audio: {listen: [speech], max_not_heard: 20}",
    "lpr: {min_area: 500}",
    "face_recognition: {enabled: false, model_size: large}",
    "notifications: {enabled: false, email: a@b.c}",
    "semantic_search: {}",
    "camera_groups: {}",
    "profiles: {}",
    "classification: {bird: {enabled: false}}",
    "genai: {enabled: false, provider: ollama}",
    "tls: {enabled: false}",
    "snapshots: {clean_copy: false}",
    "record: {sync_recordings: false}",
    "ui: ",
    "safe_mode: false",
    "go2rtc: {streams: {}}",
]


@pytest.mark.parametrize("text", SILENT)
def test_what_is_off_or_empty_is_not_noted(text: str, tmp_path: Path) -> None:
    assert notes_of(load(f"{text}\n{CAMERAS}", tmp_path)) == []


NOTED = [
    ("ui: {dashboard: false}", ["elsewhere ui: dashboards and user profiles"]),
    ("audio: {enabled: true}", ["missing audio: sounds are not detected"]),
    ("birdseye: {mode: objects}", ["missing birdseye: there is no composed picture"]),
    ("classification: {bird: {enabled: true}}", ["missing classification: birds"]),
    ("telemetry: {version_check: false}", ["elsewhere telemetry: "]),
    (
        "go2rtc: {streams: {spare: 'rtsp://h/1', tv: 'rtsp://h/2'}, webrtc: {candidates: ['1.2.3.4:8555']}, api: {}}",
        ["elsewhere go2rtc.webrtc: Home Assistant's own go2rtc", "elsewhere go2rtc.streams: no camera reads spare, tv"],
    ),
    (
        "motion: {contour_area: 100, frame_height: 300}",
        [
            "attention motion.contour_area: 100 suits Frigate 0.12",
            "attention motion.frame_height: 300 suits Frigate 0.12",
        ],
    ),
    (
        "detectors: {a: {type: rknn, num_cores: 2}, b: {type: cpu}}",
        ["missing detectors.a: detectors of the type rknn are not available"],
    ),
    (
        "model: {path: /m.onnx, model_type: yolox, width: 640, height: 640, labelmap: {2: truck}}",
        ["missing model.path: there is no file /m.onnx: copy it beside the configuration; the bundled model"],
    ),
    ("objects: {track: [person, face]}", ["attention objects.track: the model does not know 'face'"]),
]


@pytest.mark.parametrize(("text", "expected"), NOTED, ids=lambda value: value if isinstance(value, str) else "")
def test_what_has_no_effect_is_noted_once(text: str, expected: Sequence[str], tmp_path: Path) -> None:
    found = notes_of(load(f"{text}\n{CAMERAS}", tmp_path))

    assert len(found) == len(expected), found
    assert all(note.startswith(begin) for note, begin in zip(found, expected, strict=True)), found


NOTED_IN_CAMERA = [
    ("type: generic", []),
    ("type: lpr", ["missing cameras.back.type: there are no cameras for license plates"]),
    ("onvif: {host: ''}", []),
    ("onvif: {host: h, autotracking: {enabled: false}}", ["elsewhere cameras.back.onvif: Home Assistant's ONVIF"]),
    (
        "onvif: {host: h, autotracking: {enabled: true}}",
        ["missing cameras.back.onvif.autotracking: cameras do not", "elsewhere cameras.back.onvif: Home Assistant's"],
    ),
    (
        "zones: {yard: {coordinates: '0,0,1,0,1,1', filters: {person: {min_score: 0.6}}}}",
        ["elsewhere cameras.back.zones.yard.filters.person.min_score: it never had an effect in a zone"],
    ),
    ("ui: {order: 2}", ["elsewhere cameras.back.ui: dashboards"]),
    (
        "objects: {track: [person, package]}",
        ["attention cameras.back.objects.track: the model does not know 'package'"],
    ),
    ("detect: {width: 640}", ["attention cameras.back.detect.width: no effect without both"]),
]


@pytest.mark.parametrize(
    ("text", "expected"), NOTED_IN_CAMERA, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_has_no_effect_in_a_camera_is_noted_there(text: str, expected: Sequence[str], tmp_path: Path) -> None:
    found = notes_of(load(f"{CAMERAS}    {text}\n", tmp_path))

    assert len(found) == len(expected), found
    assert all(note.startswith(begin) for note, begin in zip(found, expected, strict=True)), found


def test_address_of_a_go2rtc_that_is_not_there_is_noted(tmp_path: Path) -> None:
    text = CAMERAS.replace("rtsp://10.0.0.2/main", "rtsp://127.0.0.1:8554/back")

    found = notes_of(load(text, tmp_path))

    assert len(found) == 1
    assert found[0].startswith("attention cameras.back.ffmpeg.inputs[0].path: the address of Frigate's own go2rtc")


def test_file_whose_cameras_are_off_loads(tmp_path: Path) -> None:
    sections = "snapshots: {enabled: true}\nrecord: {enabled: true, alerts: {pre_capture: 3}}\ndetect: {width: 640}"

    config = load(f"{sections}\n{CAMERAS}    enabled: false\n", tmp_path)

    assert not config.cameras
    assert notes_of(config) == ["elsewhere cameras.back: the camera is off, so it is left out"]


def test_labels_of_another_model_do_not_change_those_of_the_bundled_one(tmp_path: Path) -> None:
    config = load(f"model: {{path: 'plus://0123', labelmap: {{2: truck}}}}\n{CAMERAS}", tmp_path)

    assert not config.model.labelmap


def test_certificates_are_found_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("certificate")

    config = load(f"mqtt: {{host: h, tls_ca_certs: /config/ca.pem}}\n{CAMERAS}", tmp_path)

    assert config.mqtt is not None
    assert config.mqtt.tls_ca_certs == str(tmp_path / "ca.pem")


def test_keys_that_are_declared_are_not_called_missing() -> None:
    declared = {".".join(path).replace("<name>", "*") for path, _ in walk(CameraConfig, into_names=True)}

    assert not declared & {*EVERYWHERE, *IN_CAMERA}
