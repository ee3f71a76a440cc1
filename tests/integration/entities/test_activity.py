"""Activity says who, where and how sure."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from homeassistant.components.recorder import Recorder
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.components.recorder.common import async_wait_recording_done
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.frigate_native.engine.messages import CameraMessage, CameraState

from ..object_messages import ObjectMessages, async_quiet_system


@pytest.fixture(autouse=True)
def _our_integration(recorder_mock: Recorder, enable_custom_integrations: None) -> None:
    """Keep the history, which must be set up first, and let Home Assistant find our integration."""


@pytest.fixture(autouse=True)
def _media_of_its_own(_our_integration: None, hass: HomeAssistant, tmp_path: Path) -> None:
    hass.config.media_dirs = {"local": str(tmp_path / "media")}


async def _async_lines(hass: HomeAssistant, client: WebSocketGenerator, **wanted: Any) -> list[Mapping[str, Any]]:
    """Return the lines of Activity."""
    await async_wait_recording_done(hass)
    socket = await client()
    since = (dt_util.utcnow() - timedelta(hours=1)).isoformat()
    await socket.send_json_auto_id({"type": "logbook/get_events", "start_time": since} | wanted)
    answer = await socket.receive_json()
    assert answer["success"], answer
    lines: list[Mapping[str, Any]] = answer["result"]
    return lines


async def _async_visit(hass: HomeAssistant, folder: Path) -> None:
    assert await async_setup_component(hass, "logbook", {})
    entry = await async_quiet_system(hass, folder)
    person = ObjectMessages(hass, entry, "1.5-person", top_score=0.8912)
    await person.new(current_zones=("yard",), entered_zones=("yard",))
    await person.update(1, current_zones=("yard", "path"), entered_zones=("yard", "path"))
    await person.end(42)
    await person.clip()


async def test_activity_names_object_zone_and_score(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, tmp_path: Path
) -> None:
    await _async_visit(hass, tmp_path)
    lines = await _async_lines(hass, hass_ws_client)
    ours = [line for line in lines if "Person" in line.get("message", "")]  # its stream fails as well
    assert [line["message"] for line in ours] == [
        "Person detected in Yard, 89 %",
        "Person entered Path, 89 %",
        "Person gone after 42 s, 89 %",
        "Clip ready: Person, 89 %",
    ]
    assert {line["entity_id"] for line in ours} == {"camera.front_door"}
    assert {line["name"] for line in ours} == {"Person on Front door, 89 %"}


async def test_lines_of_event_entities_name_their_object(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, tmp_path: Path
) -> None:
    await _async_visit(hass, tmp_path)
    lines = await _async_lines(hass, hass_ws_client, entity_ids=["event.front_door_object", "event.path_object"])
    states = [line for line in lines if line.get("entity_id", "").startswith("event.")]
    assert len(states) >= 4
    assert {line.get("context_name") for line in states} == {"Person on Front door, 89 %"}


async def test_activity_of_connectivity_gives_the_reason(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, tmp_path: Path
) -> None:
    assert await async_setup_component(hass, "logbook", {})
    entry = await async_quiet_system(hass, tmp_path)
    bridge = entry.runtime_data.bridge
    for state, text in ((CameraState.RUNNING, ""), (CameraState.FAILED, "the camera refuses the connection")):
        bridge.receive(CameraMessage(camera="front_door", state=state, text=text))
        await hass.async_block_till_done()
    lines = await _async_lines(hass, hass_ws_client, entity_ids=["binary_sensor.front_door_connectivity"])
    lost = [line for line in lines if line.get("state") == "off"]
    assert [line["context_name"] for line in lost][-1:] == ["the camera refuses the connection"]
    everything = await _async_lines(hass, hass_ws_client)
    assert "Stream failed: the camera refuses the connection" in {line.get("message") for line in everything}
