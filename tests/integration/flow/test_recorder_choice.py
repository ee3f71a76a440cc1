"""Recording that is switched on where no recorder is running: the form and the repair offer one."""

from datetime import timedelta

import pytest
from homeassistant.config_entries import SOURCE_RECONFIGURE, SOURCE_USER, ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.frigate_native.const import DOMAIN
from custom_components.frigate_native.repairs import async_create_fix_flow

from ..system import async_set_up, async_until, camera_subentry, state, ui_entry
from .walk import FRONT, Camera, RecorderRepair, start

RECORDED = FRONT | {"recording": {"record": True}}


def _records_here(entry: ConfigEntry) -> bool:
    return bool(entry.runtime_data.reports.records_here)


async def test_first_camera_is_recorded_within_home_assistant_if_people_want_that(hass: HomeAssistant) -> None:
    flow = await start(hass, "camera")
    assert (await flow.send(RECORDED))["step_id"] == "confirm"
    result = await flow.send({})
    assert (result["step_id"], result["menu_options"]) == ("recorder", ["record_here", "use_addon"])
    result = await flow.send({"next_step_id": "record_here"})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    assert _records_here(result["result"])
    await async_until(lambda: state(hass, "binary_sensor.front_door_recording") == "on")


async def test_entry_is_created_without_a_recorder_if_people_have_the_addon(hass: HomeAssistant) -> None:
    flow = await start(hass, "camera")
    await flow.send(RECORDED)
    await flow.send({})
    result = await flow.send({"next_step_id": "use_addon"})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    assert not _records_here(result["result"])


async def test_further_cameras_ask_until_there_is_a_recorder(hass: HomeAssistant) -> None:
    entry = ui_entry(camera_subentry("Back", "/nowhere.mp4"), options={"http": {"port": 6000}})
    await async_set_up(hass, entry)
    flow = Camera(hass)
    await flow.start((entry.entry_id, "camera"), source=SOURCE_USER)
    await flow.send(RECORDED)
    assert (await flow.send({}))["step_id"] == "recorder"
    assert (await flow.send({"next_step_id": "record_here"}))["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    assert _records_here(entry)
    assert entry.options == {"http": {"port": 6000}, "recording": {"records_here": True}}

    (front,) = [sub.subentry_id for sub in entry.subentries.values() if sub.title == "Front door"]
    flow = Camera(hass)
    await flow.start((entry.entry_id, "camera"), source=SOURCE_RECONFIGURE, subentry_id=front)
    await flow.send(RECORDED)
    assert (await flow.send({}))["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()


async def test_repair_records_within_home_assistant(hass: HomeAssistant, issue_registry: ir.IssueRegistry) -> None:
    assert await async_setup_component(hass, "repairs", {})
    entry = ui_entry(camera_subentry("Front", record=True))
    await async_set_up(hass, entry)
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=130))
    await hass.async_block_till_done()
    issue_id = f"{entry.entry_id}/recorder/missing"
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue
    assert issue.is_fixable

    flow = RecorderRepair(hass)
    result = await flow.start(DOMAIN, issue_id=issue_id)
    assert result["description_placeholders"] == {"cameras": "Front"}
    assert (await flow.send({}))["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    assert _records_here(entry)
    assert not issue_registry.async_get_issue(DOMAIN, issue_id)


@pytest.mark.usefixtures("hass")
async def test_repair_of_an_entry_that_is_gone(hass: HomeAssistant) -> None:
    flow = await async_create_fix_flow(hass, "missing", {"entry_id": "gone"})
    flow.hass = hass
    result = await flow.async_step_confirm({})  # type: ignore[attr-defined]
    assert result["reason"] == "entry_gone"
