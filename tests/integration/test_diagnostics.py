"""Diagnostics tell much and no secrets."""

import json
from pathlib import Path

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
    get_diagnostics_for_device,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from .system import async_set_up, camera, camera_subentry, file_entry, ui_entry, write_file

SECRET = "hunter2"
NOWHERE = "rtsp://admin:hunter2@127.0.0.1:9/live?token=hunter2"


async def _answers(hass: HomeAssistant, client: ClientSessionGenerator, entry: MockConfigEntry) -> str:
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    whole = await get_diagnostics_for_config_entry(hass, client, entry)
    return json.dumps([whole, *[await get_diagnostics_for_device(hass, client, entry, one) for one in devices]])


async def test_nothing_secret_from_forms(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> None:
    secrets = {"username": "admin_hunter2", "password": SECRET, "input_args": f"-headers {SECRET}"}
    secrets["main_url"] = f"rtsp://admin:{SECRET}@127.0.0.1:9/main"
    cameras = [camera_subentry("Front", NOWHERE), camera_subentry("Back", "rtsp://127.0.0.1:9/", **secrets)]
    entry = ui_entry(*cameras, options={"detector": {"type": "cpu", "num_threads": 1, "device": "usb"}})
    await async_set_up(hass, entry)
    text = await _answers(hass, hass_client, entry)
    assert SECRET not in text
    assert "rtsp://" in text
    assert "num_threads" in text


async def test_nothing_secret_from_a_file(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, tmp_path: Path
) -> None:
    zones = {"yard": {"coordinates": "0,0,100,0,100,100"}}
    entry = file_entry(write_file(tmp_path, {"front": camera(NOWHERE, zones=zones)}))
    await async_set_up(hass, entry)
    text = await _answers(hass, hass_client, entry)
    assert SECRET not in text
    assert "yard" in text
