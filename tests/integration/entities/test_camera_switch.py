"""A camera that is switched off is not connected, not recorded and shows nothing, also after a restart."""

from http import HTTPStatus

import pytest
from homeassistant.components.camera import async_get_image
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.frigate_native.recording.plan_builder import build_plan

from ..system import async_set_up, async_until, camera_subentry, state, ui_entry
from ..web import BASE, async_open_views, is_black, picture_of


def _planned(entry: MockConfigEntry) -> set[str]:
    return {one.camera for one in build_plan(entry.runtime_data.nvr.current_config(), "UTC").inputs}


async def _switch(hass: HomeAssistant, action: str) -> None:
    await hass.services.async_call("camera", action, {"entity_id": "camera.front"}, blocking=True)


async def test_privacy(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> None:
    await async_open_views(hass)
    assert await async_setup_component(hass, "camera", {})
    entry = ui_entry(camera_subentry("Front", record=True))
    await async_set_up(hass, entry)
    client = await hass_client()

    async def is_dark() -> bool:
        answer = await client.get(f"{BASE}/front/latest.jpg")
        assert answer.status == HTTPStatus.OK
        return is_black(picture_of(await answer.read()))

    await async_until(lambda: entry.runtime_data.nvr.latest("front"))
    assert (state(hass, "camera.front"), _planned(entry)) == ("streaming", {"front"})
    assert not await is_dark()

    await _switch(hass, "turn_off")
    data = entry.runtime_data
    await async_until(lambda: data.nvr.latest("front") is None)
    await async_until(lambda: state(hass, "binary_sensor.front_connectivity") == "off")
    assert (state(hass, "camera.front"), _planned(entry)) == ("idle", set())
    assert await is_dark()
    with pytest.raises(HomeAssistantError):
        await async_get_image(hass, "camera.front")

    assert await hass.config_entries.async_reload(entry.entry_id)
    assert state(hass, "camera.front") == "idle"
    assert entry.runtime_data.nvr.latest("front") is None

    await _switch(hass, "turn_on")
    await async_until(lambda: entry.runtime_data.nvr.latest("front"))
    await async_until(lambda: state(hass, "camera.front") == "streaming")
    await _switch(hass, "turn_off")
    await async_until(lambda: entry.runtime_data.nvr.latest("front") is None)
    await _switch(hass, "turn_on")
    await async_until(lambda: entry.runtime_data.nvr.latest("front"))
    assert (await async_get_image(hass, "camera.front")).content
    assert await hass.config_entries.async_unload(entry.entry_id)
