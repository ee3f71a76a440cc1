"""Switching what a camera does, and that it stays so."""

from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from custom_components.frigate_native.engine.messages import EventMessage
from tests.processes import children

from ..system import (
    async_set_up,
    async_until,
    camera,
    camera_subentry,
    count,
    file_entry,
    our_threads,
    state,
    ui_entry,
    write_file,
)

DETECTION = "switch.front_door_detection"


async def _async_switch(hass: HomeAssistant, entity_id: str, *, is_on: bool) -> None:
    action = "turn_on" if is_on else "turn_off"
    await hass.services.async_call("switch", action, {"entity_id": entity_id}, blocking=True)
    await async_until(lambda: state(hass, entity_id) == ("on" if is_on else "off"))


async def test_detection_off_empties_the_sensors_and_stays_off(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    entry = ui_entry(camera_subentry("Front door"))
    before = children()
    await async_set_up(hass, entry)
    await async_until(lambda: count(hass, "sensor.front_door_person_count"))
    await _async_switch(hass, DETECTION, is_on=False)
    await async_until(lambda: state(hass, "sensor.front_door_person_count") == "0")
    assert state(hass, "binary_sensor.front_door_person_occupancy") == "off"

    told: list[object] = []
    assert await hass.config_entries.async_reload(entry.entry_id)
    entry.runtime_data.nvr.subscribe(told.append)
    assert state(hass, DETECTION) == "off"
    await async_until(lambda: entry.runtime_data.nvr.stats().cameras["front_door"].process_fps > 0)
    assert entry.runtime_data.nvr.stats().detection_fps == 0
    await async_until(lambda: state(hass, "sensor.front_door_person_count") == "0")
    assert not [message for message in told if isinstance(message, EventMessage)]

    await _async_switch(hass, DETECTION, is_on=True)
    await async_until(lambda: count(hass, "sensor.front_door_person_count"))
    assert await hass.config_entries.async_remove(entry.entry_id)
    assert not [key for key in hass_storage if entry.entry_id in key]
    assert our_threads() == []
    assert children() <= before


async def test_each_camera_has_switches_of_what_it_can_do(hass: HomeAssistant, tmp_path: Path) -> None:
    both = camera("/nowhere.mp4", save_clips={"enabled": True}, review={"detections": {"enabled": False}})
    both["ffmpeg"]["inputs"][0]["roles"].append("clips")
    await async_set_up(hass, file_entry(write_file(tmp_path, {"both": both, "plain": camera("/nowhere.mp4")})))
    registry = er.async_get(hass)
    switches = {entity_id: state(hass, entity_id) for entity_id in hass.states.async_entity_ids("switch")}
    assert switches == {
        "switch.both_detection": "on",
        "switch.both_clips": "on",
        "switch.both_snapshots": "off",
        "switch.both_review_alerts": "on",
        "switch.both_review_detections": "off",
        "switch.plain_detection": "on",
        "switch.plain_snapshots": "off",
        "switch.plain_review_alerts": "on",
        "switch.plain_review_detections": "on",
    }
    entities = [registry.async_get(entity_id) for entity_id in switches]
    assert all(entity is not None and entity.entity_category == "config" for entity in entities)


async def test_what_the_file_says_since_is_not_overruled_later(
    hass: HomeAssistant, hass_storage: dict[str, Any], tmp_path: Path
) -> None:
    path = write_file(tmp_path, {"front_door": camera("/nowhere.mp4")})
    entry = file_entry(path)
    await async_set_up(hass, entry)
    await _async_switch(hass, "switch.front_door_snapshots", is_on=True)
    await _async_switch(hass, DETECTION, is_on=False)
    for enabled, expected in ((True, "off"), (False, "off"), (True, "on")):
        write_file(tmp_path, {"front_door": camera("/nowhere.mp4", detect={"enabled": enabled})})
        assert await hass.config_entries.async_reload(entry.entry_id)
        assert state(hass, DETECTION) == expected
        assert state(hass, "switch.front_door_snapshots") == "on"
