"""Every mistake is reported at its place, once, with what was found and what would be right."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from custom_components.frigate_native.engine.config.loading import config_from_mapping, load_config_file
from custom_components.frigate_native.engine.errors import ConfigErrors

ENVIRONMENT = {"FRIGATE_PASSWORD": "s3cret"}
CAMERA: Mapping[str, Any] = {"ffmpeg": {"inputs": [{"path": "rtsp://viewer:s3cret@cam/live", "roles": ["detect"]}]}}
SQUARE = "0,0,10,0,10,10,0,10"


def errors_of(data: Mapping[str, object], directory: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(ConfigErrors) as error:
        config_from_mapping(data, directory, ENVIRONMENT)
    assert "s3cret" not in str(error.value)
    return [(found.path, found.problem, found.mend) for found in error.value.errors]


def camera(text: str) -> dict[str, Any]:
    """Return a configuration whose camera `back` has these keys besides what it needs."""
    return {"cameras": {"back": {**CAMERA, **yaml.safe_load(text)}}}


def inputs(text: str) -> dict[str, Any]:
    """Return a configuration whose camera `back` has these inputs."""
    return {"cameras": {"back": {"ffmpeg": {"inputs": yaml.safe_load(text)}}}}


WHOLE_FILE = [
    ("mqt: {host: h}", "mqt", "unknown key", "did you mean 'mqtt'?"),
    ("xyzzy: 1", "xyzzy", "unknown key", "known here: cameras, clips, database, detect"),
    ("bird: {enabled: true}", "bird", "unknown key", "known here:"),
    ("mqtt: {host: '127.0.0.1:1883'}", "mqtt.host", "more than a host", "the port has its own key"),
    ("mqtt: {host: '[::1]:1883'}", "mqtt.host", "more than a host", "the port has its own key"),
    ("mqtt: {port: 1883}", "mqtt.host", "missing", "required"),
    ("mqtt: {host: }", "mqtt.host", "missing", "required"),
    ("mqtt: broker", "mqtt", "text, not a mapping", "keys"),
    ("mqtt: {host: 10}", "mqtt.host", "a number, not text", "quotes"),
    ("mqtt: {host: ''}", "mqtt.host", "empty text", "leave the key out"),
    ("mqtt: {host: 'mqtt://me:s3cret@h'}", "mqtt.host", "more than a host", "port"),
    ("mqtt: {host: h, port: 0}", "mqtt.port", "0", "from 1 to 65535"),
    ("mqtt: {host: h, port: 65536}", "mqtt.port", "65536", "from 1 to 65535"),
    ("mqtt: {host: h, port: '1883'}", "mqtt.port", "text '1883'", "whole number"),
    ("mqtt: {host: h, port: true}", "mqtt.port", "true", "whole number"),
    ("mqtt: {host: h, topic_prefix: 'frigate/#'}", "mqtt.topic_prefix", "text 'frigate/#'", "without wildcards"),
    ("mqtt: {host: h, topic_prefix: $SYS/frigate}", "mqtt.topic_prefix", "text '$SYS/frigate'", "begin with $"),
    ('mqtt: {host: h, topic_prefix: "a\\tb"}', "mqtt.topic_prefix", "control character", "a topic"),
    (f"mqtt: {{host: h, topic_prefix: {'x' * 201}}}", "mqtt.topic_prefix", "201 characters", "at most 200"),
    ("mqtt: {host: h, topic_prefix: /frigate}", "mqtt.topic_prefix", "text '/frigate'", "without / at its ends"),
    ("mqtt: {host: h, password: 1234}", "mqtt.password", "a number, not text", "quotes"),
    ("mqtt: {host: h, password: {FRIGATE_PASSWORD}}", "mqtt.password", "braces without quotes", "'{FRIGATE_…}'"),
    ("mqtt: {host: h, password: '{FRIGATE_PASSWORT}'}", "mqtt.password", "FRIGATE_PASSWORT is not set", "environment"),
    ("mqtt: {host: h, user: '{USER}'}", "mqtt.user", "no FRIGATE_ variable", "beginning with FRIGATE_"),
    ("mqtt: {host: h, password: 's3cret{'}", "mqtt.password", "a brace without its partner", "twice"),
    ("mqtt: {host: h, stats_interval: 0}", "mqtt.stats_interval", "0", "1 or more"),
    ("mqtt: {host: h, qos: 3}", "mqtt.qos", "3", "a whole number from 0 to 2"),
    ("mqtt: {host: h, tls_ca_certs: no.pem}", "mqtt.tls_ca_certs", "no file 'no.pem'", "beside the configuration"),
    ("mqtt: {host: h, tls_insecure: true}", "mqtt.tls_insecure", "without tls_ca_certs", "or auto"),
    (
        "mqtt: {host: h, tls_ca_certs: auto, tls_client_cert: broken.png}",
        "mqtt.tls_client_key",
        "missing",
        "tls_client_cert needs it",
    ),
    ("database: {url: 'me:s3cret'}", "database.url", "not the URL of a database", "dialect://"),
    ("database: {url: 'sqlite:///x.db', path: x.db}", "database.url", "path is given as well", "either"),
    ("detectors: {coral: {type: gpu}}", "detectors.coral.type", "text 'gpu'", "cpu, edgetpu, onnx, openvino, zmq"),
    ("detectors: {coral: {type: CPU}}", "detectors.coral.type", "text 'CPU'", "one of cpu"),
    ("detectors: {coral: {num_threads: 0}}", "detectors.coral.num_threads", "0", "from 1 to"),
    ("detectors: {far: {type: zmq}}", "detectors.far.endpoint", "missing", "tcp://host:port"),
    ("detectors: {far: {type: zmq, endpoint: host}}", "detectors.far.endpoint", "not an endpoint", "tcp://host:port"),
    ("detectors: {far: {type: zmq, endpoint: 'tcp://u:s@h:1'}}", "detectors.far.endpoint", "not an", "tcp://host:port"),
    ("detectors: {far: {type: zmq, endpoint: '{FRIGATE_X}'}}", "detectors.far.endpoint", "FRIGATE_X is not set", "in"),
    ("detectors: {far: {endpoint: 'tcp://h:1'}}", "detectors.far.endpoint", "only detectors of type zmq", "type: zmq"),
    ("detectors: {'a b': {}}", "detectors.a b", "not a usable name", "letters"),
    (f"detectors: {{{'x' * 101}: {{}}}}", f"detectors.{'x' * 101}", "101 characters", "at most 100"),
    ("detectors: [coral]", "detectors", "a list, not a mapping", "names"),
    ("model: {width: 320}", "model.height", "missing", "needs a height"),
    ("model: {width: 320, height: 0}", "model.height", "0", "from 1 to"),
    ("model: {path: none.tflite, width: 320, height: 320}", "model.path", "no file 'none.tflite'", "absolute path"),
    ("model: {path: model.tflite}", "model.path", "width and height are missing", "size"),
    ("model: {labelmap: {first: person}}", "model.labelmap.first", "text 'first'", "whole number"),
    ("model: {input_tensor: hwc}", "model.input_tensor", "text 'hwc'", "nhwc, nchw"),
    ("logger: {default: INFO}", "logger.default", "text 'INFO'", "debug, info, warning, error, critical"),
    ("logger: {logs: {frigate.mqtt: loud}}", "logger.logs.frigate.mqtt", "text 'loud'", "one of debug"),
    ("save_clips: {max_seconds: 0}", "save_clips.max_seconds", "0", "1 or more"),
    ("save_clips: {tmpfs_cache_size: big}", "save_clips.tmpfs_cache_size", "text 'big'", "256m"),
    ("save_clips: {retain: {default: -1}}", "save_clips.retain.default", "-1", "from 0 to"),
    ("save_clips: {retain: {objects: {person: 1.5}}}", "save_clips.retain.objects.person", "1.5", "whole number"),
    ("save_clips: {}\nclips: {}", "clips", "save_clips is given as well", "keep one"),
    ("save_clips: {enabled: true}", "save_clips.enabled", "unknown key", "known here: max_seconds"),
    ("record: {enabled: 1}", "record.enabled", "1", "true or false"),
    ("record: {enabled: 'yes'}", "record.enabled", "text 'yes'", "true or false"),
    ("ffmpeg: {inputs: []}", "ffmpeg.inputs", "unknown key", "did you mean 'input_args'?"),
    ('ffmpeg: {input_args: ["-re", "a\\0b"]}', "ffmpeg.input_args[1]", "NUL", "without that character"),
    ('ffmpeg: {input_args: "-re a\\0b"}', "ffmpeg.input_args", "NUL", "without that character"),
    ('database: {url: "sqlite:///a\\0b"}', "database.url", "NUL", "without that character"),
    ('environment_vars: {A: "a\\0b"}', "environment_vars.A", "NUL", "without that character"),
    ("ffmpeg: {global_args: 1}", "ffmpeg.global_args", "1", "a list"),
    ("ffmpeg: {input_args: [-re, true]}", "ffmpeg.input_args[1]", "true or false, not text", "in quotes"),
    ("ffmpeg: {output_args: {audio: -an}}", "ffmpeg.output_args.audio", "unknown key", "clips, detect, record, rtmp"),
    ("objects: {track: person}", "objects.track", "text 'person'", "[person, car]"),
    ("objects: {track: [1]}", "objects.track[0]", "a number", "such as person"),
    ("objects: {filters: {person: {min_score: 1.7}}}", "objects.filters.person.min_score", "1.7", "from 0 to 1"),
    ("objects: {filters: {person: {threshold: .nan}}}", "objects.filters.person.threshold", "nan", "from 0 to 1"),
    ("objects: {filters: {person: {min_area: 1.0}}}", "objects.filters.person.min_area", "1.0", "whole number"),
    (
        "objects: {filters: {person: {min_area: 9, max_area: 8}}}",
        "objects.filters.person.min_area",
        "9 is more than max_area, 8",
        "below",
    ),
    ("motion: {threshold: 0}", "motion.threshold", "0", "from 1 to 255"),
    ("motion: {threshold: 256}", "motion.threshold", "256", "from 1 to 255"),
    ("motion: {delta_alpha: 1.1}", "motion.delta_alpha", "1.1", "from 0 to 1"),
    ("motion: {delta_alpha: '0.2'}", "motion.delta_alpha", "text '0.2'", "from 0 to 1"),
    ("motion: {contour_area: 99.5}", "motion.contour_area", "99.5", "whole number"),
    ("motion: {frame_height: 0}", "motion.frame_height", "0", "from 1 to"),
    ("detect: {max_disappeared: -1}", "detect.max_disappeared", "-1", "0 or more"),
    ("environment_vars: {A-B: x}", "environment_vars.A-B", "not the name of a variable", "letters"),
    ("environment_vars: {A: [s3cret]}", "environment_vars.A", "a list, not text", "quotes"),
    ("objects: {track: [person, '#']}", "objects.track[1]", "'#'", "without # and +"),
    ("objects: {track: [a+b]}", "objects.track[0]", "'+'", "without # and +"),
    ('objects: {track: ["a\\0b"]}', "objects.track[0]", "control character", "name of an object"),
    ('objects: {track: ["a\\x85"]}', "objects.track[0]", "control character", "name of an object"),
    (f"objects: {{track: [{'x' * 101}]}}", "objects.track[0]", "101 characters", "at most 100"),
    ("objects: {filters: {'#': {}}}", "objects.filters.#", "'#'", "without # and +"),
    ("model: {labelmap: {3: c+}}", "model.labelmap.3", "'+'", "without # and +"),
    ("cameras: {stats: {}}", "cameras.stats", "used by an address or topic", "another name"),
    ("cameras: {front door: {}}", "cameras.front door", "not a usable name", "digits, _ and -"),
    (f"cameras: {{{'x' * 101}: {{}}}}", f"cameras.{'x' * 101}", "101 characters", "at most 100"),
    ("cameras: {1: {}}", "cameras.1", "the name is a number", "quotes"),
    ("cameras: {'rtsp://viewer:s3cret@cam': {}}", "cameras.rtsp://***@cam", "not a usable name", "letters"),
    ("cameras: {back: }", "cameras.back.ffmpeg", "missing", "required"),
    ("cameras: {back: {ffmpeg: {}}}", "cameras.back.ffmpeg.inputs", "missing", "required"),
]
ONE_CAMERA = [
    ("width: 0\nheight: 1", "width", "0", "from 1 to"),
    ("width: 1280", "height", "missing", "both"),
    ("height: 720", "width", "missing", "both"),
    ("fps: 5.0", "fps", "5.0", "whole number"),
    ("width: 99999999\nheight: 720", "width", "99999999", "from 1 to 16384"),
    ("fps: 100000", "fps", "100000", "from 1 to 240"),
    ("best_image_timeout: 10000000000000", "best_image_timeout", "10000000000000", "to 1000000000"),
    ("fps: 0", "fps", "0", "from 1 to"),
    ("webui_url: 'ftp://h'", "webui_url", "not the address of a web page", "https://host"),
    ("foo: 1", "foo", "unknown key", "known here: best_image_timeout"),
    ("fsp: 5", "fsp", "unknown key", "did you mean 'fps'?"),
    ("rtmp: true", "rtmp", "true or false, not a mapping", "keys"),
    ("rtmp: {enabled: 'on'}", "rtmp.enabled", "text 'on'", "true or false"),
    ("best_image_timeout: -1", "best_image_timeout", "-1", "0 or more"),
    ("record: {retain_days: x}", "record.retain_days", "text 'x'", "a number from 0"),
    ("save_clips: {max_seconds: 5}", "save_clips.max_seconds", "unknown key", "known here: enabled"),
    ("save_clips: {objects: person}", "save_clips.objects", "text 'person'", "a list"),
    ("save_clips: {required_zones: [yard]}", "save_clips.required_zones[0]", "no zone 'yard'", "its zones: none"),
    ("clips: {required_zones: [yard]}", "clips.required_zones[0]", "no zone 'yard'", "its zones: none"),
    (
        f"zones: {{step: {{coordinates: '{SQUARE}'}}}}\nsnapshots: {{required_zones: [step, yard]}}",
        "snapshots.required_zones[1]",
        "no zone 'yard'",
        "its zones: step",
    ),
    ("mqtt: {required_zones: [yard]}", "mqtt.required_zones[0]", "no zone 'yard'", "its zones: none"),
    ("mqtt: {host: h}", "mqtt.host", "unknown key", "known here: bounding_box"),
    ("save_clips: {}\nclips: {}", "clips", "save_clips is given as well", "keep one"),
    ("snapshots: {height: 0}", "snapshots.height", "0", "from 1 to"),
    ("snapshots: {show_timestamps: true}", "snapshots.show_timestamps", "unknown key", "'show_timestamp'?"),
    ("zones: {yard: }", "zones.yard.coordinates", "missing", "required"),
    ("zones: {yard: {coordinates: '0,0,1'}}", "zones.yard.coordinates", "3 numbers", "x,y pairs, at least 3"),
    ("zones: {yard: {coordinates: '0,0,1,1'}}", "zones.yard.coordinates", "4 numbers", "at least 3"),
    ("zones: {yard: {coordinates: '0,0,1,1,2,2,3'}}", "zones.yard.coordinates", "7 numbers", "x,y pairs"),
    (
        "zones: {yard: {coordinates: '0,0,a,1,2,2'}}",
        "zones.yard.coordinates",
        "text 'a' in place 3",
        "pixels, or fractions",
    ),
    ("zones: {yard: {coordinates: '0,0,.5,1,2,2'}}", "zones.yard.coordinates", "0.5 in place 3", "only fractions"),
    ("zones: {yard: {coordinates: ['0,0', '1', '2,2']}}", "zones.yard.coordinates[1]", "text '1'", "'x,y'"),
    ("zones: {yard: {coordinates: 5}}", "zones.yard.coordinates", "5", "x,y pairs"),
    (
        "review: {alerts: {required_zones: [gate]}}",
        "review.alerts.required_zones[0]",
        "no zone 'gate'",
        "its zones: none",
    ),
    (f"zones: {{back: {{coordinates: '{SQUARE}'}}}}", "zones.back", "a camera has the same name", "for the zone"),
    (f"zones: {{{'x' * 101}: {{coordinates: '{SQUARE}'}}}}", f"zones.{'x' * 101}", "101 characters", "at most 100"),
    (f"zones: {{a/b: {{coordinates: '{SQUARE}'}}}}", "zones.a/b", "not a usable name", "letters"),
    (
        f"zones: {{yard: {{coordinates: '{SQUARE}', filters: {{person: {{min_score: 0.5}}}}}}}}",
        "zones.yard.filters.person.min_score",
        "unknown key",
        "max_area, max_ratio, min_area, min_ratio, threshold",
    ),
    ("mask: 'poly,0,0,1'", "mask", "3 numbers", "x,y pairs"),
    ("mask: ['poly,0,0,9,0,9,9', 'poly,0,0,x,1,2,2']", "mask[1]", "text 'x' in place 3", "pixels, or fractions"),
    ("mask: [['poly']]", "mask[0]", "a list, not text", "text"),
    ("mask: none.png", "mask", "no file 'none.png'", "'base64,…' or the name of a picture"),
    ("mask: ../config.yml", "mask", "outside the configuration's directory", "beside the configuration"),
    ("mask: broken.png", "mask", "not a picture that can be read", "PNG"),
    ("mask: 'base64,###'", "mask", "is not base64", "whole picture file"),
    ("mask: 'base64,aGVsbG8='", "mask", "not a picture that can be read", "PNG"),
    ("motion: {mask: '0,0,5'}", "motion.mask", "3 numbers", "x,y pairs"),
    ("objects: {mask: '0,0,5'}", "objects.mask", "3 numbers", "x,y pairs"),
    ("objects: {filters: {car: {mask: '0,0,5'}}}", "objects.filters.car.mask", "3 numbers", "x,y pairs"),
    ("detect: {enabled: null, max_disappeared: ten}", "detect.max_disappeared", "text 'ten'", "whole number"),
    ("ffmpeg: 5", "ffmpeg", "a number, not a mapping", "keys"),
]
ONE_CAMERAS_INPUTS = [
    ("rtsp://viewer:s3cret@cam", "", "text 'rtsp://***@cam'", "a list"),
    (f"rtsp://viewer:{'s3cret' * 9}@cam", "", "text 'rtsp://***@cam'", "a list"),
    ("[]", "", "an empty list", "at least 1"),
    ("[{roles: [detect]}]", "[0].path", "missing", "required"),
    ("[{path: a}]", "[0].roles", "missing", "required"),
    ("[{path: camera.front, roles: [detect]}]", "[0].path", "a camera entity", "the stream's address"),
    ("[{path: 5, roles: [detect]}]", "[0].path", "a number, not text", "quotes"),
    ("[{path: a, roles: detect}]", "[0].roles", "text 'detect'", "[detect, rtmp]"),
    ("[{path: a, roles: []}]", "[0].roles", "an empty list", "at least 1"),
    ("[{path: a, roles: [detekt]}]", "[0].roles[0]", "text 'detekt'", "detect, clips, record, rtmp"),
    ("[{path: a, roles: [detect, detect]}]", "", "the role detect is given 2 times", "once per camera"),
    (
        "[{path: a, roles: [detect, rtmp]}, {path: b, roles: [rtmp]}]",
        "",
        "the role rtmp is given 2 times",
        "once per camera",
    ),
    ("[{path: a, roles: [clips]}]", "", "no input has the role detect", "one input with detect"),
    ("[{path: 'rtsp://me:{FRIGATE_X}@cam', roles: [detect]}]", "[0].path", "FRIGATE_X is not set", "environment"),
    ("[{path: 'rtsp://me:s3cret}@cam', roles: [detect]}]", "[0].path", "a brace without its partner", "twice"),
    ("[{path: a, roles: [detect], fps: 5}]", "[0].fps", "unknown key", "known here: global_args"),
    ("[detect]", "[0]", "text, not a mapping", "keys"),
]
CASES = [
    *(pytest.param(yaml.safe_load(text), *rest, id=text) for text, *rest in WHOLE_FILE),
    *(pytest.param(camera(text), f"cameras.back.{path}", *rest, id=text) for text, path, *rest in ONE_CAMERA),
    *(
        pytest.param(inputs(text), f"cameras.back.ffmpeg.inputs{path}", *rest, id=text)
        for text, path, *rest in ONE_CAMERAS_INPUTS
    ),
]


MANY_MISTAKES = """
cameras:
  back:
    fps: fast
    ffmpeg:
      inputs:
        - path: rtsp://me:{FRIGATE_NONE}@cam
          roles: [detekt]
        - roles: [record]
          path: [5]
    zones:
      yard: {coordinates: '0,0'}
      front: {coordinates: '0,0,9,0,9,9'}
    mask: poly,1
  front:
    width: 5
    width: 6
