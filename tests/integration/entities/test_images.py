"""The image of the last object: before there is one, and in which size."""

from http import HTTPStatus

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from PIL import Image
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.engine.builders import snapshot_message

from ..system import async_until, attribute, state
from ..web import is_black, picture_of

PERSON = "image.front_person"


@pytest.fixture(autouse=True)
async def _views(hass: HomeAssistant) -> None:
    """Register the image proxy before the server starts."""
    assert await async_setup_component(hass, "image", {})


async def _async_show(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    entry.runtime_data.bridge.receive(snapshot_message("front", "person"))
    await hass.async_block_till_done()


async def _async_fetch(hass: HomeAssistant, client_of: ClientSessionGenerator) -> Image.Image:
    client = await client_of()
    response = await client.get(f"/api/image_proxy/{PERSON}?token={attribute(hass, PERSON, 'access_token')}")
    assert response.status == HTTPStatus.OK
    return picture_of(await response.read())


async def test_image_before_the_first_object_is_black(
    hass: HomeAssistant, quiet: MockConfigEntry, hass_client_no_auth: ClientSessionGenerator
) -> None:
    assert state(hass, PERSON) == "unknown"
    assert is_black(await _async_fetch(hass, hass_client_no_auth))


async def test_entity_shows_its_icon_before_the_first_object(hass: HomeAssistant, quiet: MockConfigEntry) -> None:
    found = hass.states.get(PERSON)
    assert found
    assert "entity_picture" not in found.attributes

    await _async_show(hass, quiet)
    assert attribute(hass, PERSON, "entity_picture").startswith(f"/api/image_proxy/{PERSON}?token=")


async def test_image_is_as_large_as_the_snapshots_when_they_are_on(
    hass: HomeAssistant, quiet: MockConfigEntry, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await _async_show(hass, quiet)
    assert (await _async_fetch(hass, hass_client_no_auth)).size == (175, 175)

    await hass.services.async_call("switch", "turn_on", {"entity_id": "switch.front_snapshots"}, blocking=True)
    await async_until(lambda: state(hass, "switch.front_snapshots") == "on")
    frame = snapshot_message("front", "person").picture.frame
    assert (await _async_fetch(hass, hass_client_no_auth)).size == tuple(frame.size)
