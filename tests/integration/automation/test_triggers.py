"""Triggers run automations for the events that are meant, and for no others."""

import re
from pathlib import Path
from typing import Any

import pytest
import voluptuous as vol
import yaml
from homeassistant.components import automation
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar, device_registry as dr, trigger as trigger_helper
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.frigate_native.const import DOMAIN

from ..object_messages import AUTOMATION_RAN, ObjectMessages, async_automations, async_quiet_system, device_id
from ..texts import ENGLISH, ICONS

CLEAR: dict[str, Any] = {"current_zones": ()}


def _on(kind: str, target: dict[str, Any] | None = None, **options: Any) -> dict[str, Any]:
    more = {"target": target} if target else {}
    return {"trigger": f"{DOMAIN}.{kind}", "options": options} | more


TRIGGERS = {
    "detected": _on("object_detected"),
    "people": _on("object_detected", labels="person"),
    "sure": _on("object_detected", min_score=0.75),
    "in_path": _on("object_detected", zones=["path"]),
    "updated": _on("event_updated"),
    "sure_updated": _on("event_updated", min_score=0.75),
    "ended": _on("event_ended"),
    "car_ended": _on("event_ended", labels=["car"]),
    "entered": _on("zone_entered"),
    "path_entered": _on("zone_entered", zones=["path"]),
    "left": _on("zone_left", labels=["person"]),
    "path_left": _on("zone_left", zones=["path"]),
    "clip": _on("clip_ready"),
    "car_clip": _on("clip_ready", labels=["car"]),
    "yard_clip": _on("clip_ready", zones=["yard"]),
}


