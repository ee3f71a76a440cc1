"""The repair of a camera whose password is refused."""

from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.frigate_native.const import DOMAIN
from custom_components.frigate_native.repairs import async_create_fix_flow

from ..system import (
    async_set_up,
    async_until,
    attribute,
    camera_subentry,
    state,
    ui_entry,
)
from .walk import PASSWORD, USER, Login


async def test_refused_password_is_mended_by_its_repair(
    hass: HomeAssistant, locked_camera: str, issue_registry: ir.IssueRegistry
) -> None:
    assert await async_setup_component(hass, "repairs", {})
    front = camera_subentry("Front", locked_camera, username=USER, password="old", input_args="")
    entry = ui_entry(front)
    await async_set_up(hass, entry)
    await async_until(lambda: attribute(hass, "binary_sensor.front_connectivity", "problem") == "auth")
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=61))
    await hass.async_block_till_done()
    ((_, issue_id),) = [key for key in issue_registry.issues if key[0] == DOMAIN]

    flow = Login(hass)
    result = await flow.start(DOMAIN, issue_id=issue_id)
    assert result["step_id"] == "login"
    assert (await flow.send({"username": USER, "password": "wrong"}))["errors"] == {"password": "source_auth"}
    assert (await flow.send({"username": USER, "password": PASSWORD}))["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    (subentry,) = entry.subentries.values()
    assert (subentry.data["password"], subentry.data["objects"]) == (PASSWORD, ["person"])
    await async_until(lambda: state(hass, "camera.front") == "streaming")
    assert not issue_registry.async_get_issue(DOMAIN, issue_id)


async def test_repair_of_a_camera_that_is_gone_or_whose_entry_failed(hass: HomeAssistant, locked_camera: str) -> None:
    front = camera_subentry("Front", locked_camera, username=USER, input_args="")
    entry = ui_entry(front, options={"mqtt": {"host": "127.0.0.1", "topic_prefix": "a/#"}})
    entry.add_to_hass(hass)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    (subentry_id,) = entry.subentries
    issue: dict[str, str | int | float | None] = {"entry_id": entry.entry_id, "subentry_id": subentry_id}

    async def mend(flow: Any) -> Any:
        flow.hass = hass
        return await flow.async_step_login({"username": USER, "password": PASSWORD})

    flow = await async_create_fix_flow(hass, "front", issue)
    assert (await mend(flow))["type"] is FlowResultType.CREATE_ENTRY
    assert entry.subentries[subentry_id].data["password"] == PASSWORD
    hass.config_entries.async_remove_subentry(entry, subentry_id)
    assert (await mend(flow))["reason"] == "camera_gone"
