"""Options of the add-on: from the Supervisor, or from a container's environment."""

import json
import logging
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

_SUPERVISOR_URL: Final = "http://supervisor/core"
_SUPERVISOR_NETWORK: Final = IPv4Network("172.30.32.0/23")  # Home Assistant and the other add-ons
_SUPERVISOR_FOLDER: Final = Path("/media")  # the only folder that outlives the container
_LOCAL: Final = IPv4Network("127.0.0.1/32")
_DETECTORS: Final = ("auto", "off", "cpu", "edgetpu", "openvino")
_LOG_LEVELS: Final = ("debug", "info", "warning", "error")

type _Settings = dict[str, Any]


class OptionsError(Exception):
    """An option is invalid; the message names it and what is expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """All options of the container.

    home_assistant is the address before `/api/`. Only play_networks may play restreams, or everyone if empty.
    rtmp_host is the name under which Home Assistant reaches this container, None if unknown. detector is what runs the
    model: `auto` is the fastest, `off` none.
    """

    home_assistant: str
    token: str = field(repr=False)
    is_supervised: bool = False
    entry_id: str | None = None
    recordings: Path
    data: Path
    run: Path
    play_networks: tuple[IPv4Network, ...] = ()
    rtmp_host: str | None = None
    rtmp_port: int = 1935
    detector: str = "auto"
    detector_port: int = 5555
    log_level: int = logging.INFO
    interval_s: float = 10.0


def read_options(environment: Mapping[str, str]) -> Options:
    """Read the Supervisor's options if there are any, and the environment; OptionsError if one is invalid."""
    data = Path(environment.get("DATA_FOLDER", "/data"))
    token = environment.get("SUPERVISOR_TOKEN", "")
    settings = _settings(environment, data / "options.json")
    networks = _networks(settings["play_networks"])
    if token and networks:
        networks = (*networks, _SUPERVISOR_NETWORK)
    return Options(
        home_assistant=_SUPERVISOR_URL if token else _url(environment.get("HOME_ASSISTANT_URL", "")),
        token=token or _token(environment),
        is_supervised=bool(token),
        entry_id=settings["entry_id"] or None,
        recordings=_recordings(str(settings["recordings"]), is_supervised=bool(token)),
        data=data,
        run=Path(environment.get("RUN_FOLDER", "/run/frigate_native")),
        play_networks=(*networks, _LOCAL) if networks else (),
        rtmp_host=environment.get("RTMP_HOST") or (socket.gethostname() if token else None),
        rtmp_port=_port("RTMP_PORT", environment.get("RTMP_PORT", "1935")),
        detector=_detector(str(settings["detector"])),
        detector_port=_port("DETECTOR_PORT", environment.get("DETECTOR_PORT", "5555")),
        log_level=_log_level(str(settings["log_level"])),
        interval_s=_interval(environment.get("INTERVAL", "10")),
    )


def _settings(environment: Mapping[str, str], file: Path) -> _Settings:
    settings: _Settings = {
        "play_networks": environment.get("PLAY_NETWORKS", "").replace(",", " ").split(),
        "recordings": environment.get("RECORDINGS_FOLDER", "/media/frigate/recordings"),
        "log_level": environment.get("LOG_LEVEL", "info"),
        "entry_id": environment.get("ENTRY_ID", ""),
        "detector": environment.get("DETECTOR", "auto"),
    }
    given = _options_file(file)
    return settings | {key: given[key] for key in settings if given.get(key) is not None}


def _options_file(file: Path) -> _Settings:
    try:
        given = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as err:
        raise OptionsError(f"{file} cannot be read: {err}") from err
    if not isinstance(given, dict):
        raise OptionsError(f"{file}: expected an object")
    return given


def _url(text: str) -> str:
    url = urlsplit(text)
    if url.scheme not in {"http", "https"} or not url.hostname:
        raise OptionsError(
            "HOME_ASSISTANT_URL: expected the address of Home Assistant, such as http://192.168.1.10:8123"
            f"{f', not {text!r}' if text and url.username is None else ''}"
        )
    if url.username is not None:
        raise OptionsError("HOME_ASSISTANT_URL: remove the user and password; use HOME_ASSISTANT_TOKEN instead")
    return text.rstrip("/").removesuffix("/api")


def _token(environment: Mapping[str, str]) -> str:
    token = environment.get("HOME_ASSISTANT_TOKEN", "").strip()
    file = environment.get("HOME_ASSISTANT_TOKEN_FILE", "")
    if not token and file:
        try:
            token = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as err:
            raise OptionsError(f"HOME_ASSISTANT_TOKEN_FILE: {file} cannot be read: {err}") from err
    if not token or not token.isascii() or not token.isprintable():
        raise OptionsError(
            "HOME_ASSISTANT_TOKEN: expected a long-lived access token of an administrator "
            "(Home Assistant > your profile > Security)"
        )
    return token


def _recordings(text: str, *, is_supervised: bool) -> Path:
    folder = Path(text)
    if not folder.is_absolute():
        raise OptionsError(f"recordings: {text!r} is not an absolute path such as /media/frigate/recordings")
    if is_supervised and (".." in folder.parts or not folder.is_relative_to(_SUPERVISOR_FOLDER)):
        raise OptionsError(f"recordings: {text} is not below /media, so Home Assistant cannot show the recordings")
    return folder


def _networks(words: object) -> tuple[IPv4Network, ...]:
    if not isinstance(words, list):
        raise OptionsError("play_networks: expected a list of networks")
    try:
        return tuple(IPv4Network(str(word), strict=False) for word in words)
    except ValueError as err:
        raise OptionsError(f"play_networks: {err}; expected IPv4 networks such as 192.168.1.0/24") from err


def _log_level(word: str) -> int:
    if word.lower() not in _LOG_LEVELS:
        raise OptionsError(f"log_level: {word!r} is not one of {', '.join(_LOG_LEVELS)}")
    return logging.getLevelNamesMapping()[word.upper()]


def _detector(word: str) -> str:
    if word not in _DETECTORS:
        raise OptionsError(f"detector: {word!r} is not one of {', '.join(_DETECTORS)}")
    return word


def _port(name: str, text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise OptionsError(f"{name}: {text!r} is not a port from 1 to 65535")
    return int(text)


def _interval(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= 300.0:
        raise OptionsError(f"INTERVAL: {text!r} is not a number of seconds from 0.1 to 300")
    return seconds
