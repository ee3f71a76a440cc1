"""A broker, and publishers that are stopped in the end."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.mqtt import MqttPublisher
from tests.broker import Broker
from tests.engine.mqtt.publishing import Publish, Tries, new_publisher
from tests.servers import PATIENCE_S


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    running = Broker(tmp_path)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def publish(broker: Broker) -> Iterator[Publish]:
    """Return what starts a publisher; each is stopped in the end, and nothing of it is left."""
    threads = set(threading.enumerate())
    started: list[MqttPublisher] = []

    def start() -> MqttPublisher:
        publisher = new_publisher(broker.port)
        started.append(publisher)
        publisher.start()
        return publisher

    yield start
    for publisher in started:
        publisher.stop(PATIENCE_S)
        publisher.stop()
    assert not [each for each in set(threading.enumerate()) - threads if each.name.startswith("fn:")]


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> Tries:
    return Tries(monkeypatch)
