"""Conditions tell whether cameras and zones hold objects."""

from pathlib import Path
from typing import Any

import pytest
import voluptuous as vol
from homeassistant.core import HomeAssistant
from homeassistant.helpers import condition
from homeassistant.setup import async_setup_component

from custom_components.frigate_native.const import DOMAIN
from custom_components.frigate_native.engine.messages import CountMessage

from ..object_messages import device_id
from ..system import async_set_up, async_until, camera, count, file_entry, state, write_file
from ..texts import ENGLISH, ICONS

ZONE = {"campus": {"coordinates": "0,0,768,0,768,576,0,576"}}
NOBODY_THERE = {"entity_id": "event.dead_object"}


async def _async_checker(
    hass: HomeAssistant, kind: str, target: dict[str, Any] | None = None, **options: Any
) -> condition.ConditionChecker:
    config: dict[str, Any] = {"condition": f"{DOMAIN}.{kind}", "options": options}
    if target:
        config["target"] = target
    return await condition.async_from_config(hass, await condition.async_validate_condition_config(hass, config))


async def test_people_on_footage_are_present_and_bears_are_not(hass: HomeAssistant, tmp_path: Path) -> None:
    labels = {"track": ["person", "bear", "horse"]}
    cameras = {"front": camera(zones=ZONE, objects=labels), "dead": camera("/nowhere.mp4", objects=labels)}
    entry = file_entry(write_file(tmp_path, cameras))
    await async_set_up(hass, entry)
    campus = {"device_id": device_id(hass, entry, "zone/campus")}
    front = {"entity_id": "camera.front"}
    checkers: list[condition.ConditionChecker] = []

    async def holds(kind: str, target: dict[str, Any] | None = None, **options: Any) -> bool | None:
        checker = await _async_checker(hass, kind, target, **options)
        checkers.append(checker)
        return checker.async_check()

    is_there = await _async_checker(hass, "object_present", campus, labels="person")
    checkers.append(is_there)
    await async_until(is_there.async_check)
    assert count(hass, "sensor.campus_person_count")
    assert await holds("object_present", front)
    assert await holds("object_present")
    assert not await holds("object_present", front, count=1000)
    assert not await holds("object_present", front, labels=["bear", "horse"])
    assert await holds("object_absent", front, labels=["bear", "horse"])
    assert not await holds("object_absent", campus, labels=["bear", "person"])

    bridge = entry.runtime_data.bridge
    for label in ("bear", "horse"):
        bridge.receive(CountMessage(place="front", is_zone=False, label=label, count=1))
    await hass.async_block_till_done()
    assert await holds("object_present", front, labels=["bear", "horse"], count=2)
    assert not await holds("object_present", front, labels=["bear", "horse"], count=3)
    assert not await holds("object_present", campus, labels=["bear"])

    assert state(hass, "camera.dead") == "unavailable"
    assert not await holds("object_present", NOBODY_THERE)
    assert not await holds("object_absent", NOBODY_THERE)  # nobody can tell
    both = {"entity_id": ["camera.front", "event.dead_object"]}
    assert await holds("object_present", both, labels="bear", behavior="any")
    assert not await holds("object_present", both, labels="bear", behavior="all")
    assert await holds("object_present", front, labels="bear", behavior="all")

    assert await hass.config_entries.async_unload(entry.entry_id)
    assert not is_there.async_check()
    for checker in checkers:
        checker.async_unload()


@pytest.mark.parametrize(
    ("kind", "options", "words"),
    [
        ("object_present", {"count": 0}, "count"),
        ("object_present", {"behavior": "most"}, "behavior"),
        ("object_absent", {"count": 1}, "count"),
        ("object_absent", {"all_cameras": False}, "no target is set"),
        ("object_lost", {}, "Invalid condition"),
    ],
)
async def test_wrong_options_are_refused(hass: HomeAssistant, kind: str, options: dict[str, Any], words: str) -> None:
    with pytest.raises(vol.Invalid, match=words):
        await _async_checker(hass, kind, **options)


async def test_editor_finds_all_conditions_with_their_words(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, "automation", {})
    assert await async_setup_component(hass, DOMAIN, {})
    await hass.async_block_till_done()
    described = await condition.async_get_all_descriptions(hass)
    ours = {key.removeprefix(f"{DOMAIN}."): value for key, value in described.items() if key.startswith(f"{DOMAIN}.")}
    assert set(ours) == set(ENGLISH["conditions"]) == set(ICONS["conditions"])
    for key, description in ours.items():
        assert description is not None
        assert set(description["fields"]) == set(ENGLISH["conditions"][key]["fields"])
        empty = {"condition": f"{DOMAIN}.{key}"}
        accepted = await condition.async_validate_condition_config(hass, empty)
        assert set(accepted["options"]) == set(description["fields"])
