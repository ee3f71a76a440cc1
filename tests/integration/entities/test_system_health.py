"""What is on the page System information, and the card to be copied from the entry's page."""

import yaml
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry, get_system_health_info

from custom_components.frigate_native.const import DOMAIN

from ..texts import ENGLISH


async def test_system_information_counts_cameras(hass: HomeAssistant, quiet: MockConfigEntry) -> None:
    assert await async_setup_component(hass, "system_health", {})
    await hass.async_block_till_done()
    info = await get_system_health_info(hass, DOMAIN)
    assert (info["cameras"], info["cameras_running"], info["official_integration"]) == (2, 0, False)
    assert set(info) == set(ENGLISH["system_health"]["info"])


async def test_card_to_copy_names_every_camera(hass: HomeAssistant, quiet: MockConfigEntry) -> None:
    flow = await hass.config_entries.subentries.async_init((quiet.entry_id, "card"), context={"source": "user"})
    assert (flow["type"], flow["reason"]) == ("abort", "card")
    words = flow["description_placeholders"]
    assert words is not None
    card = yaml.safe_load(words["card"])
    assert card["type"] == "custom:advanced-camera-card"
    cameras = {one["camera_entity"]: one["frigate"] for one in card["cameras"]}
    assert cameras == {f"camera.{name}": {"camera_name": name, "client_id": "frigate"} for name in ("front", "back")}
