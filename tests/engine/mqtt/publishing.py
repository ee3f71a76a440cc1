"""What tests of the publisher share."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from custom_components.frigate_native.engine.config.model import MqttConfig, TlsConfig, ZoneConfig
from custom_components.frigate_native.engine.config.polygons import Polygon
from custom_components.frigate_native.engine.messages import CountMessage, DetectorStats, Stats
from custom_components.frigate_native.engine.mqtt import MqttPublisher
from custom_components.frigate_native.engine.mqtt.paho_connection import PahoConnection
from tests.engine.builders import camera_config
from tests.servers import PATIENCE_S, wait_until

YARD = ZoneConfig(name="yard", coordinates=Polygon(((0, 0), (100, 0), (100, 100))))
CAMERAS = {"back": camera_config("back", ("person", "car"), zones={"yard": YARD})}
STATS = Stats(detectors={"cpu": DetectorStats(detection_start=0.0, inference_speed=9.5, pid=7)})

PUBLISHER = "custom_components.frigate_native.engine.mqtt.publisher"
CONNECTION_LOG = "custom_components.frigate_native.engine.mqtt.connection_log"

type Publish = Callable[[], MqttPublisher]


def new_publisher(port: int, tls: TlsConfig | None = None, **changes: Any) -> MqttPublisher:
    """Return a publisher for the broker on this port, not started."""
    config = replace(MqttConfig(host="127.0.0.1", port=port), **changes)
    if tls is not None:
        config = replace(
            config,
            tls_ca_certs=str(tls.ca_certs or "auto"),
            tls_client_cert=tls.client_cert,
            tls_client_key=tls.client_key,
            tls_insecure=tls.is_insecure,
        )
    return MqttPublisher(config, CAMERAS, lambda: STATS)


class Tries:
    """The connections that are tried, soon after each other; none while they are held."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self._may_go = threading.Event()
        self._may_go.set()

        def note_and_open(connection: PahoConnection, stop: threading.Event) -> bool:
            assert self._may_go.wait(PATIENCE_S)
            self.count += 1
            return open_connection(connection, stop)

        open_connection = PahoConnection.open
        monkeypatch.setattr(PahoConnection, "open", note_and_open)
        monkeypatch.setattr(PUBLISHER + "._FIRST_PAUSE_S", 0.05)
        monkeypatch.setattr(PUBLISHER + "._MAX_PAUSE_S", 0.2)

    def hold(self) -> None:
        self._may_go.clear()

    def release(self) -> None:
        self._may_go.set()

    def wait_for(self, count: int) -> None:
        wait_until(lambda: self.count >= count)


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


def count(number: int, place: str = "back", *, is_zone: bool = False) -> CountMessage:
    return CountMessage(place=place, is_zone=is_zone, label="person", count=number)
