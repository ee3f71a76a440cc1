"""The review trigger runs automations for the changes, severities and cameras that are meant."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import voluptuous as vol
from homeassistant.core import HomeAssistant
from homeassistant.helpers import trigger as trigger_helper
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_capture_events
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.frigate_native.const import DOMAIN
from custom_components.frigate_native.engine.messages import EventType, ReviewMessage, ReviewState, Severity
from custom_components.frigate_native.engine.store import ReviewWrite

from ..object_messages import AUTOMATION_RAN, async_automations, async_quiet_system, device_id
from ..system import async_tell, review_item
from ..web import async_open_views

NOON = 1_700_000_000.0


def _on(target: dict[str, Any] | None = None, **options: Any) -> dict[str, Any]:
    return {"trigger": f"{DOMAIN}.review_item", "options": options} | ({"target": target} if target else {})


async def _send(
    hass: HomeAssistant, entry: MockConfigEntry, kind: EventType, after: ReviewState, before: ReviewState | None = None
) -> None:
    entry.runtime_data.bridge.receive(ReviewMessage(type=kind, before=before or after, after=after))
    await hass.async_block_till_done()


async def test_trigger_runs_for_the_changes_and_severities_that_are_meant(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = await async_quiet_system(hass, tmp_path)
    since = await async_automations(
        hass,
        {
            "all": _on(),
            "alerts": _on(severity="alert", changes=["new", "became_alert"]),
            "detections": _on(severity=["detection"]),
            "ends": _on(changes="ended"),
        },
    )
    opened = review_item("front_door", NOON, severity=Severity.DETECTION, end_time=None)
    await _send(hass, entry, EventType.NEW, opened)
    assert since() == {"all new", "detections new"}
    more = replace(opened, labels=("person", "dog"))
    await _send(hass, entry, EventType.UPDATE, more, opened)
    assert since() == set()
    alert = replace(more, severity=Severity.ALERT)
    await _send(hass, entry, EventType.UPDATE, alert, more)
    assert since() == {"all became_alert", "alerts became_alert"}
    await _send(hass, entry, EventType.UPDATE, replace(alert, zones=("path",)), alert)
    assert since() == set()
    await _send(hass, entry, EventType.END, replace(alert, end_time=NOON + 9), alert)
    assert since() == {"all ended", "ends ended"}


async def test_targets_mean_cameras_and_the_zones_that_were_entered(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = await async_quiet_system(hass, tmp_path)
    since = await async_automations(
        hass,
        {
            "front": _on({"device_id": device_id(hass, entry, "camera/front_door")}),
            "back": _on({"entity_id": "camera.back"}),
            "yard": _on({"device_id": device_id(hass, entry, "zone/yard")}),
            "hub": _on({"device_id": device_id(hass, entry)}),
        },
    )
    await _send(hass, entry, EventType.NEW, review_item("front_door", NOON, zones=()))
    assert since() == {"front new", "hub new"}
    await _send(hass, entry, EventType.END, review_item("front_door", NOON, zones=("yard",)))
    assert since() == {"front ended", "hub ended", "yard ended"}
    await _send(hass, entry, EventType.NEW, review_item("back", NOON, zones=()))
    assert since() == {"back new", "hub new"}


async def test_templates_know_the_item_and_its_thumbnail_needs_no_login(
    hass: HomeAssistant, tmp_path: Path, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await async_open_views(hass)
    entry = await async_quiet_system(hass, tmp_path)
    words = "{{ trigger.severity }}, {{ trigger.camera_name }}, {{ trigger.objects }}, {{ trigger.zones }}, "
    words += "{{ trigger.review_id }}, {{ trigger.event_ids }}, {{ trigger.after.data.objects }}"
    facts = {"words": words, "path": "{{ trigger.thumbnail }}", "link": "{{ trigger.thumbnail_link }}"}
    config = {"triggers": [_on()], "actions": [{"event": AUTOMATION_RAN, "event_data": facts}]}
    told = async_capture_events(hass, AUTOMATION_RAN)
    assert await async_setup_component(hass, "automation", {"automation": config})
    item = review_item("front_door", NOON)
    await async_tell(entry, lambda store: store.reviews.write([ReviewWrite(state=item, webp=b"picture")]))
    await _send(hass, entry, EventType.END, item)
    (ran,) = told
    known = f"alert, Front door, ['person'], ['yard'], {item.id}, ['{item.event_ids[0]}'], ['person']"
    assert ran.data["words"] == known
    client = await hass_client_no_auth()
    assert (await client.get(ran.data["path"])).status == 401
    answer = await client.get(ran.data["link"])
    assert (answer.status, await answer.read()) == (200, b"picture")


@pytest.mark.parametrize(
    "options", [{"severity": "high"}, {"changes": ["updated"]}, {"labels": "person"}, {"all_cameras": False}]
)
async def test_wrong_options_are_refused(hass: HomeAssistant, options: dict[str, Any]) -> None:
    config = {"platform": f"{DOMAIN}.review_item", "options": options}
    with pytest.raises(vol.Invalid):
        await trigger_helper.async_validate_trigger_config(hass, [config])
