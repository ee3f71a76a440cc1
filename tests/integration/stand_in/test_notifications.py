"""What the notification blueprint does: it waits for review items over MQTT, and sends links that open."""

import asyncio
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_capture_events
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.frigate_native.engine.messages import EventType, Feature, ReviewMessage
from tests.broker import Broker
from tests.servers import PATIENCE_S

from ..mqtt.test_home_assistant import async_set_up_mqtt
from ..recorded import async_record
from ..system import async_set_up, async_store_event, async_until, camera_subentry, review_item, state, ui_entry
from ..web import async_open_views

START = 1_795_334_400
LINK = "/api/frigate/{{ instance }}/notifications/{{ detection }}"
NOTIFY: dict[str, Any] = {
    "event": "notified",
    "event_data": {
        "kind": "{{ wait.trigger.payload_json.type if wait is defined else 'new' }}",
        "links": [f"{LINK}/{name}" for name in ("thumbnail.jpg", "front/clip.mp4", "front/master.m3u8")],
    },
}
OF_ITEM: dict[str, Any] = {
    "trigger": "mqtt",
    "topic": "frigate/reviews",
    "payload": "{{ first.id }}",
    "value_template": "{{ value_json.after.id }}",
}
AUTOMATION: dict[str, Any] = {
    "id": "notify",
    "triggers": [{"trigger": "mqtt", "topic": "frigate/reviews"}],
    "conditions": [
        "{{ trigger.payload_json.type == 'new' and trigger.payload_json.after.severity == 'alert' }}",
        "{{ trigger.payload_json.after.camera == state_attr('camera.front', 'camera_name') }}",
    ],
    "actions": [
        {
            "variables": {
                "first": "{{ trigger.payload_json.after }}",
                "instance": "{{ state_attr('camera.front', 'client_id') }}",
                "detection": "{{ trigger.payload_json.after.data.detections[0] }}",
            }
        },
        {
            "repeat": {
                "until": "{{ wait.trigger.payload_json.type == 'end' }}",
                "sequence": [NOTIFY, {"wait_for_trigger": OF_ITEM}],
            }
        },
        NOTIFY,
    ],
}


async def test_an_alert_its_update_and_its_end_notify_with_links_that_open(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator, tmp_path: Path, socket_enabled: None
) -> None:
    (tmp_path / "configuration.yaml").touch()
    hass.config.config_dir = str(tmp_path)
    with Broker(tmp_path) as broker:
        await async_open_views(hass)
        await async_set_up_mqtt(hass, broker)
        entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"), options={"http": {"public_clips": True}})
        await async_set_up(hass, entry)
        await async_record(entry, "front", START, 3)
        # A camera that is off is available without a stream, and tells of nothing itself.
        entry.runtime_data.nvr.set_feature("front", Feature.ENABLED, is_on=False)
        await async_until(lambda: state(hass, "camera.front") == "idle")
        assert await async_setup_component(hass, "automation", {"automation": AUTOMATION})
        notified = async_capture_events(hass, "notified")
        event = await async_store_event(entry, "front", "person", START + 10.5, thumbnail=b"\xff\xd8")
        for kind in ("new", "update", "end"):
            end = time.monotonic() + PATIENCE_S
            while kind not in [one.data["kind"] for one in notified]:  # the automation may not listen yet
                await _publish(entry, EventType(kind), event.id)
                assert time.monotonic() < end
                await asyncio.sleep(0.5)
        stranger = await hass_client_no_auth()
        for link in notified[-1].data["links"]:
            assert (await stranger.get(link)).status == HTTPStatus.OK, link
        assert await hass.config_entries.async_unload(entry.entry_id)


async def _publish(entry: MockConfigEntry, kind: EventType, event_id: str) -> None:
    """Let the system tell of a review item as its cameras do."""
    item = review_item("front", START, event_ids=(event_id,))
    message = ReviewMessage(type=kind, before=item, after=item)
    await asyncio.to_thread(entry.runtime_data.nvr._notify, message)
