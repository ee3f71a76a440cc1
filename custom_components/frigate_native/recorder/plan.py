"""Recording plans and health reports: the JSON that the integration and the add-on exchange.

Both sides may have different releases: unknown keys are ignored, and `FORMAT` is raised when older readers would fail.
"""

import json
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any, Final

from ..engine.redact import redact_line

FORMAT: Final = 1

_MOST_DAYS: Final = 36_500
_LATEST: Final = 253_402_300_799  # the last second of the year 9999

type Arguments = tuple[str, ...]
"""ffmpeg arguments."""


class PlanError(Exception):
    """A plan or health report is invalid; the message names the key."""

    def __init__(self, text: str) -> None:
        """Initialize with a text that may repeat parts of the plan."""
        super().__init__(redact_line(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class InputPlan:
    """One stream of a camera, opened once for recording and restreaming.

    record and rtmp are output arguments, None if disabled; the recorder adds the targets. is_utc: recordings are named
    as Frigate does since 0.12.
    """

    camera: str
    path: str = field(repr=False)  # often holds a user and password
    global_args: Arguments = ()
    hwaccel_args: Arguments = ()
    input_args: Arguments = ()
    record: Arguments | None = None
    rtmp: Arguments | None = None
    is_utc: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a recorder records, restreams and deletes.

    time_zone is an IANA name; folders and files are named in its local time. retain_days is by camera, including
    cameras that are not recorded any more; recordings of other cameras are kept.
    """

    time_zone: str
    inputs: tuple[InputPlan, ...] = ()
    retain_days: dict[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the JSON object."""
        return {
            "format": FORMAT,
            "time_zone": self.time_zone,
            "inputs": [
                {item.name: _plain(getattr(source, item.name)) for item in fields(source)} for source in self.inputs
            ],
            "retain_days": self.retain_days,
        }

    @classmethod
    def from_text(cls, text: str | bytes) -> Plan:
        """Read JSON; PlanError if it is invalid."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as err:
            raise PlanError("the plan: expected JSON") from err
        return cls.from_json(data)

    @classmethod
    def from_json(cls, data: object) -> Plan:
        """Read a JSON object; PlanError if it is invalid."""
        given = _object(data, "the plan")
        if given.get("format") != FORMAT:
            raise PlanError(f"the plan's format is {given.get('format')!r}, not {FORMAT}: update the add-on")
        retain_days = _object(given.get("retain_days", {}), "retain_days")
        return cls(
            time_zone=_text(given, "time_zone", "the plan"),
            inputs=tuple(_input(item, f"inputs[{i}]") for i, item in enumerate(_list(given, "inputs", "the plan"))),
            retain_days={camera: _days(retain_days, camera) for camera in retain_days},
        )


class InputState(StrEnum):
    """The state of an input."""

    CONNECTING = "connecting"
    RUNNING = "running"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A gap in a camera's recordings (epoch seconds); end is None while it is open."""

    start: float
    end: float | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraHealth:
    """The health of one camera; is_recording and is_restreaming are None if disabled.

    text is for people, without secrets. newest_segment is the end of the newest recording (epoch). gaps has the
    latest gaps, newest last.
    """

    state: InputState
    text: str = ""
    is_recording: bool | None = None
    is_restreaming: bool | None = None
    newest_segment: float | None = None
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectorOffer:
    """A detector that Home Assistant can use: its port, what runs the model, and the keys of its connection (Z85)."""

    port: int
    description: str
    server_key: str
    client_key: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The health of a recorder; disk sizes are bytes of the recordings' disk.

    Restreams play at rtmp_port, None without an RTMP server. rtmp_host is the name under which Home Assistant reaches
    it, None if not set. problems are sentences for people about the recorder as a whole, such as a full disk.
    """

    version: str
    cameras: dict[str, CameraHealth] = field(default_factory=dict)
    rtmp_host: str | None = None
    rtmp_port: int | None = None
    disk_total: int = 0
    disk_free: int = 0
    problems: tuple[str, ...] = ()
    detector: DetectorOffer | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the JSON object."""
        return {
            "format": FORMAT,
            "version": self.version,
            "cameras": {
                name: {
                    **{item.name: _plain(getattr(camera, item.name)) for item in fields(camera)},
                    "gaps": [{"start": gap.start, "end": gap.end, "reason": gap.reason} for gap in camera.gaps],
                }
                for name, camera in self.cameras.items()
            },
            "rtmp_host": self.rtmp_host,
            "rtmp_port": self.rtmp_port,
            "disk_total": self.disk_total,
            "disk_free": self.disk_free,
            "problems": list(self.problems),
            "detector": self.detector and asdict(self.detector),
        }

    @classmethod
    def from_json(cls, data: object) -> Health:
        """Read a JSON object; PlanError if it is invalid."""
        given = _object(data, "the health report")
        if given.get("format") != FORMAT:
            raise PlanError(f"the health report's format is {given.get('format')!r}, not {FORMAT}")
        cameras = _object(given.get("cameras", {}), "cameras")
        port = given.get("rtmp_port")
        return cls(
            version=_text(given, "version", "the health report"),
            cameras={name: _camera_health(item, f"cameras.{name}") for name, item in cameras.items()},
            rtmp_host=None if given.get("rtmp_host") is None else _text(given, "rtmp_host", "the health report"),
            rtmp_port=None if port is None else _number(given, "rtmp_port", "the health report"),
            disk_total=_number(given, "disk_total", "the health report"),
            disk_free=_number(given, "disk_free", "the health report"),
            problems=_words(given.get("problems", []), "problems"),
            detector=None if given.get("detector") is None else _detector(given["detector"]),
        )


def _detector(data: object) -> DetectorOffer:
    given = _object(data, "detector")
    return DetectorOffer(
        port=_number(given, "port", "detector"),
        **{key: _text(given, key, "detector") for key in ("description", "server_key", "client_key", "client_secret")},
    )


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _input(data: object, place: str) -> InputPlan:
    given = _object(data, place)
    record, rtmp = given.get("record"), given.get("rtmp")
    return InputPlan(
        camera=_text(given, "camera", place),
        path=_text(given, "path", place),
        global_args=_words(given.get("global_args", []), f"{place}.global_args"),
        hwaccel_args=_words(given.get("hwaccel_args", []), f"{place}.hwaccel_args"),
        input_args=_words(given.get("input_args", []), f"{place}.input_args"),
        record=None if record is None else _words(record, f"{place}.record"),
        rtmp=None if rtmp is None else _words(rtmp, f"{place}.rtmp"),
        is_utc=_switch(given, "is_utc", place) or False,
    )


def _camera_health(data: object, place: str) -> CameraHealth:
    given = _object(data, place)
    state = _text(given, "state", place)
    if state not in set(InputState):
        raise PlanError(f"{place}.state: {state!r} is not one of {', '.join(InputState)}")
    return CameraHealth(
        state=InputState(state),
        text=_text(given, "text", place),
        is_recording=_switch(given, "is_recording", place),
        is_restreaming=_switch(given, "is_restreaming", place),
        newest_segment=_time(given, "newest_segment", place),
        gaps=tuple(_gap(item, f"{place}.gaps[{i}]") for i, item in enumerate(_list(given, "gaps", place))),
    )


def _gap(data: object, place: str) -> Gap:
    given = _object(data, place)
    start = _time(given, "start", place)
    if start is None:
        raise PlanError(f"{place}.start: expected a number")
    return Gap(start=start, end=_time(given, "end", place), reason=_text(given, "reason", place))


def _object(data: object, place: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise PlanError(f"{place}: expected an object")
    return data


def _list(given: dict[str, Any], key: str, place: str) -> list[Any]:
    value = given.get(key, [])
    if not isinstance(value, list):
        raise PlanError(f"{place}.{key}: expected a list")
    return value


def _words(value: object, place: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise PlanError(f"{place}: expected a list of strings")
    return tuple(value)


def _text(given: dict[str, Any], key: str, place: str) -> str:
    value = given.get(key, "" if key in {"text", "reason"} else None)
    if not isinstance(value, str):
        raise PlanError(f"{place}.{key}: expected a string")
    return value


def _number(given: dict[str, Any], key: str, place: str) -> int:
    value = given.get(key, 0)
    if not isinstance(value, int) or isinstance(value, bool):
        raise PlanError(f"{place}.{key}: expected a whole number")
    return value


def _days(given: dict[str, Any], camera: str) -> int:
    value = _number(given, camera, "retain_days")
    if value < 0:  # would delete everything, new recordings included
        raise PlanError(f"retain_days.{camera}: expected 0 or more")
    return min(value, _MOST_DAYS)


def _time(given: dict[str, Any], key: str, place: str) -> float | None:
    value = given.get(key)
    if value is None:
        return None
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise PlanError(f"{place}.{key}: expected a number")
    if not 0 <= value <= _LATEST:
        raise PlanError(f"{place}.{key}: expected seconds since 1970")
    return float(value)


def _switch(given: dict[str, Any], key: str, place: str) -> bool | None:
    value = given.get(key)
    if value is not None and not isinstance(value, bool):
        raise PlanError(f"{place}.{key}: expected true, false or null")
    return value
