"""Publishing through Home Assistant's MQTT integration, to a real broker."""

import json
import logging
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from homeassistant.components import mqtt
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_track_state_change_event
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.frigate_native.const import DOMAIN
from custom_components.frigate_native.engine.messages import EventType
from tests.broker import Broker, Observer
from tests.engine.builders import event_message

from ..system import async_set_up, async_until, camera, file_entry, our_threads, state, write_file

AVAILABLE = "frigate/available"
COUNT = "sensor.front_person_count"


@pytest.fixture
def broker(tmp_path: Path, socket_enabled: None) -> Iterator[Broker]:
    with Broker(tmp_path) as running:
        yield running


@pytest.fixture(autouse=True)
def _configuration_of_its_own(hass: HomeAssistant, tmp_path: Path) -> None:
    """Give the MQTT integration a file to read."""
    (tmp_path / "configuration.yaml").touch()
    hass.config.config_dir = str(tmp_path)


@asynccontextmanager
async def watching(hass: HomeAssistant, broker: Broker) -> AsyncIterator[Watching]:
    observer = await hass.async_add_executor_job(Observer, broker)
    try:
        yield Watching(hass, observer)
    finally:
        await hass.async_add_executor_job(observer.__exit__)


class Watching:
    """An observer that the event loop can wait for."""

    def __init__(self, hass: HomeAssistant, observer: Observer) -> None:
        self._hass = hass
        self.observer = observer

    async def wait(self, topic: str, payload: bytes | None = None) -> None:
        await self._hass.async_add_executor_job(self.observer.wait_for_topic, topic, payload)

    def payloads(self, topic: str) -> list[bytes]:
        return self.observer.payloads(topic)

    def retained(self) -> set[str]:
        return {message.topic for message in self.observer.messages if message.retained}


