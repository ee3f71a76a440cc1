"""Mistakes in files of today's Frigate are named where they are written, once, with what would be right."""

from pathlib import Path
from textwrap import indent

import pytest

from custom_components.frigate_native.engine.config.loading import load_config_file
from custom_components.frigate_native.engine.errors import ConfigErrors

STREAMS = "ffmpeg: {inputs: [{path: rtsp://10.0.0.2/main, roles: [detect, record]}]}"
HEAD = "version: 0.17-0\ncameras:\n  back:\n"
FRONT = f"  front:\n    {STREAMS}\n"
BASE = f"{HEAD}    {STREAMS}\n{FRONT}"


def errors_of(text: str, folder: Path) -> list[tuple[str, str, str]]:
    file = folder / "frigate.yml"
    file.write_text(text)
    with pytest.raises(ConfigErrors) as error:
        load_config_file(file, {"FRIGATE_PASSWORD": "s3cret"})
    assert "s3cret" not in str(error.value)
    return [(found.path, found.problem, found.mend) for found in error.value.errors]


def expect_one(found: list[tuple[str, str, str]], path: str, problem: str, mend: str) -> None:
    assert len(found) == 1, found
    assert found[0][0] == path
    assert problem in found[0][1]
    assert mend in found[0][2]


WHOLE_FILE = [
    ("birdseyes: {enabled: true}", "birdseyes", "unknown key", "did you mean 'birdseye'?"),
    ("go2rt: {streams: {}}", "go2rt", "unknown key", "did you mean 'go2rtc'?"),
    ("camera_group: {}", "camera_group", "unknown key", "did you mean 'camera_groups'?"),
    ("record: yes please", "record", "text, not a mapping", "keys"),
    ("record: {enabled: 'on'}", "record.enabled", "text 'on'", "true or false"),
    ("record: {event: {retain: {default: 3}}}", "record.event", "unknown key", "did you mean 'events'?"),
    ("mqtt: {enabled: 'no', host: h}", "mqtt.enabled", "text 'no'", "true or false"),
    ("mqtt: {enabled: true}", "mqtt.host", "missing", "required"),
    ("detectors: {coral: {type: edgetp}}", "detectors.coral.type", "text 'edgetp'", "did you mean 'edgetpu'?"),
    ("detectors: {ov: {typ: openvino}}", "detectors.ov.typ", "unknown key", "did you mean 'type'?"),
    ("detect: {fsp: 5}", "detect.fsp", "unknown key", "did you mean 'fps'?"),
    ("detect: {widht: 640, height: 480}", "detect.widht", "unknown key", "did you mean 'width'?"),
    ("detect: {fps: fast}", "detect.fps", "text 'fast'", "a whole number"),
    ("motion: {maks: '0,0,1,0,1,1'}", "motion.maks", "unknown key", "did you mean 'mask'?"),
    ("motion: {threshold: 300}", "motion.threshold", "300", "from 1 to 255"),
    ("motion: {mask: '0,0,1'}", "motion.mask", "3 numbers", "x,y pairs, at least 3"),
    ("motion: {mask: {m1: {cordinates: '0,0,1,0,1,1'}}}", "motion.mask.m1.cordinates", "unknown key", "'coordinates'"),
    ("motion: {mask: {m1: {coordinates: '0,0,1,0,1'}}}", "motion.mask.m1.coordinates", "5 numbers", "x,y pairs"),
    (
        "motion: {mask: {m1: {enabled: 'off', coordinates: '0,0,1,0,1,1'}}}",
        "motion.mask.m1.enabled",
        "text 'off'",
        "true or false",
    ),
    ("motion: {mask: {m1: {enabled: false}}}", "motion.mask.m1.coordinates", "missing", "required"),
    ("objects: {trak: [person]}", "objects.trak", "unknown key", "did you mean 'track'?"),
    ("objects: {filter: {person: {min_area: 5}}}", "objects.filter", "unknown key", "did you mean 'filters'?"),
    ("objects: {filters: {person: {min_scor: 0.5}}}", "objects.filters.person.min_scor", "unknown", "'min_score'"),
    ("objects: {filters: {person: {min_score: 50}}}", "objects.filters.person.min_score", "50", "from 0 to 1"),
    ("review: {alert: {labels: [person]}}", "review.alert", "unknown key", "did you mean 'alerts'?"),
    ("review: {alerts: {label: [person]}}", "review.alerts.label", "unknown key", "did you mean 'labels'?"),
    ("review: {alerts: {labels: {a: b}}}", "review.alerts.labels", "a mapping", "[person, car]"),
    ("snapshots: {retian: {default: 3}}", "snapshots.retian", "unknown key", "did you mean 'retain'?"),
    ("snapshots: {enabled: 1}", "snapshots.enabled", "1", "true or false"),
    ("snapshots: {retain: {default: -1.5}}", "snapshots.retain.default", "-1.5", "from 0 to"),
    ("snapshots: {bounding-box: true}", "snapshots.bounding-box", "unknown key", "did you mean 'bounding_box'?"),
    ("ffmpeg: {hwaccel_args: preset-vapi}", "ffmpeg.hwaccel_args", "not known here", "did you mean 'preset-vaapi'?"),
    ("ffmpeg: {hwacel_args: preset-vaapi}", "ffmpeg.hwacel_args", "unknown key", "did you mean 'hwaccel_args'?"),
    ("ffmpeg: {retry_intervall: 3}", "ffmpeg.retry_intervall", "unknown key", "did you mean 'retry_interval'?"),
]


