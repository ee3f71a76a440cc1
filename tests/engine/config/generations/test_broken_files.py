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
    ("record: {alerts: {pre_captur: 3}}", "record.alerts.pre_captur", "unknown key", "did you mean 'pre_capture'?"),
    ("record: {alerts: {retain: {day: 3}}}", "record.alerts.retain.day", "unknown key", "did you mean 'days'?"),
    ("record: {alerts: {retain: {days: soon}}}", "record.alerts.retain.days", "text 'soon'", "a number"),
    ("record: {detections: {retain: {mode: motions}}}", "record.detections.retain.mode", "'motions'", "one of all"),
    ("record: {detections: 5}", "record.detections", "a number, not a mapping", "keys"),
    ("record: {continuous: 5}", "record.continuous", "a number, not a mapping", "keys"),
    ("record: {motion: {days: -1}}", "record.motion.days", "-1", "from 0"),
    ("record: {retain: {day: 3}}", "record.retain.day", "unknown key", "did you mean 'days'?"),
    ("record: {retain: {days: 3, mode: al}}", "record.retain.mode", "text 'al'", "one of all, motion"),
    ("record: {retain: {days: week}}", "record.retain.days", "text 'week'", "a number"),
    ("record: {retain: 3}", "record.retain", "a number, not a mapping", "keys"),
    ("record: {retain_days: many}", "record.retain_days", "text 'many'", "a number"),
    ("record: {events: {retain: {defalt: 3}}}", "record.events.retain.defalt", "unknown key", "'default'"),
    ("record: {events: {pre_captur: 3}}", "record.events.pre_captur", "unknown key", "did you mean 'pre_capture'?"),
    ("record: {events: {pre_capture: -3}}", "record.events.pre_capture", "-3", "from 0 to 60"),
    ("record: {events: {retain: {default: x}}}", "record.events.retain.default", "text 'x'", "a number"),
    ("record: {events: {retain: {objects: {car: x}}}}", "record.events.retain.objects.car", "text 'x'", "a number"),
    ("record: {events: {retain: {mode: none}}}", "record.events.retain.mode", "text 'none'", "one of all"),
    ("record: {events: {objects: person}}", "record.events.objects", "text 'person'", "[person, car]"),
    ("record: {events: []}", "record.events", "a list, not a mapping", "keys"),
    ("detectors: {npu: {type: hailo, device: PCIe}}", "detectors.npu.type", "text 'hailo'", "hailo8l"),
    ("detect: {fps: -1}", "detect.fps", "-1", "a whole number"),
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
    ("ffmpeg: {output_args: {record: [{}]}}", "ffmpeg.output_args.record[0]", "a mapping, not text", "text"),
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
    ("record: {events: {required_zones: [yard]}}", "record.events.required_zones[0]", "no zone 'yard'", "none"),
    ("objects: {track: person}", "objects.track", "text 'person'", "[person, car]"),
    ("objects: {mask: {a: 5}}", "objects.mask.a", "5", "text"),
    ("objects: {mask: {a: {coordinates: 5}}}", "objects.mask.a.coordinates", "5", "text"),
    ("objects: {mask: {1: {coordinates: '0,0,1,0,1'}}}", "objects.mask[1].coordinates", "5 numbers", "x,y pairs"),
    ("ffmpeg: {inputs: [{path: 'rtsp://h/1', roles: [audio]}, 5]}", "ffmpeg.inputs[1]", "not a mapping", "keys"),
    (
        "record: {events: {retain: {objects: {1: 2}}}}",
        "record.events.retain.objects.1",
        "the label is a number",
        "name",
    ),
    ("ffmpeg: {inptus: []}", "ffmpeg.inptus", "unknown key", "did you mean 'inputs'?"),
    ("friendly_name: [a]", "friendly_name", "a list, not text", "text"),
    ("webui_url: rtsp://h", "webui_url", "not the address of a web page", "http://host"),
    ("best_image_timeout: 1m", "best_image_timeout", "text '1m'", "a whole number"),
    ("detect: {enabled: 1}", "detect.enabled", "1", "true or false"),
    ("detect: {max_disappeared: -5}", "detect.max_disappeared", "-5", "0 or more"),
    ("mqtt: {hight: 300}", "mqtt.hight", "unknown key", "did you mean 'height'?"),
    ("zones: {yard: }", "zones.yard.coordinates", "missing", "required"),
    ("zones: {'my yard': {coordinates: '0,0,1,0,1,1'}}", "zones.my yard", "not a usable name", "letters"),
    ("zones: [yard]", "zones", "a list, not a mapping", "names"),
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


