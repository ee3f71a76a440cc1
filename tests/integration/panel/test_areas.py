"""Zones and masks in the panel's editor: read as fractions, saved to the camera's subentry, in force at once."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from homeassistant.core import HomeAssistant
from PIL import Image
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.frigate_native.const import DOMAIN
from tests.integration.system import (
    async_set_up,
    async_until,
    camera,
    camera_subentry,
    file_entry,
    ui_entry,
    write_file,
)
from tests.integration.web import async_open_views


def picture_mask() -> str:
    """Return a mask as a picture: white, so that it hides nothing."""
    content = BytesIO()
    Image.new("L", (768, 576), 255).save(content, "PNG")
    return b64encode(content.getvalue()).decode()


SQUARE = [[0, 0], [0.5, 0], [0.5, 0.5]]
ZONES = [{"name": "yard", "coordinates": "0,0,320,0,320,240", "is_required": True}]
PICTURE = "base64," + picture_mask()
NONE: dict[str, Any] = {"zones": [], "motion_masks": [], "object_masks": []}


@pytest.fixture
async def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return an entry of the forms with a camera of 640x480 that has a zone and a mask."""
    await async_open_views(hass)
    front = camera_subentry("Front", zones=ZONES, motion_masks=["poly,0.9,0,1,0,1,0.1", PICTURE], width=640, height=480)
    entry = ui_entry(front, camera_subentry("Back", url="/nowhere.mp4"))
    await async_set_up(hass, entry)
    return entry


async def _ask(client: Any, kind: str, entry: MockConfigEntry, **more: Any) -> dict[str, Any]:
    given = {"type": f"{DOMAIN}/panel/areas/{kind}", "entry_id": entry.entry_id, "camera": "front"}
    await client.send_json_auto_id(given | more)
    answer: dict[str, Any] = await client.receive_json()
    return answer


async def _areas(client: Any, entry: MockConfigEntry) -> dict[str, Any]:
    answer = await _ask(client, "get", entry)
    assert answer["success"], answer
    areas: dict[str, Any] = answer["result"]
    return areas


async def test_saved_areas_are_in_force_at_once(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    await async_until(lambda: entry.runtime_data.nvr.latest("front"))  # its size says where pixels are
    areas = await _areas(client, entry)
    assert areas["zones"][0] | {"points": None} == {
        "name": "Yard",
        "points": None,
        "objects": [],
        "inertia": 1,
        "loitering_time": 0,
        "is_required": True,
    }
    assert areas["motion_masks"] == [[[0.9, 0], [1, 0], [1, 0.1]]]
    zones = [*areas["zones"], {"name": "Gärten <b>", "points": SQUARE, "objects": ["person"], "loitering_time": 4}]
    answer = await _ask(client, "save", entry, **(areas | {"zones": zones, "object_masks": [SQUARE]}))
    assert answer["success"], answer
    await async_until(lambda: "garten_b" in entry.runtime_data.config.cameras["front"].zones)
    config = entry.runtime_data.config.cameras["front"]
    assert (config.zones["garten_b"].loitering_time, config.zones["garten_b"].friendly_name) == (4, "Gärten <b>")
    assert [mask.source for mask in config.objects.mask] == ["0.0000,0.0000,0.5000,0.0000,0.5000,0.5000"]
    assert config.save_clips.required_zones == ("yard",)
    (front, _) = entry.subentries.values()
    assert front.data["motion_masks"] == ["0.9000,0.0000,1.0000,0.0000,1.0000,0.1000", PICTURE]
    assert (await _areas(client, entry))["zones"][1]["name"] == "Gärten <b>"


@pytest.mark.parametrize(
    ("areas", "reason"),
    [
        ({"zones": [{"name": "Back", "points": SQUARE}]}, "zone_named_as_camera"),
        ({"zones": [{"name": "A", "points": SQUARE}, {"name": "a", "points": SQUARE}]}, "zone_named_twice"),
        ({"zones": [{"name": "A", "points": SQUARE[:2]}]}, "zones"),
        ({"motion_masks": [[[0, 0], [2, 0], [1, 1]]]}, "motion_masks"),
    ],
    ids=["name of a camera", "same name twice", "two points", "outside the picture"],
)
async def test_bad_areas_are_refused_and_nothing_changes(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    areas: dict[str, Any],
    reason: str,
) -> None:
    before = [dict(sub.data) for sub in entry.subentries.values()]
    answer = await _ask(await hass_ws_client(hass), "save", entry, **(NONE | areas))
    assert not answer["success"]
    assert reason in answer["error"]["message"]
    assert [dict(sub.data) for sub in entry.subentries.values()] == before


async def test_only_administrators_edit(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    client = await hass_ws_client(hass, hass_read_only_access_token)
    for kind, more in (("get", {}), ("save", NONE)):
        assert (await _ask(client, kind, entry, **more))["error"]["code"] == "unauthorized"


async def test_cameras_of_a_file_are_not_saved(
    hass: HomeAssistant, tmp_path: Path, hass_ws_client: WebSocketGenerator
) -> None:
    await async_open_views(hass)
    entry = file_entry(write_file(tmp_path, {"front": camera("/nowhere.mp4", width=640, height=480)}))
    await async_set_up(hass, entry)
    answer = await _ask(await hass_ws_client(hass), "save", entry, **NONE)
    assert "configuration file" in answer["error"]["message"]
