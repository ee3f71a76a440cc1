"""The publisher against a real broker."""

import gc
import io
import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from custom_components.frigate_native.engine.config.model import MqttConfig, PublishedConfig
from custom_components.frigate_native.engine.messages import (
    CameraMessage,
    CameraState,
    CountMessage,
    EventNoteKind,
    EventNoteMessage,
    EventType,
    Feature,
    FeatureMessage,
    MotionMessage,
    ReviewMessage,
)
from custom_components.frigate_native.engine.mqtt import MqttPublisher
from tests.broker import Broker, Observer
from tests.engine.builders import START, camera_config, event_message, review_state, snapshot_message
from tests.engine.mqtt.publishing import PUBLISHER, STATS, Publish, count, new_publisher, warnings
from tests.event_keys import EVENT_KEYS
from tests.processes import open_files
from tests.servers import PATIENCE_S, wait_until


def test_online_while_it_runs_stopped_afterwards(broker: Broker, publish: Publish) -> None:
    with Observer(broker) as observer:
        publisher = publish()
        observer.wait_for_topic("frigate/available", b"online")
        with Observer(broker) as late:
            assert late.wait_for_topic("frigate/available").retained
        publisher.stop()
        observer.wait_for_topic("frigate/available", b"stopped")
        assert observer.payloads("frigate/available") == [b"online", b"stopped"]


def test_every_count_starts_at_zero(broker: Broker, publish: Publish) -> None:
    with Observer(broker) as observer:
        publish()
        for topic in ("back/person", "back/car", "yard/person", "yard/car"):
            observer.wait_for_topic(f"frigate/{topic}", b"0")


@pytest.mark.parametrize("qos", [0, 1, 2])
def test_messages_have_the_configured_quality_of_service(broker: Broker, qos: int) -> None:
    publisher = new_publisher(broker.port, qos=qos)
    with Observer(broker, qos=2) as observer:
        publisher.start()
        try:
            assert observer.wait_for_topic("frigate/back/person").qos == qos
            assert observer.wait_for_topic("frigate/available").qos == max(1, qos)
        finally:
            publisher.stop()


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


def test_active_objects_have_counts_of_their_own(broker: Broker, publish: Publish) -> None:
    with Observer(broker) as observer:
        publisher = publish()
        observer.wait_for_topic("frigate/back/all/active", b"0")
        publisher.receive(replace(count(2), active=1))
        publisher.receive(replace(count(3), label="all", active=1))
        observer.wait_for_topic("frigate/back/person", b"2")
        observer.wait_for_topic("frigate/back/person/active", b"1")
        observer.wait_for_topic("frigate/back/all", b"3")
        observer.wait_for_topic("frigate/back/all/active", b"1")


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


def test_review_items_and_their_status_are_published(broker: Broker, publish: Publish) -> None:
    opened = review_state("back", None)
    ended = review_state("back", START + 9)
    with Observer(broker) as observer:
        publisher = publish()
        observer.wait_for_topic("frigate/back/review_status", b"NONE")
        publisher.receive(ReviewMessage(type=EventType.NEW, before=opened, after=opened))
        observer.wait_for_topic("frigate/back/review_status", b"ALERT")
        publisher.receive(ReviewMessage(type=EventType.END, before=opened, after=ended))
        observer.wait_for(lambda message: b'"type": "end"' in message.payload)
        wait_until(lambda: observer.payloads("frigate/back/review_status")[-1] == b"NONE")

    new, end = [json.loads(payload) for payload in observer.payloads("frigate/reviews")]
    assert (new["type"], new["before"], new["after"]["end_time"]) == ("new", new["after"], None)
    assert (end["type"], end["before"], end["after"]["end_time"]) == ("end", new["after"], START + 9)
    assert set(end["after"]) == {"id", "camera", "start_time", "end_time", "severity", "thumb_path", "data"}


def test_event_has_exactly_the_keys_of_frigate(broker: Broker, publish: Publish) -> None:
    with Observer(broker) as observer:
        publish().receive(event_message(EventType.NEW))
        event = json.loads(observer.wait_for_topic("frigate/events").payload)
    assert list(event) == ["type", "before", "after"]
    assert list(event["before"]) == list(event["after"]) == EVENT_KEYS
    assert event["after"]["box"] == [400, 200, 460, 340]
    assert event["after"]["thumbnail"] is None