async def test_triggers_run_for_each_change_of_an_event(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = await async_quiet_system(hass, tmp_path)
    since = await async_automations(hass, TRIGGERS)
    person = ObjectMessages(hass, entry, "1.5-person", top_score=0.6)
    await person.new()
    assert since() == {"detected detected", "people detected"}
    await person.update(current_zones=("yard",), entered_zones=("yard",))
    assert since() == {"updated updated", "entered zone_entered yard"}
    await person.update(top_score=0.8)
    assert since() == {"sure detected", "updated updated"}
    await person.update(current_zones=("path",), entered_zones=("yard", "path"))
    assert since() == {
        *("in_path detected", "updated updated", "sure_updated updated", "entered zone_entered path"),
        *("path_entered zone_entered path", "left zone_left yard"),
    }
    await person.update(**CLEAR)
    assert since() == {
        *("updated updated", "sure_updated updated", "left zone_left path", "path_left zone_left path"),
    }
    await person.update(current_zones=("path",))
    assert since() == {
        *("updated updated", "sure_updated updated", "entered zone_entered path", "path_entered zone_entered path"),
    }
    await person.end()
    assert since() == {"ended ended", "left zone_left path", "path_left zone_left path"}
    await person.clip()
    assert since() == {"clip clip_ready", "yard_clip clip_ready"}


async def test_triggers_run_only_for_events_that_match_their_options(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = await async_quiet_system(hass, tmp_path)
    since = await async_automations(hass, TRIGGERS)
    car = ObjectMessages(hass, entry, "2.5-car", label="car")
    await car.new(current_zones=("path",), entered_zones=("path",))
    assert since() == {
        *("detected detected", "sure detected", "in_path detected", "entered zone_entered path"),
        "path_entered zone_entered path",
    }
    await car.end(**CLEAR)
    assert since() == {"ended ended", "car_ended ended", "path_left zone_left path"}
    await car.clip(path=None)
    assert since() == set()  # it could not be made
    await ObjectMessages(hass, entry, "0.5-yesterday").clip(is_recovered=True)
    assert since() == set()  # its event ended in an earlier run


async def test_targets_mean_cameras_and_zones(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = await async_quiet_system(hass, tmp_path)
    front, yard = device_id(hass, entry, "camera/front_door"), device_id(hass, entry, "zone/yard")
    garden = ar.async_get(hass).async_create("Garden").id
    dr.async_get(hass).async_update_device(yard, area_id=garden)
    since = await async_automations(
        hass,
        {
            "camera_device": _on("object_detected", {"device_id": front}),
            "camera_entity": _on("object_detected", {"entity_id": "camera.front_door"}),
            "zone_device": _on("object_detected", {"device_id": yard}),
            "zone_area": _on("zone_entered", {"area_id": garden}),
            "zone_entity": _on("zone_left", {"entity_id": "event.yard_object"}),
            "camera_zones": _on("zone_entered", {"device_id": front}),
            "hub": _on("object_detected", {"device_id": device_id(hass, entry)}),
            "back": _on("object_detected", {"entity_id": "event.back_object"}),
            "nobody": _on("object_detected", {"entity_id": "light.kitchen"}),
            "back_clip": _on("clip_ready", {"entity_id": "event.back_object"}),
        },
    )
    person = ObjectMessages(hass, entry, "1.5-person")
    await person.new()
    assert since() == {"camera_device detected", "camera_entity detected", "hub detected"}
    await person.update(current_zones=("yard",), entered_zones=("yard",))
    assert since() == {"zone_device detected", "zone_area zone_entered yard", "camera_zones zone_entered yard"}
    await person.update(current_zones=("path",), entered_zones=("yard", "path"))
    assert since() == {"zone_entity zone_left yard", "camera_zones zone_entered path"}
    await person.end()
    await person.clip()
    assert since() == set()

    assert await hass.config_entries.async_reload(entry.entry_id)
    other = ObjectMessages(hass, entry, "2.5-other", camera="back")
    await other.new()
    assert since() == {"hub detected", "back detected"}
    await other.end()
    await other.clip()
    assert since() == {"back_clip clip_ready"}


async def test_followed_events_come_in_order_and_leave_the_camera_its_rest(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = await async_quiet_system(hass, tmp_path)
    options: dict[str, Any] = {
        "labels": ["person"],
        "zones": ["yard"],
        "cooldown": {"minutes": 1},
        "update_interval": 10,
    }
    since = await async_automations(hass, {"f": _on("event_followed", **options)})
    first, second, third = (ObjectMessages(hass, entry, f"1.5-{name}") for name in "abc")
    in_yard = {"current_zones": ("yard",), "entered_zones": ("yard",)}

    await first.new()
    assert since() == set()
    await first.update(20, **in_yard)
    assert since() == {"f detected"}
    await first.update(25)
    assert since() == set()  # sooner than ten seconds later
    await first.update(31)
    assert since() == {"f updated"}
    await first.end(33)
    assert since() == {"f ended"}

    await second.new(75, **in_yard)
    assert since() == set()  # the camera rests
    await ObjectMessages(hass, entry, "1.5-d", camera="back").new(76, **in_yard)
    assert since() == {"f detected"}  # another camera does not
    await first.clip()
    assert since() == {"f clip_ready"}
    await third.new(81, **in_yard)
    assert since() == {"f detected"}
    await second.update(82)
    await second.end(83)
    await second.clip()
    assert since() == set()  # what was left out stays so
    await ObjectMessages(hass, entry, "1.5-e", label="car").new(500, **in_yard)
    assert since() == set()


async def test_templates_know_the_event(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = await async_quiet_system(hass, tmp_path)
    words = "{{ trigger.label }}, {{ trigger.camera_name }}, {{ trigger.score }}, {{ trigger.zones }}, "
    words += "{{ trigger.before.current_zones }}, {{ trigger.after.current_zones }}, {{ trigger.thumbnail }}"
    config = {"triggers": [_on("zone_entered")], "actions": [{"event": AUTOMATION_RAN, "event_data": {"words": words}}]}
    told = async_capture_events(hass, AUTOMATION_RAN)
    assert await async_setup_component(hass, "automation", {"automation": config})
    person = ObjectMessages(hass, entry, "1.5-person")
    await person.new()
    await person.update(current_zones=("yard",), entered_zones=("yard",))
    thumbnail = "/api/frigate_native/notifications/1.5-person.jpg"
    assert [event.data["words"] for event in told] == [f"person, Front door, 0.8, ['yard'], [], ['yard'], {thumbnail}"]


async def test_zones_are_named_by_device_or_by_either_of_their_names(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = await async_quiet_system(hass, tmp_path)
    yard = device_id(hass, entry, "zone/yard")
    dr.async_get(hass).async_update_device(yard, name_by_user="Back garden")
    ways = {"device": yard, "name": "yard", "title": "Yard", "renamed": "back Garden "}
    since = await async_automations(
        hass,
        {f"in_{way}": _on("object_detected", zones=[zone]) for way, zone in ways.items()}
        | {f"into_{way}": _on("zone_entered", zones=zone) for way, zone in ways.items()}
        | {"path": _on("object_detected", zones="Path")},
    )
    person = ObjectMessages(hass, entry, "1.5-person")
    await person.new()
    assert since() == set()
    await person.update(current_zones=("yard",), entered_zones=("yard",))
    assert since() == {f"in_{way} detected" for way in ways} | {f"into_{way} zone_entered yard" for way in ways}


async def test_unknown_zones_are_refused_while_all_systems_run(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = await async_quiet_system(hass, tmp_path)
    typo = [{"platform": f"{DOMAIN}.zone_left", "options": {"zones": ["yrad"]}}]
    with pytest.raises(vol.Invalid, match="there is no zone 'yrad'; did you mean Yard\\? \\(zones: Path, Yard\\)"):
        await trigger_helper.async_validate_trigger_config(hass, typo)
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert await trigger_helper.async_validate_trigger_config(hass, typo)  # automations are set up before cameras


@pytest.mark.parametrize("target", [{}, {"target": {}}, {"target": {"device_id": []}}], ids=["none", "empty", "list"])
async def test_no_target_means_all_cameras_unless_that_is_turned_off(
    hass: HomeAssistant, target: dict[str, Any]
) -> None:
    trigger: dict[str, Any] = {"platform": f"{DOMAIN}.object_detected"} | target
    assert await trigger_helper.async_validate_trigger_config(hass, [trigger])
    trigger["options"] = {"all_cameras": False}
    with pytest.raises(vol.Invalid, match="choose cameras or zones, or turn on 'All cameras'"):
        await trigger_helper.async_validate_trigger_config(hass, [trigger])
    trigger["target"] = {"area_id": "garden"}
    assert await trigger_helper.async_validate_trigger_config(hass, [trigger])


@pytest.mark.parametrize(
    ("kind", "options", "words"),
    [
        ("object_detected", {"min_score": 70}, "a score is between 0 and 1"),
        ("object_detected", {"lables": ["person"]}, "lables"),
        ("zone_entered", {"zones": [""]}, "zones"),
        ("object_detected", {"cooldown": 5}, "cooldown"),
        ("event_followed", {"cooldown": -5}, "cooldown"),
        ("object_lost", {}, "Invalid trigger"),
    ],
)
async def test_wrong_options_are_refused(hass: HomeAssistant, kind: str, options: dict[str, Any], words: str) -> None:
    with pytest.raises(vol.Invalid, match=words):
        await trigger_helper.async_validate_trigger_config(hass, [{"platform": f"{DOMAIN}.{kind}", "options": options}])


async def test_documented_automations_are_valid(hass: HomeAssistant, repository: Path) -> None:
    text = (repository / "docs" / "automations.md").read_text()
    blocks = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)]
    automations = [block for block in blocks if "alias" in block]
    assert automations
    assert await async_setup_component(hass, automation.DOMAIN, {automation.DOMAIN: automations})
    assert [state.state for state in hass.states.async_all(automation.DOMAIN)] == ["on"] * len(automations)


async def test_editor_finds_all_triggers_with_their_words(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, automation.DOMAIN, {})
    assert await async_setup_component(hass, DOMAIN, {})
    await hass.async_block_till_done()
    described = await trigger_helper.async_get_all_descriptions(hass)
    ours = {key.removeprefix(f"{DOMAIN}."): value for key, value in described.items() if key.startswith(f"{DOMAIN}.")}
    assert set(ours) == set(ENGLISH["triggers"]) == set(ICONS["triggers"])
    for key, description in ours.items():
        assert description is not None
        assert set(description["fields"]) == set(ENGLISH["triggers"][key]["fields"])
        empty = {"platform": f"{DOMAIN}.{key}"}
        (accepted,) = await trigger_helper.async_validate_trigger_config(hass, [empty])
        assert set(accepted["options"]) == set(description["fields"])
