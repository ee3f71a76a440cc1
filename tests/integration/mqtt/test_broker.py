"""The broker of the configuration hears what Home Assistant hears."""

from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant

from tests.broker import Broker, Observer

from ..system import async_set_up, async_until, camera, file_entry, our_threads, state, write_file


async def test_broker_of_the_file_is_told_until_the_entry_goes(
    hass: HomeAssistant, tmp_path: Path, hass_storage: dict[str, Any]
) -> None:
    broker = Broker(tmp_path)
    await hass.async_add_executor_job(broker.start)
    try:
        with await hass.async_add_executor_job(Observer, broker) as observer:
            mqtt = {"host": "127.0.0.1", "port": broker.port, "topic_prefix": "home/nvr"}
            entry = file_entry(write_file(tmp_path, {"front": camera()}, mqtt=mqtt))
            await async_set_up(hass, entry)

            async def wait(topic: str, payload: bytes | None = None) -> None:
                await hass.async_add_executor_job(observer.wait_for_topic, topic, payload)

            await wait("home/nvr/available", b"online")
            await wait("home/nvr/events")
            await wait("home/nvr/front/person/snapshot")
            await hass.async_add_executor_job(observer.send, "home/nvr/front/snapshots/set", "ON")
            await wait("home/nvr/front/snapshots/state", b"ON")
            await async_until(lambda: state(hass, "switch.front_snapshots") == "on")
            assert await hass.config_entries.async_unload(entry.entry_id)
            await wait("home/nvr/available", b"stopped")
            assert b'"type": "end"' in observer.payloads("home/nvr/events")[-1]
            assert our_threads() == []
    finally:
        await hass.async_add_executor_job(broker.stop)


async def test_broker_that_is_away_harms_nothing(hass: HomeAssistant, tmp_path: Path) -> None:
    mqtt = {"host": "127.0.0.1", "port": 9}
    entry = file_entry(write_file(tmp_path, {"front": camera()}, mqtt=mqtt))
    await async_set_up(hass, entry)
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert our_threads() == []