WHOLE_TEXTS = [
    ("version: 1.2", "version", "1.2", "such as 0.17-0"),
    ("version: latest", "version", "text 'latest'", "such as 0.17-0"),
    ("version: [0.17]", "version", "a list", "such as 0.17-0"),
    ("cameras: [back]", "cameras", "a list, not a mapping", "names"),
    ("cameras: {back door: {}}", "cameras.back door", "not a usable name", "letters"),
    ("cameras: {back: {enabled: true}}", "cameras.back.ffmpeg", "missing", "required"),
    ("cameras:\n\tback: {}", "frigate.yml", "line 2, column 1", "spaces"),
    ("cameras: {back: {ffmpeg: {inputs: [{path: a}}", "frigate.yml", "line 1", "]"),
    ("mqtt: {host: h}\nmqtt: {host: i}", "mqtt", "given twice", "keep one"),
    ("version: 0.17-0\nmqtt: {host: '{FRIGATE_NO}'}", "mqtt.host", "FRIGATE_NO is not set", "environment_vars"),
]


@pytest.mark.parametrize(("text", "path", "problem", "mend"), WHOLE_TEXTS)
def test_mistake_of_the_file_is_named(text: str, path: str, problem: str, mend: str, tmp_path: Path) -> None:
    expect_one(errors_of(text, tmp_path), path, problem, mend)


STREAM_ERRORS = [
    ("fornt: 'rtsp://h/1'", "go2rtc has no stream 'front'", "did you mean 'fornt'?"),
    ("front: 'exec:ffmpeg -i x -f rtsp {{output}}'", "of the kind exec", "RTSP address"),
    ("front: ['tapo://h', 'homekit://h?x=1']", "of the kind tapo, homekit", "RTSP address"),
    ("front: []", "empty", "RTSP address"),
    ("front: 'ffmpeg:front#audio=aac'", "of the kind ffmpeg", "RTSP address"),
    ("{front: other, other: front}", "which cannot be opened here", "RTSP address"),
]


@pytest.mark.parametrize(("streams", "problem", "mend"), STREAM_ERRORS)
def test_stream_that_cannot_be_opened_is_an_error(streams: str, problem: str, mend: str, tmp_path: Path) -> None:
    text = f"{HEAD}    {STREAMS}\n" + FRONT.replace("rtsp://10.0.0.2/main", "rtsp://127.0.0.1:8554/front")
    several = streams if streams.startswith("{") else f"{{{streams}}}"

    found = errors_of(f"{text}go2rtc: {{streams: {several}}}\n", tmp_path)

    expect_one(found, "cameras.front.ffmpeg.inputs[0].path", problem, mend)


def test_variable_of_a_stream_that_is_not_set_is_named_at_the_stream(tmp_path: Path) -> None:
    found = errors_of(f"{BASE}go2rtc: {{streams: {{front: ['rtsp://u:{{FRIGATE_NO}}@h/1']}}}}\n", tmp_path)

    expect_one(found, "go2rtc.streams.front[0]", "FRIGATE_NO is not set", "environment_vars")


def test_recording_without_an_input_for_it_is_an_error(tmp_path: Path) -> None:
    inputs = "[{path: rtsp://h/1, roles: [detect]}, {path: rtsp://h/2, roles: [rtmp]}]"
    text = f"version: 0.13\ncameras:\n  back:\n    ffmpeg: {{inputs: {inputs}}}\n    record: {{enabled: true}}\n"

    found = errors_of(text, tmp_path)

    expect_one(found, "cameras.back.ffmpeg.inputs", "no input has the role record", "record.enabled")


def test_section_that_cameras_have_of_their_own_must_be_one(tmp_path: Path) -> None:
    found = errors_of(
        f"{HEAD}    {STREAMS}\n    record: {{events: {{retain: {{default: 3}}}}}}\nrecord: {{events: 5}}\n", tmp_path
    )

    expect_one(found, "record.events", "a number, not a mapping", "keys")
