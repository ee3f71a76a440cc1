"""What compares keys of one section with each other. Each check gets the section as it is written."""

from collections.abc import Iterator, Mapping
from functools import reduce
from itertools import chain
from typing import Final

from .keys import Written
from .problems import Problem

ANY_CA: Final = "auto"
"""In place of `mqtt.tls_ca_certs`: the authorities that this machine trusts."""
ZMQ: Final = "zmq"
ZMQ_KEYS: Final = ("endpoint", "linger_ms", "request_timeout_ms")
DETECT: Final = "detect"
_WITH_ZONES: Final = (("save_clips",), ("snapshots",), ("mqtt",), ("review", "alerts"), ("review", "detections"))
MAX_SIDE: Final = 16_384  # pixels; H.264 and HEVC have no wider pictures
MAX_FPS: Final = 240
MAX_AREA: Final = 24_000_000  # square pixels; more than any frame has
MAX_RATIO: Final = 24_000_000.0  # no limit


def least_below_most(area_filter: Written) -> Iterator[Problem]:
    """Complain when no area can pass."""
    least, most = area_filter.get("min_area", 0), area_filter.get("max_area", MAX_AREA)
    if least > most and (least < 1) == (most < 1):  # fractions and pixels are compared when the frame is known
        yield Problem(f"{least} is more than max_area, {most}", "min_area below max_area", "min_area")


def least_ratio_below_most(ratio_filter: Written) -> Iterator[Problem]:
    """Complain when no ratio can pass."""
    least, most = ratio_filter.get("min_ratio", 0), ratio_filter.get("max_ratio", MAX_RATIO)
    if least > most:
        yield Problem(f"{least} is more than max_ratio, {most}", "min_ratio below max_ratio", "min_ratio")


def whole_size(camera: Written) -> Iterator[Problem]:
    """Complain about a width without a height."""
    if ("width" in camera) != ("height" in camera):
        missing = "height" if "width" in camera else "width"
        yield Problem("missing", "give both width and height, or neither (taken from the stream)", missing)


def known_zones(camera: Written) -> Iterator[Problem]:
    """Complain about required zones that the camera does not have."""
    zones = camera.get("zones", {})
    mend = f"its zones: {', '.join(zones) or 'none'}"
    for place in _WITH_ZONES:
        section = reduce(lambda tree, step: tree.get(step, {}), place, camera)
        for index, name in enumerate(section.get("required_zones", ())):
            if name not in zones:
                yield Problem(f"no zone '{name}' in this camera", mend, *place, "required_zones", index)


def each_role_once(ffmpeg: Written) -> Iterator[Problem]:
    """Complain about a role given twice, and when there is no input for detection."""
    roles = list(chain.from_iterable(entry["roles"] for entry in ffmpeg["inputs"]))
    for role in dict.fromkeys(roles):
        if roles.count(role) > 1:
            yield Problem(f"the role {role} is given {roles.count(role)} times", "each role once per camera", "inputs")
    if DETECT not in roles:
        yield Problem("no input has the role detect", "one input with detect among its roles", "inputs")


def zones_not_named_as_cameras(cameras: Written) -> Iterator[Problem]:
    """Complain about zones with the name of a camera: topics and entities have both."""
    for name, camera in cameras.items():
        zones = camera.get("zones") if isinstance(camera, Mapping) else None
        for zone in zones if isinstance(zones, Mapping) else ():
            if zone in cameras:
                yield Problem("a camera has the same name", "another name for the zone", str(name), "zones", str(zone))


def whole_tls(mqtt: Written) -> Iterator[Problem]:
    """Complain about keys of TLS that cannot work without another."""
    if "tls_ca_certs" not in mqtt:
        for key in ("tls_client_cert", "tls_client_key", "tls_insecure"):
            if mqtt.get(key):
                mend = (
                    "add tls_ca_certs: the file of the broker's CA, "
                    f"or {ANY_CA} for the authorities that this machine trusts"
                )
                yield Problem("not used, because without tls_ca_certs there is no TLS", mend, key)
    for given, other in (("tls_client_cert", "tls_client_key"), ("tls_client_key", "tls_client_cert")):
        if given in mqtt and other not in mqtt:
            yield Problem("missing", f"{given} needs it beside it", other)


def one_database(database: Written) -> Iterator[Problem]:
    """Complain about two places for events."""
    if "path" in database and "url" in database:
        yield Problem("path is given as well", "either path (SQLite) or url", "url")


def endpoint_with_zmq(detector: Written) -> Iterator[Problem]:
    """Complain about keys of remote detectors elsewhere, and about a remote detector without its address."""
    if detector.get("type") != ZMQ:
        for key in ZMQ_KEYS:
            if key in detector:
                yield Problem("only detectors of type zmq have one", "set type: zmq or leave it out", key)
    elif "endpoint" not in detector:
        yield Problem("missing", "a detector of type zmq needs an endpoint: tcp://host:port", "endpoint")


def model_size(model: Written) -> Iterator[Problem]:
    """Complain about half a size, and about a model without one."""
    for given, other in (("width", "height"), ("height", "width")):
        if given in model and other not in model:
            yield Problem("missing", f"a model with a {given} needs a {other}", other)
    if "path" in model and "width" not in model and "height" not in model:
        yield Problem("width and height are missing", "the size of the model's input beside its path", "path")