@pytest.mark.parametrize(("text", "path", "problem", "mend"), WHOLE_FILE)
def test_mistake_for_all_cameras_is_named_once(text: str, path: str, problem: str, mend: str, tmp_path: Path) -> None:
    expect_one(errors_of(f"{BASE}\n{text}\n", tmp_path), path, problem, mend)


ONE_CAMERA = [
    ("enabled: flase", "enabled", "text 'flase'", "true or false"),
    ("detects: {enabled: true}", "detects", "unknown key", "did you mean 'detect'?"),
    ("onvi: {host: h}", "onvi", "unknown key", "did you mean 'onvif'?"),
    ("zones: {yard: {cordinates: '0,0,1,0,1,1'}}", "zones.yard.cordinates", "unknown key", "'coordinates'"),
    ("zones: {yard: {coordinates: '0,0,1,0,1,1,1'}}", "zones.yard.coordinates", "7 numbers", "x,y pairs"),
    ("zones: {yard: {coordinates: '0,0,640,0,640,x'}}", "zones.yard.coordinates", "text 'x' in place 6", "numbers"),
    ("zones: {yard: {coordinates: '0,0,640,0.5,640,360'}}", "zones.yard.coordinates", "0.5", "whole numbers"),
    ("zones: {front: {coordinates: '0,0,1,0,1,1'}}", "zones.front", "a camera has the same name", "another name"),
    ("review: {alerts: {required_zones: [yrad]}}", "review.alerts.required_zones[0]", "no zone 'yrad'", "none"),
    ("review: {alerts: {required_zones: yrad}}", "review.alerts.required_zones", "no zone 'yrad'", "none"),
    ("snapshots: {required_zones: [yard]}", "snapshots.required_zones[0]", "no zone 'yard'", "none"),
    ("ffmpeg: {inputs: [{path: 'rtsp://h/1', roles: detect}]}", "ffmpeg.inputs[0].roles", "text 'detect'", "a list"),
    ("ffmpeg: {inputs: [{path: 'rtsp://h/1', roles: [detct]}]}", "ffmpeg.inputs[0].roles[0]", "'detct'", "one of"),
    ("ffmpeg: {inputs: [{paht: 'rtsp://h/1', roles: [detect]}]}", "ffmpeg.inputs[0].paht", "unknown", "'path'"),
    ("ffmpeg: {inputs: {path: 'rtsp://h/1', roles: [detect]}}", "ffmpeg.inputs", "a mapping", "a list"),
    ("ffmpeg: {inputs: [{roles: [detect]}]}", "ffmpeg.inputs[0].path", "missing", "required"),
    ("ffmpeg: {inputs: [rtsp://h/1]}", "ffmpeg.inputs[0]", "text, not a mapping", "keys"),
    ("ffmpeg: {inputs: []}", "ffmpeg.inputs", "an empty list", "at least 1"),
    (
        "ffmpeg: {inputs: [{path: 'rtsp://h/1', roles: [detect]}, {path: 'rtsp://h/2', roles: [record, detect]}]}",
        "ffmpeg.inputs",
        "the role detect is given 2 times",
        "each role once",
    ),
    (
        "ffmpeg: {inputs: [{path: 'rtsp://h/1', roles: [audio]}, {path: 'rtsp://h/2', roles: [detect], inputargs: x}]}",
        "ffmpeg.inputs[1].inputargs",
        "unknown key",
        "did you mean 'input_args'?",
    ),
    (
        "ffmpeg: {inputs: [{path: 'rtsp://h/1', roles: [audio]}, {path: 'rtsp://h/2', roles: [record]}]}",
        "ffmpeg.inputs",
        "no input has the role detect",
        "one input with detect",
    ),
]


@pytest.mark.parametrize(("text", "path", "problem", "mend"), ONE_CAMERA)
def test_mistake_in_a_camera_is_named_there(text: str, path: str, problem: str, mend: str, tmp_path: Path) -> None:
    streams = "" if text.startswith("ffmpeg") else f"    {STREAMS}\n"

    found = errors_of(f"{HEAD}{streams}{indent(text, '    ')}\n{FRONT}", tmp_path)

    expect_one(found, f"cameras.back.{path}", problem, mend)
