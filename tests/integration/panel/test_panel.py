"""The panel: in the sidebar while there is an entry, its files, and the cameras that its user may see."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components.frontend import DATA_PANELS
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator, WebSocketGenerator

from custom_components.frigate_native.const import DOMAIN
from tests.integration.system import async_set_up, camera, file_entry, write_file
from tests.integration.web import async_open_views

SYSTEMS = {"type": f"{DOMAIN}/panel/systems"}
PANEL = "frigate-native"


@pytest.fixture
async def entry(hass: HomeAssistant, tmp_path: Path) -> MockConfigEntry:
    """Return a system with two cameras, in a Home Assistant that counts as one with a frontend."""
    await async_open_views(hass)
    hass.config.components.add("frontend")
    zones = {"zones": {"yard": {"coordinates": "0,0,100,0,100,100", "friendly_name": "<img onerror>"}}}
    cameras = {"front": camera("/nowhere.mp4", **zones), "back": camera("/nowhere.mp4")}
    entry = file_entry(write_file(tmp_path, cameras))
    await async_set_up(hass, entry)
    return entry


async def _systems(client: Any) -> list[dict[str, Any]]:
    await client.send_json_auto_id(SYSTEMS)
    answer = await client.receive_json()
    assert answer["success"], answer
    systems: list[dict[str, Any]] = answer["result"]["systems"]
    return systems


async def test_panel_is_in_the_sidebar_until_the_last_entry_is_removed(
    hass: HomeAssistant, entry: MockConfigEntry, hass_client_no_auth: ClientSessionGenerator
) -> None:
    panel = hass.data[DATA_PANELS][PANEL]
    assert (panel.sidebar_title, panel.require_admin) == ("Frigate", False)
    assert panel.config is not None
    answer = await (await hass_client_no_auth()).get(panel.config["_panel_custom"]["module_url"])
    assert answer.status == HTTPStatus.OK
    assert "frigate-native-panel" in await answer.text()
    assert "max-age" in answer.headers["Cache-Control"]
    await hass.config_entries.async_reload(entry.entry_id)
    assert PANEL in hass.data[DATA_PANELS]
    await hass.config_entries.async_remove(entry.entry_id)
    assert PANEL not in hass.data[DATA_PANELS]


async def test_systems_have_their_cameras_with_entities(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    (system,) = await _systems(await hass_ws_client(hass))
    assert (system["entry_id"], system["is_editable"]) == (entry.entry_id, False)
    front, back = system["cameras"]
    assert (front["name"], front["title"], back["name"]) == ("front", "Front", "back")
    assert front["zones"] == [{"name": "yard", "title": "<img onerror>"}]
    assert front["entities"]["camera"] == front["entity_id"] == "camera.front"
    assert front["entities"]["detect"].startswith("switch.front")
    assert front["entities"]["occupancy/person"].startswith("binary_sensor.front")
    assert not front["is_recorded"]


async def test_users_get_only_cameras_that_they_may_see(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    user = MockUser().add_to_hass(hass)
    user.mock_policy({"entities": {"entity_ids": {"camera.back": {POLICY_READ: True}}}})
    token = await hass.auth.async_create_refresh_token(user, "https://example.com/app")
    client = await hass_ws_client(hass, hass.auth.async_create_access_token(token))
    (system,) = await _systems(client)
    assert [one["name"] for one in system["cameras"]] == ["back"]
