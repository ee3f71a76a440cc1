"""What a broker is told of the sample, message by message."""

import io
import itertools
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytest_socket import enable_socket

from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.mqtt import MqttPublisher
from custom_components.frigate_native.engine.nvr import Nvr
from tests.broker import Broker, Observer, Received
from tests.event_keys import EVENT_KEYS
from tests.servers import wait_until

FOOTAGE = Path(__file__).parents[2] / "footage" / "vtest.mp4"
pytestmark = pytest.mark.xdist_group("mqtt_run")

EVENTS = "frigate/events"
COUNTS = ("frigate/campus/person", "frigate/lawn/person")
KEYS = set(EVENT_KEYS)


@dataclass
class Run:
    """What came while it ran, and what lay at the broker afterwards."""

    messages: list[Received]
    retained: dict[str, bytes]

    def events(self) -> list[Any]:
        return [json.loads(message.payload) for message in self.messages if message.topic == EVENTS]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Watch the sample until an event has ended, switch detection off from outside, and stop."""
    enable_socket()  # a fixture of a module comes before the one that does so for each test
    folder = tmp_path_factory.mktemp("run")
    with Broker(folder) as broker, Observer(broker) as observer:
        nvr, publisher = _system(folder, broker)
        publisher.start()
        try:
            nvr.start()
            observer.wait_for(_has_detected)
            observer.wait_for(lambda message: b'"type": "end"' in message.payload)
            wait_until(lambda: len({json.loads(event)["after"]["id"] for event in observer.payloads(EVENTS)}) > 1)
            for topic in COUNTS:
                wait_until(lambda topic=topic: any(map(int, observer.payloads(topic))))  # type: ignore[misc]
            observer.send("frigate/campus/detect/set", "OFF")
            observer.wait_for_topic("frigate/campus/detect/state", b"OFF")
            for topic in COUNTS:
                wait_until(lambda topic=topic: observer.payloads(topic)[-1] == b"0")  # type: ignore[misc]
        finally:
            nvr.stop()
            publisher.stop()
        observer.wait_for_topic("frigate/available", b"stopped")
        messages = list(observer.messages)
        with Observer(broker) as late:
            late.send("marker", "what was retained has come before")
            late.wait_for_topic("marker")
            retained = {message.topic: message.payload for message in late.messages if message.retained}
        return Run(messages, retained)


def _has_detected(message: Received) -> bool:
    return message.topic == "frigate/stats" and json.loads(message.payload)["detection_fps"] > 0


def _system(folder: Path, broker: Broker) -> tuple[Nvr, MqttPublisher]:
    source = {"path": str(FOOTAGE), "roles": ["detect"], "input_args": "-re -stream_loop -1"}
    lawn = {"coordinates": "300,200,768,200,768,576,300,576"}
    config = config_from_mapping(
        {
            "mqtt": {"host": "127.0.0.1", "port": broker.port},
            "detectors": {"cpu": {"type": "cpu", "num_threads": 1}},
            "cameras": {"campus": {"ffmpeg": {"inputs": [source]}, "fps": 5, "zones": {"lawn": lawn}}},
        },
        folder,
    )
    nvr = Nvr(config)
    assert config.mqtt is not None
    publisher = MqttPublisher(
        config.mqtt,
        config.cameras,
        nvr.stats,
        command=lambda camera, feature, is_on: nvr.set_feature(camera, feature, is_on=is_on),
    )
    nvr.subscribe(publisher.receive)
    for message in nvr.features():
        publisher.receive(message)
    return nvr, publisher


def test_each_event_tells_its_life_in_order(run: Run) -> None:
    stories = defaultdict(list)
    for event in run.events():
        assert set(event) == {"type", "before", "after"}
        assert set(event["before"]) == set(event["after"]) == KEYS
        assert event["before"]["id"] == event["after"]["id"]
        stories[event["after"]["id"]].append(event)
    assert len(stories) > 1
    for story in stories.values():
        kinds = [event["type"] for event in story]
        assert kinds == ["new", *["update"] * (len(story) - 2), "end"]
        assert story[0]["before"]["false_positive"]
        assert not any(event["after"]["false_positive"] for event in story)
        assert all(later["before"] == earlier["after"] for earlier, later in itertools.pairwise(story))
        assert [event["after"]["end_time"] is None for event in story] == [True] * (len(story) - 1) + [False]
        assert story[-1]["after"]["end_time"] >= story[-1]["after"]["frame_time"] >= story[-1]["after"]["start_time"]
        assert story[-1]["after"]["top_score"] >= 0.7
        for event in story:
            assert set(event["after"]["current_zones"]) <= set(event["after"]["entered_zones"])


@pytest.mark.parametrize("topic", COUNTS)
def test_counts_begin_and_end_with_zero_and_tell_changes_only(run: Run, topic: str) -> None:
    counts = [int(message.payload) for message in run.messages if message.topic == topic]
    assert counts[0] == counts[-1] == 0
    assert max(counts) > 0
    assert all(earlier != later for earlier, later in itertools.pairwise(counts))


def test_system_is_online_first_and_stopped_last(run: Run) -> None:
    topics = [(message.topic, message.payload) for message in run.messages if "/set" not in message.topic]
    assert topics[0] == ("frigate/available", b"online")
    assert topics[-1] == ("frigate/available", b"stopped")
    assert not any(message.retained for message in run.messages)


def test_states_and_pictures_are_retained_and_nothing_else(run: Run) -> None:
    states = {"detect": b"OFF", "clips": b"OFF", "snapshots": b"OFF"}
    states |= {"enabled": b"ON", "review_alerts": b"ON", "review_detections": b"ON"}
    retained = dict(run.retained)
    picture = retained.pop("frigate/campus/person/snapshot")
    expected = {f"frigate/campus/{feature}/state": state for feature, state in states.items()}
    assert retained == {"frigate/available": b"stopped"} | expected
    with Image.open(io.BytesIO(picture)) as image:
        assert (image.format, image.height) == ("JPEG", 175)


def test_stats_come_in_the_shape_of_frigate(run: Run) -> None:
    stats = next(json.loads(message.payload) for message in run.messages if _has_detected(message))
    assert set(stats) == {"campus", "detection_fps", "detectors"}
