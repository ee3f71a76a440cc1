"""The publisher against a real broker."""

import io
import json
import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from custom_components.frigate_native.engine.config.model import MqttConfig, ZoneConfig
from custom_components.frigate_native.engine.messages import CountMessage, DetectorStats, EventType, Stats
from custom_components.frigate_native.engine.mqtt import MqttPublisher
from tests.broker import Broker, Observer
from tests.engine.builders import camera_config, event_message, snapshot_message

YARD = ZoneConfig(name="yard", coordinates=((0, 0), (100, 0), (100, 100)))
CAMERAS = {"back": camera_config("back", ("person", "car"), zones={"yard": YARD})}
STATS = Stats(detectors={"cpu": DetectorStats(detection_start=0.0, inference_speed=9.5, pid=7)})

type Publish = Callable[[], MqttPublisher]


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
        publisher = MqttPublisher(MqttConfig(host="127.0.0.1", port=broker.port), CAMERAS, lambda: STATS)
        started.append(publisher)
        publisher.start()
        return publisher

    yield start
    for publisher in started:
        publisher.stop()
        publisher.stop()
    assert set(threading.enumerate()) <= threads


def count(number: int, place: str = "back", *, is_zone: bool = False) -> CountMessage:
    return CountMessage(place=place, is_zone=is_zone, label="person", count=number)


def test_online_while_it_runs_offline_afterwards(broker: Broker, publish: Publish) -> None:
    with Observer(broker) as observer:
        publisher = publish()
        observer.wait_for_topic("frigate/available", b"online")
        with Observer(broker) as late:
            assert late.wait_for_topic("frigate/available").retained
        publisher.stop()
        observer.wait_for_topic("frigate/available", b"offline")
        assert observer.payloads("frigate/available") == [b"online", b"offline"]


def test_every_count_starts_at_zero(broker: Broker, publish: Publish) -> None:
    with Observer(broker) as observer:
        publish()
        for topic in ("back/person", "back/car", "yard/person", "yard/car"):
            observer.wait_for_topic(f"frigate/{topic}", b"0")


def test_counts_are_told_on_change_and_not_retained(broker: Broker, publish: Publish) -> None:
    with Observer(broker) as observer:
        publisher = publish()
        observer.wait_for_topic("frigate/yard/person", b"0")
        publisher.receive(count(2))
        publisher.receive(count(1, "yard", is_zone=True))
        observer.wait_for_topic("frigate/back/person", b"2")
        observer.wait_for_topic("frigate/yard/person", b"1")
    with Observer(broker) as late:
        assert late.wait_for_topic("frigate/available").payload == b"online"
        assert late.payloads("frigate/back/person") == []


def test_events_are_the_documented_json_in_order(broker: Broker, publish: Publish) -> None:
    events = [event_message(kind, seconds=number) for number, kind in enumerate(EventType)]
    with Observer(broker) as observer:
        publisher = publish()
        for event in events:
            publisher.receive(event)
        observer.wait_for(lambda message: b'"type": "end"' in message.payload)
        assert [json.loads(payload) for payload in observer.payloads("frigate/events")] == [
            event.to_payload() for event in events
        ]
        assert not any(message.retained for message in observer.messages if message.topic == "frigate/events")


def test_snapshot_is_a_retained_jpeg_of_the_configured_height(broker: Broker, publish: Publish) -> None:
    with Observer(broker) as observer:
        publish().receive(snapshot_message("back", "person"))
        observer.wait_for_topic("frigate/back/person/snapshot")
    with Observer(broker) as late:
        message = late.wait_for_topic("frigate/back/person/snapshot")
    assert message.retained
    with Image.open(io.BytesIO(message.payload)) as image:
        assert (image.format, image.height) == ("JPEG", 175)


def test_stats_have_the_documented_shape(broker: Broker, publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("custom_components.frigate_native.engine.mqtt.publisher._FIRST_STATS_S", 0.2)
    with Observer(broker) as observer:
        publish()
        stats = json.loads(observer.wait_for_topic("frigate/stats").payload)
    assert stats == {
        "detection_fps": 0,
        "detectors": {"cpu": {"detection_start": 0.0, "inference_speed": 9.5, "pid": 7}},
    }


def test_broker_that_comes_later_gets_all_that_counts(broker: Broker, publish: Publish) -> None:
    broker.stop()
    publisher = publish()
    publisher.receive(count(1))
    publisher.receive(count(3))
    publisher.receive(event_message(EventType.END))
    publisher.receive(snapshot_message("back", "person"))
    broker.start()
    with Observer(broker) as observer:
        observer.wait_for_topic("frigate/back/person/snapshot")
        observer.wait_for_topic("frigate/available", b"online")
    assert publisher.is_connected


def test_broker_restart_brings_back_availability_and_counts(broker: Broker, publish: Publish) -> None:
    publisher = publish()
    with Observer(broker) as observer:
        observer.wait_for_topic("frigate/available", b"online")
    publisher.receive(count(2))
    broker.stop()
    publisher.receive(event_message(EventType.END))
    broker.start()
    with Observer(broker) as observer:
        observer.wait_for_topic("frigate/back/person", b"2")
        observer.wait_for_topic("frigate/events")


def test_killed_process_is_offline_by_its_last_will(broker: Broker) -> None:
    program = (
        "import sys, time\n"
        "from custom_components.frigate_native.engine.config.model import MqttConfig\n"
        "from custom_components.frigate_native.engine.messages import Stats\n"
        "from custom_components.frigate_native.engine.mqtt import MqttPublisher\n"
        "MqttPublisher(MqttConfig(host='127.0.0.1', port=int(sys.argv[1])), {}, Stats).start()\n"
        "time.sleep(60)\n"
    )
    with Observer(broker) as observer:
        process = subprocess.Popen([sys.executable, "-c", program, str(broker.port)], cwd=Path(__file__).parents[3])
        try:
            observer.wait_for_topic("frigate/available", b"online")
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        observer.wait_for_topic("frigate/available", b"offline")


def test_wrong_password_is_told_once_without_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    broker = Broker(tmp_path, user="viewer", password="right")
    broker.start()
    config = MqttConfig(host="127.0.0.1", port=broker.port, user="viewer", password="wrong-secret")
    publisher = MqttPublisher(config, CAMERAS, lambda: STATS)
    try:
        publisher.start()
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            time.sleep(0.1)
        warnings = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
        assert len(warnings) == 1
        assert f"127.0.0.1:{broker.port}" in warnings[0]
        assert "mqtt.password" in warnings[0]
        assert "wrong-secret" not in caplog.text
        assert not publisher.is_connected
    finally:
        publisher.stop()
        broker.stop()


def test_right_password_is_let_in(tmp_path: Path) -> None:
    broker = Broker(tmp_path, user="viewer", password="right")
    broker.start()
    config = MqttConfig(host="127.0.0.1", port=broker.port, user="viewer", password="right", topic_prefix="house/nvr")
    publisher = MqttPublisher(config, CAMERAS, lambda: STATS)
    try:
        publisher.start()
        with Observer(broker, username="viewer", password="right") as observer:
            observer.wait_for_topic("house/nvr/available", b"online")
            observer.wait_for_topic("house/nvr/back/person", b"0")
    finally:
        publisher.stop()
        broker.stop()


def test_busy_cameras_lose_no_event(broker: Broker, publish: Publish) -> None:
    with Observer(broker) as observer:
        publisher = publish()
        observer.wait_for_topic("frigate/available", b"online")
        for number in range(500):
            publisher.receive(event_message(EventType.END, seconds=number))
        observer.wait_for(lambda message: len(observer.payloads("frigate/events")) == 500)
