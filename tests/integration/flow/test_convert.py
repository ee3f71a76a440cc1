"""An entry with a file becomes one whose cameras are changed in the user interface; its entities do not notice."""

from pathlib import Path

import pytest
from homeassistant.config_entries import SOURCE_RECONFIGURE, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr, entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.frigate_native.const import DOMAIN

from ..system import async_set_up, camera, file_entry, write_file
from .walk import Camera, Options

YARD = {"coordinates": "0,0,300,0,300,300", "inertia": 3}


@pytest.fixture
async def entry(hass: HomeAssistant, tmp_path: Path) -> MockConfigEntry:
    """Return an entry whose file has two cameras."""
    cameras = {
        "front_door": camera("/nowhere.mp4", zones={"yard": YARD}, objects={"track": ["person", "car"]}),
        "back": camera("/nowhere.mp4", record={"enabled": False}),
    }
    entry = file_entry(write_file(tmp_path, cameras, snapshots={"retain": {"default": 3}}))
    await async_set_up(hass, entry)
    return entry


def _entities(hass: HomeAssistant, entry: MockConfigEntry) -> dict[str, str]:
    """Return the unique IDs and devices of all entities."""
    found = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    return {one.entity_id: f"{one.unique_id} {one.device_id}" for one in found}


async def test_settings_convert_a_file(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    before, config, path = _entities(hass, entry), entry.runtime_data.config, Path(entry.data["path"])
    flow = Options(hass)
    result = await flow.open(entry.entry_id, "convert")
    assert result["description_placeholders"] == {"cameras": "front_door, back", "path": str(path)}
    assert (await flow.send({}))["reason"] == "converted"
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    assert _entities(hass, entry) == before
    assert entry.runtime_data.config.cameras == config.cameras
    assert [sub.title for sub in entry.subentries.values()] == ["Front door", "Back"]
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    assert {one.config_subentry_id for one in devices} >= {"front_door", "back"}
    assert await hass.async_add_executor_job(path.is_file)
    form = Camera(hass)
    shown = await form.start((entry.entry_id, "camera"), source=SOURCE_RECONFIGURE, subentry_id="front_door")
    suggested = {str(key): (key.description or {}).get("suggested_value") for key in shown["data_schema"].schema}
    assert (suggested["name"], suggested["objects"]) == ("Front door", ["person", "car"])


async def test_action_converts_a_file_once(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    found = await hass.services.async_call(DOMAIN, "convert_file", {}, blocking=True, return_response=True)
    assert found == {"cameras": ["front_door", "back"]}
    await hass.async_block_till_done()
    assert entry.runtime_data.config.cameras["front_door"].zones["yard"].inertia == 3
    with pytest.raises(ServiceValidationError, match="has no configuration file"):
        await hass.services.async_call(DOMAIN, "convert_file", {}, blocking=True, return_response=True)