def test_motion_and_the_stream_of_a_camera_are_published(broker: Broker, publish: Publish) -> None:
    with Observer(broker) as observer:
        publisher = publish()
        observer.wait_for_topic("frigate/back/motion", b"OFF")
        observer.wait_for_topic("frigate/back/status/detect", b"offline")
        publisher.receive(MotionMessage(camera="back", has_motion=True))
        publisher.receive(CameraMessage(camera="back", state=CameraState.RUNNING))
        observer.wait_for_topic("frigate/back/motion", b"ON")
        observer.wait_for_topic("frigate/back/status/detect", b"online")
        publisher.receive(FeatureMessage(camera="back", feature=Feature.DETECT, is_on=False))
        observer.wait_for_topic("frigate/back/status/detect", b"disabled")


NOTED: list[tuple[EventNoteKind, dict[str, object]]] = [
    (EventNoteKind.DESCRIPTION, {"description": "Ann"}),
    (EventNoteKind.FACE, {"name": "Ann", "score": 0.8, "timestamp": START}),
    (EventNoteKind.PLATE, {"name": None, "plate": "Ann", "score": 0.8, "timestamp": START}),
    (EventNoteKind.CLASS, {"model": "sub_label", "sub_label": "Ann", "score": 0.8, "timestamp": START}),
]


def test_what_is_added_to_events_is_published_once(broker: Broker, publish: Publish) -> None:
    with Observer(broker) as observer:
        publisher = publish()
        observer.wait_for_topic("frigate/available", b"online")
        for kind, _ in NOTED:
            publisher.receive(
                EventNoteMessage(kind=kind, event_id="a", camera="back", text="Ann", score=0.8, time=START)
            )
        wait_until(lambda: len(observer.payloads("frigate/tracked_object_update")) == len(NOTED))
        found = [json.loads(payload) for payload in observer.payloads("frigate/tracked_object_update")]
    assert found == [{"type": str(kind), "id": "a", "camera": "back", **more} for kind, more in NOTED]


def test_snapshot_is_a_retained_jpeg_of_the_configured_height(broker: Broker, publish: Publish) -> None:
    with Observer(broker) as observer:
        publish().receive(snapshot_message("back", "person"))
        observer.wait_for_topic("frigate/back/person/snapshot")
    with Observer(broker) as late:
        message = late.wait_for_topic("frigate/back/person/snapshot")
    assert message.retained
    with Image.open(io.BytesIO(message.payload)) as image:
        assert (image.format, image.height) == ("JPEG", 175)


def test_snapshots_are_published_only_as_the_camera_wants(broker: Broker) -> None:
    cameras = {
        "quiet": camera_config("quiet", mqtt=PublishedConfig(enabled=False)),
        "picky": camera_config("picky", mqtt=PublishedConfig(required_zones=("yard",))),
    }
    publisher = MqttPublisher(MqttConfig(host="127.0.0.1", port=broker.port), cameras, lambda: STATS)
    try:
        with Observer(broker) as observer:
            publisher.start()
            publisher.receive(snapshot_message("quiet", "person"))
            publisher.receive(snapshot_message("picky", "person"))
            publisher.receive(snapshot_message("picky", "car", entered_zones=("yard",)))
            observer.wait_for_topic("frigate/picky/car/snapshot")
            assert not observer.payloads("frigate/picky/person/snapshot")
            assert not observer.payloads("frigate/quiet/person/snapshot")
    finally:
        publisher.stop()


def test_stats_come_again_and_again_in_the_documented_shape(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PUBLISHER + "._FIRST_STATS_S", 0.0)
    publisher = new_publisher(broker.port, stats_interval_s=1)
    with Observer(broker) as observer:
        publisher.start()
        wait_until(lambda: len(observer.payloads("frigate/stats")) >= 2)
        publisher.stop()
        first, stats = map(json.loads, observer.payloads("frigate/stats")[:2])
    assert first == stats
    assert stats == {
        "detection_fps": 0,
        "detectors": {"cpu": {"detection_start": 0.0, "inference_speed": 9.5, "pid": 7}},
    }