mqtt:
  port: 99999
detector: {}
"""
IN_THE_FILES_ORDER = [
    "cameras.back.fps",
    "cameras.back.ffmpeg.inputs[0].path",
    "cameras.back.ffmpeg.inputs[0].roles[0]",
    "cameras.back.ffmpeg.inputs[1].path",
    "cameras.back.zones.yard.coordinates",
    "cameras.back.zones.front",
    "cameras.back.mask",
    "cameras.front.width",
    "cameras.front.ffmpeg",
    "cameras.front.height",
    "mqtt.port",
    "mqtt.host",
    "detector",
]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Return a configuration's directory with a model and a file that is no picture."""
    (tmp_path / "model.tflite").write_bytes(b"")
    (tmp_path / "broken.png").write_bytes(b"no picture")
    return tmp_path


@pytest.mark.parametrize(("data", "path", "problem", "mend"), CASES)
def test_mistake_is_reported_once_at_its_place(
    data: dict[str, Any], path: str, problem: str, mend: str, directory: Path
) -> None:
    errors = errors_of(data, directory)

    assert [found for found, _, _ in errors] == [path]
    assert problem in errors[0][1]
    assert mend in errors[0][2]


def test_what_the_broken_ones_are_made_of_is_right(directory: Path) -> None:
    config_from_mapping(camera("{}"), directory, ENVIRONMENT)


def test_all_mistakes_are_reported_in_the_order_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.yml"
    file.write_text(MANY_MISTAKES)

    with pytest.raises(ConfigErrors) as error:
        load_config_file(file, {})

    assert [found.path for found in error.value.errors] == IN_THE_FILES_ORDER


def test_zone_of_one_camera_named_as_another(tmp_path: Path) -> None:
    data = {"cameras": {"back": CAMERA, "yard": {**CAMERA, "zones": {"back": {"coordinates": SQUARE}}}}}

    assert [path for path, _, _ in errors_of(data, tmp_path)] == ["cameras.yard.zones.back"]


def test_one_text_holds_all_mistakes(tmp_path: Path) -> None:
    with pytest.raises(ConfigErrors) as error:
        config_from_mapping({"mqtt": {"port": 1, "pots": "h"}}, tmp_path, {})

    assert str(error.value) == (
        "mqtt.pots: unknown key; did you mean 'port'?\nmqtt.host: missing; this key is required"
    )


def test_required_key_that_is_misspelt_is_one_mistake(tmp_path: Path) -> None:
    found = errors_of({"mqtt": {"port": 1, "hots": "h"}}, tmp_path)

    assert found == [("mqtt.hots", "unknown key", "did you mean 'host'?")]
