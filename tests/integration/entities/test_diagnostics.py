"""Diagnostics tell much and no secrets."""

import json
from pathlib import Path

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
    get_diagnostics_for_device,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from ..system import async_set_up, async_until, camera, camera_subentry, file_entry, ui_entry, write_file

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


SECRETS_OF_A_FILE = """
environment_vars:
  FRIGATE_HUNTER_NAME: hunter2env
mqtt:
  host: 127.0.0.1
  port: 9
  user: "{FRIGATE_HUNTER_NAME}"
  password: hunter2
  topic_prefix: "{FRIGATE_HUNTER_NAME}"
cameras:
  front:
    ffmpeg:
      inputs:
        - path: rtsp://admin:hunter2@127.0.0.1:9/live/hunter2a0b1c2d3e4f5a6b7?secretkey=hunter2
          roles: [detect, clips, record, rtmp]
          input_args: -rtsp_transport tcp -user_agent hunter2
          hwaccel_args: -init_hw_device hunter2
          global_args: -metadata title=hunter2
      output_args:
        record: -passphrase hunter2 -c copy
        clips: -encryption_key hunter2 -segment_time 10 -c copy
        rtmp: -c copy -password hunter2 -f flv rtmp://host/hunter2
        detect: -metadata hunter2
    save_clips: {enabled: true}
    record: {enabled: true}
"""


async def test_no_door_gives_secrets_of_a_file_away(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    file = tmp_path / "frigate.yml"
    file.write_text(SECRETS_OF_A_FILE)
    entry = file_entry(file)
    await async_set_up(hass, entry)
    await async_until(lambda: "Camera front" in caplog.text)
    diagnostics = await _answers(hass, hass_client, entry)
    answer = await (await hass_client()).get("/api/frigate_native/config")
    attributes = json.dumps([state.as_dict() for state in hass.states.async_all()], default=str)
    issues = json.dumps([issue.translation_placeholders for issue in ir.async_get(hass).issues.values()])
    for text in (diagnostics, await answer.text(), caplog.text, attributes, issues):
        assert SECRET not in text