def test_nothing_is_left_open(broker: Broker) -> None:
    def run_once(*, is_started: bool) -> None:
        publisher = new_publisher(broker.port)
        if is_started:
            publisher.start()
            wait_until(lambda: publisher.is_connected)
        publisher.stop()
        publisher.receive(count(1))

    gc.disable()
    try:
        run_once(is_started=True)
        before = open_files()
        for number in range(6):
            run_once(is_started=number % 2 == 0)
        wait_until(lambda: open_files() <= before)
    finally:
        gc.enable()


def test_what_waits_at_the_end_goes_out_before_stopped(broker: Broker, publish: Publish) -> None:
    with Observer(broker) as observer:
        publisher = publish()
        wait_until(lambda: publisher.is_connected)
        for number in range(300):
            publisher.receive(event_message(EventType.END, seconds=number))
        publisher.receive(snapshot_message("back", "person"))
        publisher.stop(PATIENCE_S)
        observer.wait_for_topic("frigate/available", b"stopped")
        assert len(observer.payloads("frigate/events")) == 300
        assert len(observer.payloads("frigate/back/person/snapshot")) == 1
        assert observer.messages[-1].payload == b"stopped"


def test_right_password_is_let_in(tmp_path: Path) -> None:
    broker = Broker(tmp_path, user="viewer", password="right")
    broker.start()
    publisher = new_publisher(broker.port, user="viewer", password="right", topic_prefix="house/nvr")
    try:
        with Observer(broker, username="viewer", password="right") as observer:
            publisher.start()
            observer.wait_for_topic("house/nvr/available", b"online")
            observer.wait_for_topic("house/nvr/back/person", b"0")
    finally:
        publisher.stop()
        broker.stop()


def test_twelve_busy_cameras_lose_no_message(broker: Broker, publish: Publish) -> None:
    """Five hundred events a second for two seconds, each camera's from a thread of its own, and pictures."""
    each, rate = 80, 500 / 12  # fewer in all than may wait
    stop = threading.Event()

    def be_busy(publisher: MqttPublisher, camera: str) -> None:
        for number in range(each):
            kind = EventType.END if number % 20 == 19 else EventType.UPDATE
            publisher.receive(event_message(kind, seconds=number, camera=camera, event_id=f"{camera}-{number // 20}"))
            publisher.receive(count(number, camera))
            if number % 40 == 0:
                publisher.receive(snapshot_message("back", "person"))
            stop.wait(1 / rate)

    with Observer(broker) as observer:
        publisher = publish()
        observer.wait_for_topic("frigate/available", b"online")
        threads = [threading.Thread(target=be_busy, args=(publisher, f"cam{number}")) for number in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wait_until(lambda: len(observer.payloads("frigate/events")) == 12 * each)
        events = [json.loads(payload) for payload in observer.payloads("frigate/events")]
    for number in range(12):
        own = [event for event in events if event["after"]["camera"] == f"cam{number}"]
        times = [event["after"]["frame_time"] for event in own]
        assert times == sorted(set(times))
        assert sum(event["type"] == "end" for event in own) == each // 20


@pytest.mark.parametrize("label", ["#", "a+b", "a\0b", "a\ud800", "x" * 70_000])
def test_message_that_cannot_be_sent_is_dropped_and_logged_once(
    broker: Broker, publish: Publish, caplog: pytest.LogCaptureFixture, label: str
) -> None:
    with Observer(broker) as observer:
        publisher = publish()
        observer.wait_for_topic("frigate/back/person", b"0")
        for number in (1, 2):
            publisher.receive(CountMessage(place="back", is_zone=False, label=label, count=number))
            publisher.receive(count(number))
            observer.wait_for_topic("frigate/back/person", str(number).encode())
        assert observer.payloads("frigate/available") == [b"online"]
    assert len(dropped := warnings(caplog)) == 2  # of the count and of the active count
    assert all("is dropped" in line for line in dropped)