async def async_set_up_mqtt(hass: HomeAssistant, broker: Broker) -> MockConfigEntry:
    """Set Home Assistant's MQTT integration up, as its flow would, and wait until it is connected."""
    data = {"broker": "127.0.0.1", "port": broker.port, "protocol": "3.1.1"}
    entry = MockConfigEntry(
        domain="mqtt",
        title="Broker",
        data=data,
        version=mqtt.CONFIG_ENTRY_VERSION,
        minor_version=mqtt.CONFIG_ENTRY_MINOR_VERSION,
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await async_until(lambda: mqtt.is_connected(hass))
    return entry


def front(**more: Any) -> dict[str, Any]:
    return {"front": camera(**more)}


async def test_everything_is_published_until_the_entry_goes(
    hass: HomeAssistant, broker: Broker, tmp_path: Path, hass_storage: dict[str, Any]
) -> None:
    await async_set_up_mqtt(hass, broker)
    async with watching(hass, broker) as live:
        entry = file_entry(write_file(tmp_path, front()))
        await async_set_up(hass, entry)
        await live.wait(AVAILABLE, b"online")
        await live.wait("frigate/front/person")
        await live.wait("frigate/events")
        await live.wait("frigate/front/person/snapshot")
        async with watching(hass, broker) as late:
            await late.wait("frigate/front/snapshots/state", b"OFF")
            await late.wait("frigate/events")
            assert late.retained() >= {
                AVAILABLE,
                "frigate/front/person/snapshot",
                *(f"frigate/front/{feature}/state" for feature in ("detect", "clips", "snapshots")),
            }
            assert not late.retained() & {"frigate/events", "frigate/front/person"}
        await mqtt.async_publish(hass, "frigate/front/detect/set", "OFF")
        await live.wait("frigate/front/detect/state", b"OFF")
        await async_until(lambda: state(hass, "switch.front_detection") == "off")
        await async_until(lambda: live.payloads("frigate/front/person")[-1] == b"0")
        assert await hass.config_entries.async_unload(entry.entry_id)
        await live.wait(AVAILABLE, b"stopped")
        await async_until(lambda: json.loads(live.payloads("frigate/events")[-1])["type"] == "end")
        assert our_threads() == []


async def test_integration_may_come_later_and_go(
    hass: HomeAssistant, broker: Broker, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    entry = file_entry(write_file(tmp_path, front()))
    await async_set_up(hass, entry)
    assert "fn:mqtt" not in our_threads()
    await async_until(lambda: int(state(hass, COUNT).replace("unavailable", "0")))
    counts = [state(hass, COUNT)]
    async_track_state_change_event(hass, [COUNT], lambda event: counts.append(state(hass, COUNT)))
    async with watching(hass, broker) as live:
        mqtt_entry = await async_set_up_mqtt(hass, broker)
        await live.wait(AVAILABLE, b"online")
        await live.wait("frigate/front/person/snapshot")
        first = live.payloads("frigate/front/person")[0].decode()
        await async_until(lambda: first in counts)  # not the 0 from before
        assert await hass.config_entries.async_reload(mqtt_entry.entry_id)
        await async_until(lambda: live.payloads(AVAILABLE) == [b"online"] * 2)
        states = partial(live.payloads, "frigate/front/snapshots/state")
        await mqtt.async_publish(hass, "frigate/front/snapshots/set", "ON")
        await async_until(lambda: states()[-1] == b"ON")
        await mqtt.async_publish(hass, "frigate/front/snapshots/set", "OFF")
        await async_until(lambda: states()[-1] == b"OFF")
        assert await hass.config_entries.async_remove(mqtt_entry.entry_id)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert our_threads() == []
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.slow
async def test_broker_that_restarts_loses_no_end(
    hass: HomeAssistant, broker: Broker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("homeassistant.components.mqtt.client.RECONNECT_INTERVAL_SECONDS", 1)
    await async_set_up_mqtt(hass, broker)
    entry = file_entry(write_file(tmp_path, front(path="/nowhere.mp4")))
    await async_set_up(hass, entry)
    async with watching(hass, broker) as live:
        await live.wait(AVAILABLE, b"online")
        await live.wait("homeassistant/status")  # Home Assistant's own greeting, which it cannot say to nobody
    await hass.async_add_executor_job(broker.kill)
    await async_until(lambda: not mqtt.is_connected(hass))
    tell = entry.runtime_data.nvr._notify
    for number in range(300):
        kind = EventType.END if number % 3 == 2 else EventType.UPDATE
        await hass.async_add_executor_job(tell, event_message(kind, camera="front", seconds=number))
    await hass.async_add_executor_job(broker.start)
    async with watching(hass, broker) as live:
        await async_until(lambda: len(live.payloads("frigate/events")) == 300)
        times = [json.loads(payload)["after"]["frame_time"] for payload in live.payloads("frigate/events")]
        assert times == sorted(set(times))


async def test_500_messages_a_second_all_arrive(hass: HomeAssistant, broker: Broker, tmp_path: Path) -> None:
    await async_set_up_mqtt(hass, broker)
    entry = file_entry(write_file(tmp_path, front(path="/nowhere.mp4")))
    await async_set_up(hass, entry)
    tell = entry.runtime_data.nvr._notify

    def be_busy() -> None:
        for number in range(1000):
            tell(event_message(EventType.END, camera="front", seconds=number))
            time.sleep(1 / 500)

    async with watching(hass, broker) as live:
        await live.wait(AVAILABLE, b"online")
        await hass.async_add_executor_job(be_busy)
        await async_until(lambda: len(live.payloads("frigate/events")) == 1000)


@pytest.mark.parametrize(
    ("way", "own", "others"),
    [("auto", True, False), ("home_assistant", False, True), ("off", False, False)],
)
async def test_options_choose_the_way(  # broker of the file, and Home Assistant's
    hass: HomeAssistant, broker: Broker, tmp_path_factory: pytest.TempPathFactory, way: str, *, own: bool, others: bool
) -> None:
    folder = tmp_path_factory.mktemp("own")
    await async_set_up_mqtt(hass, broker)
    with Broker(folder) as own_broker:
        path = write_file(folder, front(path="/nowhere.mp4"), mqtt={"host": "127.0.0.1", "port": own_broker.port})
        entry = file_entry(path)
        entry.add_to_hass(hass)
        hass.config_entries.async_update_entry(entry, options={"mqtt": {"way": way, "topic_prefix": "unused"}})
        await async_set_up(hass, entry)
        async with watching(hass, broker) as over_home_assistant, watching(hass, own_broker) as over_own:
            for is_wanted, watched in ((own, over_own), (others, over_home_assistant)):
                if is_wanted:
                    await watched.wait(AVAILABLE, b"online")
            assert bool(over_own.payloads(AVAILABLE)) == own
            assert bool(over_home_assistant.payloads(AVAILABLE)) == others
            assert await hass.config_entries.async_unload(entry.entry_id)


async def test_two_entries_do_not_share_a_prefix(
    hass: HomeAssistant, broker: Broker, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await async_set_up_mqtt(hass, broker)
    entries = []
    for name, prefix in (("one", "frigate"), ("two", "frigate"), ("three", "house/nvr")):
        (tmp_path / name).mkdir()
        path = write_file(tmp_path / name, {name: camera("/nowhere.mp4")})
        entries.append(file_entry(path))
        entries[-1].add_to_hass(hass)
        hass.config_entries.async_update_entry(entries[-1], options={"mqtt": {"topic_prefix": prefix}})
        await async_set_up(hass, entries[-1])
    async with watching(hass, broker) as live:
        await live.wait("house/nvr/three/detect/state")
        await live.wait("frigate/one/detect/state")
        assert not live.payloads("frigate/two/detect/state")
    issues = ir.async_get(hass)
    taken = {entry.entry_id: issues.async_get_issue(DOMAIN, f"{entry.entry_id}/mqtt_prefix") for entry in entries}
    assert [entry_id for entry_id, issue in taken.items() if issue] == [entries[1].entry_id]
    assert caplog.text.count("publishes nothing over MQTT") == 1
    hass.config_entries.async_update_entry(entries[1], options={"mqtt": {"topic_prefix": "cabin"}})
    await hass.async_block_till_done()
    assert not issues.async_get_issue(DOMAIN, f"{entries[1].entry_id}/mqtt_prefix")
    async with watching(hass, broker) as live:
        await live.wait("cabin/two/detect/state")


async def test_home_assistant_that_stops_says_so(hass: HomeAssistant, broker: Broker, tmp_path: Path) -> None:
    await async_set_up_mqtt(hass, broker)
    await async_set_up(hass, file_entry(write_file(tmp_path, front())))
    async with watching(hass, broker) as live:
        await live.wait("frigate/events")
        await hass.async_stop(force=True)
        live.observer.wait_for_topic(AVAILABLE, b"stopped")
        assert json.loads(live.payloads("frigate/events")[-1])["type"] == "end"
