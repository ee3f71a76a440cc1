"""Changes of options and cameras leave the entities alone that they do not concern."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from pytest_homeassistant_custom_component.common import MockConfigEntry

from ..system import async_set_up, async_until, camera_subentry, our_threads, state, ui_entry


class _Lost:
    """The entities that became unavailable or were removed."""

    def __init__(self, hass: HomeAssistant) -> None:
        self.entity_ids: set[str] = set()
        hass.bus.async_listen("state_changed", self._receive)

    @callback
    def _receive(self, event: Event[EventStateChangedData]) -> None:
        if event.data["new_state"] is None or event.data["new_state"].state == STATE_UNAVAILABLE:
            self.entity_ids.add(event.data["entity_id"])

    def of(self, *cameras: str) -> set[str]:
        """Return those that belong to cameras."""
        return {entity_id for entity_id in self.entity_ids if entity_id.partition(".")[2].startswith(cameras)}


async def _async_running(hass: HomeAssistant) -> MockConfigEntry:
    entry = ui_entry(camera_subentry("Front"), camera_subentry("Back"))
    await async_set_up(hass, entry)
    await _async_stream(hass, "camera.front", "camera.back")
    return entry


async def _async_stream(hass: HomeAssistant, *cameras: str) -> None:
    await async_until(lambda: all(state(hass, name) == "streaming" for name in cameras))
    await async_until(lambda: all(state(hass, f"sensor.{name.partition('.')[2]}_person_count") for name in cameras))


def _subentry(entry: MockConfigEntry, title: str) -> ConfigSubentry:
    return next(sub for sub in entry.subentries.values() if sub.title == title)


async def _async_change(hass: HomeAssistant, entry: MockConfigEntry, title: str, **changes: Any) -> None:
    subentry = _subentry(entry, title)
    hass.config_entries.async_update_subentry(entry, subentry, data={**subentry.data, **changes})
    await hass.async_block_till_done()


async def test_options_leave_all_entities_available(hass: HomeAssistant) -> None:
    entry = await _async_running(hass)
    lost, nvr = _Lost(hass), entry.runtime_data.nvr
    options: Mapping[str, Any] = {"recording": {"uses_restream": False}}
    hass.config_entries.async_update_entry(entry, options=options)
    await hass.async_block_till_done()
    assert entry.runtime_data.nvr is not nvr
    await async_until(lambda: entry.runtime_data.nvr.latest("front") and entry.runtime_data.nvr.latest("back"))
    assert lost.entity_ids == set()
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert our_threads() == []


async def test_changed_camera_leaves_the_other_available(hass: HomeAssistant) -> None:
    entry = await _async_running(hass)
    lost = _Lost(hass)
    await _async_change(hass, entry, "Front", objects=["person", "car"])
    await async_until(lambda: state(hass, "camera.front") == "streaming")
    assert state(hass, "sensor.front_car_count") == "0"
    assert lost.of("back", "frigate") == set()
    await _async_change(hass, entry, "Front", objects=["car"])
    assert hass.states.get("sensor.front_person_count") is None
    assert lost.of("back", "frigate") == set()


async def test_added_and_removed_cameras_leave_the_others_available(hass: HomeAssistant) -> None:
    entry = await _async_running(hass)
    lost = _Lost(hass)
    data = MappingProxyType(dict(camera_subentry("Yard")["data"]))
    yard = ConfigSubentry(data=data, subentry_type="camera", title="Yard", unique_id="yard")
    hass.config_entries.async_add_subentry(entry, yard)
    await hass.async_block_till_done()
    await _async_stream(hass, "camera.yard")
    hass.config_entries.async_remove_subentry(entry, _subentry(entry, "Back").subentry_id)
    await hass.async_block_till_done()
    assert set(hass.states.async_entity_ids("camera")) == {"camera.front", "camera.yard"}
    names = {device.name for device in dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)}
    assert names == {"Frigate", "Front", "Yard"}
    assert lost.of("front", "frigate") == set()


async def test_change_that_cannot_be_applied_reloads_the_entry(hass: HomeAssistant) -> None:
    entry = await _async_running(hass)
    hass.config_entries.async_update_entry(entry, options={"mqtt": {"host": "127.0.0.1", "topic_prefix": "a/#"}})
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert our_threads() == []
    hass.config_entries.async_update_entry(entry, options={})
    await hass.config_entries.async_reload(entry.entry_id)
    await _async_stream(hass, "camera.front", "camera.back")
