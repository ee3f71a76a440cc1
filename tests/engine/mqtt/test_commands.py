"""Others switch cameras over a real broker."""

from collections.abc import Iterator

import pytest

from custom_components.frigate_native.engine.config.model import MqttConfig
from custom_components.frigate_native.engine.features import Features
from custom_components.frigate_native.engine.messages import Feature
from custom_components.frigate_native.engine.mqtt import MqttPublisher
from tests.broker import Broker, Observer
from tests.engine.mqtt.publishing import CAMERAS, STATS, Tries, warnings
from tests.servers import wait_until


class Instance:
    """A publisher for cameras that can be switched, as a running system has it."""

    def __init__(self, broker: Broker, name: str = "frigate") -> None:
        config = MqttConfig(host="127.0.0.1", port=broker.port, topic_prefix=name, client_id=name)
        self.publisher = MqttPublisher(config, CAMERAS, lambda: STATS, command=self._command)
        self.features = Features(CAMERAS, self.publisher.receive)
        for message in self.features.messages():
            self.publisher.receive(message)

    def _command(self, camera: str, feature: Feature, is_on: bool) -> None:
        self.features.switch(camera, feature, is_on=is_on)


@pytest.fixture
def instances(broker: Broker) -> Iterator[list[Instance]]:
    started = [Instance(broker, "frigate"), Instance(broker, "house/two")]
    for instance in started:
        instance.publisher.start()
    yield started
    for instance in started:
        instance.publisher.stop()


def test_states_are_retained_from_the_start(broker: Broker, instances: list[Instance]) -> None:
    wait_until(lambda: all(instance.publisher.is_connected for instance in instances))
    with Observer(broker) as live:
        for prefix in ("frigate", "house/two"):
            for feature, state in (("detect", b"ON"), ("clips", b"OFF"), ("snapshots", b"OFF")):
                live.wait_for_topic(f"{prefix}/back/{feature}/state", state)
    with Observer(broker) as late:
        assert late.wait_for_topic("frigate/back/detect/state").retained


def test_command_switches_one_camera_of_one_instance(broker: Broker, instances: list[Instance]) -> None:
    one, two = instances
    with Observer(broker) as observer:
        observer.wait_for_topic("house/two/back/detect/state", b"ON")
        observer.send("house/two/back/detect/set", "OFF")
        observer.send("house/two/back/clips/set", "ON")
        observer.wait_for_topic("house/two/back/detect/state", b"OFF")
        observer.wait_for_topic("house/two/back/clips/state", b"ON")
        assert not two.features.camera("back").detect.enabled
        assert two.features.camera("back").save_clips.enabled
        assert one.features.camera("back").detect.enabled
        assert observer.payloads("frigate/back/detect/state") == [b"ON"]


def test_command_is_answered_even_when_it_changes_nothing(broker: Broker, instances: list[Instance]) -> None:
    with Observer(broker) as observer:
        observer.wait_for_topic("frigate/back/detect/state", b"ON")
        observer.send("frigate/back/detect/set", "ON")
        wait_until(lambda: observer.payloads("frigate/back/detect/state") == [b"ON"] * 2)


def test_activity_is_published_on_request(broker: Broker, instances: list[Instance]) -> None:
    instances[0].publisher.answer(lambda: {"back": {"motion": True}})
    with Observer(broker) as observer:
        observer.wait_for_topic("frigate/back/detect/state", b"ON")
        observer.send("frigate/onConnect", "")
        observer.wait_for_topic("frigate/camera_activity", b'{"back": {"motion": true}}')


def test_what_is_no_command_is_told_once_and_changes_nothing(
    broker: Broker, instances: list[Instance], caplog: pytest.LogCaptureFixture
) -> None:
    with Observer(broker) as observer:
        observer.wait_for_topic("frigate/back/detect/state", b"ON")
        for payload in ("off", "off", b"\xff", ""):
            observer.send("frigate/back/detect/set", payload)
        observer.send("frigate/yard/detect/set", "OFF")
        observer.send("frigate/back/detect/set", "OFF")
        observer.wait_for_topic("frigate/back/detect/state", b"OFF")
        assert observer.payloads("frigate/back/detect/state") == [b"ON", b"OFF"]
    assert len(warnings(caplog)) == 3
    assert "ignoring 'off' on frigate/back/detect/set; send ON or OFF" in warnings(caplog)[0]


def test_broker_restart_brings_back_states_and_commands_but_no_old_command(
    broker: Broker, tries: Tries, instances: list[Instance]
) -> None:
    one, _ = instances
    wait_until(lambda: one.publisher.is_connected)
    with Observer(broker) as observer:
        observer.send("frigate/back/detect/set", "OFF", retain=True)
        wait_until(lambda: not one.features.camera("back").detect.enabled)
    one.features.switch("back", Feature.DETECT, is_on=True)
    broker.stop()
    wait_until(lambda: not one.publisher.is_connected)
    broker.start()
    with Observer(broker) as observer:
        assert observer.wait_for_topic("frigate/back/detect/set", b"OFF").retained
        wait_until(lambda: one.publisher.is_connected)
        observer.send("frigate/back/clips/set", "ON")
        observer.wait_for_topic("frigate/back/clips/state", b"ON")
    assert one.features.camera("back").detect.enabled
