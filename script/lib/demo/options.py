"""The command line of script/demo."""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

SAMPLE: Final = Path(__file__).parents[3] / "tests" / "footage" / "vtest.mp4"
_MQTT_PORT: Final = 1883


@dataclass(frozen=True, kw_only=True)
class Options:
    """The options; videos are file paths or URLs, mqtt is a host and a port."""

    videos: tuple[str, ...]
    duration_s: float | None
    port: int
    mqtt: tuple[str, int] | None
    config: Path | None


def parse_options(arguments: list[str] | None = None) -> Options:
    """Return the options; an invalid one ends the process with a message and code 2."""
    given = _parser().parse_args(arguments)
    default = () if given.config else (str(SAMPLE),)
    return Options(
        videos=tuple(given.video or default),
        duration_s=given.duration,
        port=given.port,
        mqtt=given.mqtt,
        config=given.config,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="script/demo",
        description="Run Home Assistant with the integration on footage, and print a JSON line for each event.",
    )
    parser.add_argument(
        "--video",
        nargs="+",
        action="extend",
        type=_video,
        metavar="PATH_OR_URL",
        help="one camera each; files repeat in real time (default: the sample in tests/footage)",
    )
    parser.add_argument("--duration", type=_seconds, metavar="SECONDS", help="stop after this time (default: Ctrl-C)")
    parser.add_argument("--port", type=_port, default=8123, help="Home Assistant's port (default: 8123; 0: any)")
    parser.add_argument("--mqtt", type=_broker, metavar="HOST:PORT", help="MQTT broker to publish to")
    parser.add_argument("--config", type=_file, metavar="FILE", help="configuration file to extend")
    return parser


def _video(text: str) -> str:
    return text if "://" in text else str(_file(text))


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"file not found: {text}")
    return path.resolve()


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"{text} is not a number of seconds")
    return seconds


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port, 0 to 65535")
    return int(text)


def _broker(text: str) -> tuple[str, int]:
    try:
        parts = urlsplit(f"//{text}")
        if parts.hostname and not parts.path:
            return parts.hostname, parts.port or _MQTT_PORT
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text} is not HOST:PORT")
