"""The schema of a whole configuration: every key of Frigate 0.8, its type and its limits."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import voluptuous as vol

from .camera_schema import camera_section, clips_once
from .model import ColorOrder, DetectorType, InputType, TensorLayout
from .problems import Problem, collecting, echo, kind, raise_all
from .raw import ANY_CA, RawConfig, RawDatabase, RawDetector, RawLogger, RawModel, RawMqtt
from .section_schema import (
    CLIPS,
    COMMON_SNAPSHOTS,
    DETECT,
    FFMPEG,
    RECORD,
    motion_section,
    objects_section,
    read_masks,
)
from .sections import Named, Section
from .validators import LogLevel, choice, flag, label, safe_name, text, variable_name, variable_value, whole

RESERVED_CAMERA_NAMES: Final = frozenset(
    {
        *("stats", "events", "config", "version", "detectors", "detection_fps", "service"),
        *("clips", "recordings", "notifications", "api"),
    }
)
_TOPIC_WILDCARDS: Final = re.compile(r"[#+\x00]")
_ENDPOINT: Final = re.compile(r"(tcp://[^\s/@]+:[0-9]{1,5}|ipc://\S+)")


def config_schema(directory: Path) -> vol.Schema:
    """Return the schema; it gives a RawConfig or raises vol.MultipleInvalid with every Problem.

    directory is the one that relative file names are looked for in.
    """
    mask = partial(read_masks, directory=directory)
    motion, objects = motion_section(mask), objects_section(mask)
    cameras = Named(camera_section(mask, motion, objects), name=camera_name, checks=[_zones_named_as_cameras])
    return vol.Schema(
        Section[RawConfig](
            {
                "mqtt": _mqtt_section(directory),
                "database": _DATABASE,
                "detectors": Named(_DETECTOR, name=safe_name),
                "model": _model_section(directory),
                "logger": _LOGGER,
                "save_clips": CLIPS,
                "clips": CLIPS,
                "record": RECORD,
                "ffmpeg": FFMPEG,
                "objects": objects,
                "motion": motion,
                "detect": DETECT,
                "snapshots": COMMON_SNAPSHOTS,
                "environment_vars": Named(variable_value, name=variable_name),
                "cameras": cameras,
            },
            checks={("save_clips", "clips"): clips_once},
        )
    )


def camera_name(value: object) -> str:
    """Return a name that a camera may have."""
    name = safe_name(value)
    if name in RESERVED_CAMERA_NAMES:
        raise Problem("this name is taken by an address or topic of the system", "another name for the camera")
    return name


def _zones_named_as_cameras(cameras: Mapping[Any, object]) -> Iterator[Problem]:
    for name, camera in cameras.items():
        zones = camera.get("zones") if isinstance(camera, Mapping) else None
        for zone in zones if isinstance(zones, Mapping) else ():
            if zone in cameras:
                yield Problem("a camera has the same name", "another name for the zone", str(name), "zones", str(zone))


def _host(value: object) -> str:
    host = text(value)
    if "/" in host or "@" in host or host != host.strip() or " " in host:
        raise Problem("more than a host", "a name or an IP address alone; the port has a key of its own")
    return host


def _topic_prefix(value: object) -> str:
    prefix = text(value)
    if _TOPIC_WILDCARDS.search(prefix) or prefix != prefix.strip("/ "):
        raise Problem(echo(prefix), "a topic without wildcards (# and +) and without / at its ends")
    return prefix


def _mqtt_section(directory: Path) -> Section[RawMqtt]:
    file = partial(_existing_file, directory=directory)
    return Section[RawMqtt](
        {
            "host": _host,
            "port": whole(1, 65535),
            "topic_prefix": _topic_prefix,
            "client_id": text,
            "user": text,
            "password": text,
            "stats_interval": whole(1),
            "tls_ca_certs": lambda value: ANY_CA if value == ANY_CA else file(value),
            "tls_client_cert": file,
            "tls_client_key": file,
            "tls_insecure": flag,
        },
        required=["host"],
        checks={("tls_ca_certs", "tls_client_cert", "tls_client_key", "tls_insecure"): _whole_tls},
    )


def _whole_tls(mqtt: RawMqtt) -> Iterator[Problem]:
    if "tls_ca_certs" not in mqtt:
        for key in ("tls_client_cert", "tls_client_key", "tls_insecure"):
            if mqtt.get(key):
                mend = (
                    f"give tls_ca_certs as well: the file of the broker's CA, or {ANY_CA} for whom this machine trusts"
                )
                yield Problem("not used, because without tls_ca_certs there is no TLS", mend, key)
    for given, other in (("tls_client_cert", "tls_client_key"), ("tls_client_key", "tls_client_cert")):
        if given in mqtt and other not in mqtt:
            yield Problem("missing", f"{given} needs it beside it", other)


def _database_url(value: object) -> str:
    url = text(value)
    if not re.match(r"[a-z][a-z0-9+_]*://", url):
        raise Problem("not the URL of a database", "dialect://user:password@host/name")
    return url


def _one_database(database: RawDatabase) -> Iterator[Problem]:
    if "path" in database and "url" in database:
        yield Problem("path is given as well", "either path (SQLite) or url", "url")


_DATABASE: Final = Section[RawDatabase]({"path": text, "url": _database_url}, checks={("path", "url"): _one_database})


def _device(value: object) -> str:
    return "" if value == "" else text(value)  # empty: any that is there


def _endpoint(value: object) -> str:
    endpoint = text(value)
    if not _ENDPOINT.fullmatch(endpoint):
        raise Problem("not an endpoint", "tcp://host:port or ipc://path")
    return endpoint


def _endpoint_with_zmq(detector: RawDetector) -> Iterator[Problem]:
    if detector.get("type") is not DetectorType.ZMQ:
        for key in sorted(_ZMQ_KEYS & detector.keys()):
            yield Problem("only detectors of type zmq have one", "set type: zmq or leave it out", key)
    elif "endpoint" not in detector:
        yield Problem("missing", "a detector of type zmq needs an endpoint: tcp://host:port", "endpoint")


_ZMQ_KEYS: Final = frozenset({"endpoint", "request_timeout_ms", "linger_ms"})
_DETECTOR: Final = Section[RawDetector](
    {
        "type": choice(DetectorType),
        "device": _device,
        "num_threads": whole(1),
        "endpoint": _endpoint,
        "request_timeout_ms": whole(1, 10_000),
        "linger_ms": whole(),
    },
    checks={("type", *sorted(_ZMQ_KEYS)): _endpoint_with_zmq},
)
_LOGGER: Final = Section[RawLogger]({"default": choice(LogLevel), "logs": Named(choice(LogLevel), name=label)})


def _model_section(directory: Path) -> Section[RawModel]:
    file = partial(_existing_file, directory=directory)
    return Section[RawModel](
        {
            "width": whole(1),
            "height": whole(1),
            "path": file,
            "labelmap_path": file,
            "labelmap": _labelmap,
            "input_tensor": choice(TensorLayout),
            "input_pixel_format": choice(ColorOrder),
            "input_dtype": choice(InputType),
        },
        checks={("width", "height"): _model_size},
    )


def _model_size(model: RawModel) -> Iterator[Problem]:
    for given, other in (("width", "height"), ("height", "width")):
        if given in model and other not in model:
            yield Problem("missing", f"a model with a {given} needs a {other}", other)
    if "path" in model and "width" not in model and "height" not in model:
        yield Problem("width and height are missing", "the size of the model's input beside its path", "path")


def _existing_file(value: object, directory: Path) -> str:
    name = text(value)
    if not (directory / name).is_file():
        raise Problem(f"there is no file '{name[:60]}'", "an absolute path, or one beside the configuration")
    return name


def _labelmap(value: object) -> dict[int, str]:
    if not isinstance(value, Mapping):
        raise Problem(f"{kind(value)}, not a mapping", "index: label")
    problems: list[vol.Invalid] = []
    labels: dict[int, str] = {}
    for index, name in value.items():
        with collecting(problems, str(index)):
            labels[_label_index(index)] = label(name)
    raise_all(problems)
    return labels


def _label_index(value: object) -> int:
    if isinstance(value, str) and value.isdecimal():  # JSON has no other keys
        return int(value)
    return whole()(value)
