"""The official integration's names are its own as soon as it is set up."""

from typing import Any

import pytest
from aiohttp import web
from homeassistant.components import websocket_api
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.helpers.http import HomeAssistantView
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockModule, mock_integration, mock_platform
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator, WebSocketGenerator

from ..system import async_set_up, async_store_event, camera_subentry, ui_entry
from ..web import async_open_views

COMMAND = {"type": "frigate/events/get", "instance_id": "frigate"}


class _OfficialView(HomeAssistantView):
    url = "/api/frigate/notifications/{event_id}/thumbnail.jpg"
    name = "api:frigate:official"
    requires_auth = False

    async def get(self, request: web.Request, **_parts: str) -> web.Response:
        return web.Response(text="official")


def _install(hass: HomeAssistant) -> None:
    """Let Home Assistant find an integration with the official one's name."""

    async def async_setup(_hass: HomeAssistant, _config: Any) -> bool:
        return True

    async def async_setup_entry(hass: HomeAssistant, _entry: Any) -> bool:
        return True

    mock_integration(hass, MockModule("frigate", async_setup=async_setup, async_setup_entry=async_setup_entry))
    mock_platform(hass, "frigate.config_flow")


async def test_a_later_official_integration_takes_its_names_back(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    hass_client_no_auth: ClientSessionGenerator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await async_open_views(hass)
    hass.http.register_view(_OfficialView)  # the test's server accepts no path later
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"))
    await async_set_up(hass, entry)
    event = await async_store_event(entry, "front", "person", 1_795_334_400.5, thumbnail=b"\xff\xd8")
    client, stranger = await hass_ws_client(hass), await hass_client_no_auth()
    path = f"/api/frigate/notifications/{event.id}/thumbnail.jpg"
    await client.send_json_auto_id(COMMAND)
    assert (await client.receive_json())["success"]
    assert (await stranger.get(path)).content_type == "image/jpeg"
    assert hass.services.has_service("frigate", "create_event")

    _install(hass)
    official = MockConfigEntry(domain="frigate", title="Official")
    await hass.config_entries.async_add(official)
    assert "frigate" in hass.config.components
    await hass.async_block_till_done()
    await client.send_json_auto_id(COMMAND)
    assert (await client.receive_json())["error"]["code"] == websocket_api.ERR_UNKNOWN_COMMAND
    assert await (await stranger.get(path)).text() == "official"
    assert not hass.services.has_service("frigate", "create_event")
    assert "its own again" in caplog.text
    assert await hass.config_entries.async_unload(entry.entry_id)


@pytest.mark.parametrize(("disabled_by", "is_ours"), [(None, False), (ConfigEntryDisabler.USER, True)])
async def test_an_earlier_official_integration_keeps_its_names(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    *,
    disabled_by: ConfigEntryDisabler | None,
    is_ours: bool,
) -> None:
    MockConfigEntry(domain="frigate", title="Official", disabled_by=disabled_by).add_to_hass(hass)
    await async_open_views(hass)
    assert await async_setup_component(hass, "media_source", {})
    assert hass.services.has_service("frigate", "create_event") is is_ours
    client = await hass_ws_client(hass)
    await client.send_json_auto_id(COMMAND)
    assert (await client.receive_json())["error"]["code"] == ("not_found" if is_ours else "unknown_command")
