"""A broker that is away, comes back, stalls, refuses or is none."""

import json
import logging
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import Mock

import pytest

from custom_components.frigate_native.engine.messages import EventType
from custom_components.frigate_native.engine.mqtt.outbox import MAX_EVENTS
from tests.broker import Broker, Observer
from tests.engine.builders import START, event_message, snapshot_message
from tests.engine.mqtt.publishing import CONNECTION_LOG, Publish, Tries, count, new_publisher, warnings
from tests.engine_process import engine_command
from tests.servers import PATIENCE_S, free_port, wait_until


def test_broker_that_comes_later_gets_all_that_counts(broker: Broker, publish: Publish, tries: Tries) -> None:
    broker.stop()
    publisher = publish()
    for message in (count(1), count(3), event_message(EventType.END), snapshot_message("back", "person")):
        publisher.receive(message)
    tries.wait_for(3)
    assert not publisher.is_connected
    tries.hold()
    broker.start()
    with Observer(broker) as observer:
        tries.release()
        observer.wait_for_topic("frigate/back/person/snapshot")
        observer.wait_for_topic("frigate/events")
        observer.wait_for_topic("frigate/yard/person", b"0")
        assert observer.payloads("frigate/back/person") == [b"3"]
        assert observer.messages[0].topic == "frigate/available"
    assert publisher.is_connected


@pytest.mark.parametrize("how", [Broker.stop, Broker.kill], ids=["stopped", "killed"])
def test_broker_restart_brings_back_every_state(
    broker: Broker,
    publish: Publish,
    *,
    tries: Tries,
    caplog: pytest.LogCaptureFixture,
    how: Callable[[Broker], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(CONNECTION_LOG + ".STEADY_S", 0.0)
    caplog.set_level(logging.INFO)
    publisher = publish()
    wait_until(lambda: publisher.is_connected)
    publisher.receive(count(2))
    publisher.receive(snapshot_message("back", "person"))
    with Observer(broker) as observer:
        observer.wait_for_topic("frigate/back/person/snapshot")
    tries.hold()
    how(broker)
    broker.forget()
    publisher.receive(event_message(EventType.END))
    broker.start()
    with Observer(broker) as observer:
        tries.release()
        observer.wait_for_topic("frigate/available", b"online")
        observer.wait_for_topic("frigate/back/person", b"2")
        observer.wait_for_topic("frigate/back/person/snapshot")
        observer.wait_for_topic("frigate/events")
    assert warnings(caplog) == [f"The MQTT broker 127.0.0.1:{broker.port} closed the connection; reconnecting"]
    assert [record.getMessage() for record in caplog.records if record.levelno == logging.INFO] == [
        f"Connected to the MQTT broker 127.0.0.1:{broker.port}"
    ] * 2


def test_broker_that_stopped_reading_leaves_a_bounded_queue(broker: Broker, publish: Publish) -> None:
    publisher = publish()
    wait_until(lambda: publisher.is_connected)
    with Observer(broker) as observer:
        broker.stall()
        outbox, total = publisher._outbox, 0
        while outbox._dropped < MAX_EVENTS:  # the sockets' buffers take some thousands first
            kind = EventType.END if total % 20 == 19 else EventType.UPDATE
            publisher.receive(event_message(kind, seconds=total))
            total += 1
            assert len(outbox._events) <= MAX_EVENTS
        broker.resume()
        last = b'"frame_time": %.1f' % (START + total - 1)
        observer.wait_for(lambda message: last in message.payload)
        events = [json.loads(payload) for payload in observer.payloads("frigate/events")]
    times = [event["after"]["frame_time"] for event in events]
    assert times == sorted(set(times)), "twice or out of order"
    assert sum(event["type"] == "end" for event in events) == total // 20


def test_client_id_in_use_is_told_once(
    broker: Broker, publish: Publish, tries: Tries, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    publish()
    publish()
    tries.wait_for(10)
    assert len([text for text in warnings(caplog) if "client ID frigate" in text]) == len(warnings(caplog)) == 2
    assert len([record for record in caplog.records if record.levelno == logging.INFO]) == 2


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (None, "check mqtt.port"),
        (socket.gaierror(-2, "Name or service not known"), "check mqtt.host"),
        (UnicodeEncodeError("idna", "a..b", 1, 2, "label empty"), "check mqtt.host"),
        (TimeoutError("timed out"), "does not respond"),
        (OSError(113, "No route to host"), "No route to host"),
    ],
    ids=["nobody listens", "unknown name", "no name", "silence", "no route"],
)
def test_broker_that_cannot_be_reached_is_told_once(
    error: Exception | None,
    words: str,
    tries: Tries,
    *,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if error is not None:
        monkeypatch.setattr(socket, "create_connection", Mock(side_effect=error))
    publisher = new_publisher(port := free_port())
    publisher.start()
    tries.wait_for(3)
    publisher.stop()
    (warning,) = warnings(caplog)
    assert f"127.0.0.1:{port}" in warning
    assert words in warning


def test_server_that_is_no_broker_can_be_left_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        publisher = new_publisher(server.getsockname()[1])
        publisher.start()
        server.settimeout(PATIENCE_S)
        peer, _ = server.accept()
        with peer:
            assert not publisher.is_connected
            begin = time.monotonic()
            publisher.stop(PATIENCE_S)
            assert time.monotonic() - begin < 9  # sooner than it is given up


def test_killed_process_is_offline_by_its_last_will(broker: Broker) -> None:
    with Observer(broker) as observer:
        command = engine_command("tests.engine.mqtt.publisher_process", str(broker.port))
        process = subprocess.Popen(command, cwd=Path(__file__).parents[3])
        try:
            observer.wait_for_topic("frigate/available", b"online")
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
        observer.wait_for_topic("frigate/available", b"offline")


def test_wrong_password_is_told_once_without_it(tmp_path: Path, caplog: pytest.LogCaptureFixture, tries: Tries) -> None:
    broker = Broker(tmp_path, user="viewer", password="right")
    broker.start()
    publisher = new_publisher(broker.port, user="viewer", password="wrong-secret")
    try:
        publisher.start()
        tries.wait_for(4)
        (warning,) = warnings(caplog)
        assert f"127.0.0.1:{broker.port}" in warning
        assert "mqtt.password" in warning
        assert "wrong-secret" not in caplog.text
        assert "wrong-secret" not in repr(publisher._config)
        assert not publisher.is_connected
    finally:
        publisher.stop()
        broker.stop()
