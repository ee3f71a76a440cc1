"""Events by WebSocket."""

from typing import Any

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import MockHAClientWebSocket, WebSocketGenerator

from custom_components.frigate_native.automation import event_commands
from custom_components.frigate_native.const import DOMAIN
from custom_components.frigate_native.engine.messages import EventMessage, EventType, ObjectState

from ..system import async_set_up, async_store_event, camera_subentry, ui_entry


def _event(camera: str, label: str) -> EventMessage:
    moment = ObjectState(
        id="1.5-abc",
        camera=camera,
        frame_time=1.5,
        label=label,
        top_score=0.8,
        false_positive=False,
        start_time=1.5,
        end_time=None,
        score=0.8,
        box=(1, 2, 3, 4),
        area=4,
        region=(0, 0, 300, 300),
        current_zones=(),
        entered_zones=(),
    )
    return EventMessage(type=EventType.NEW, before=moment, after=moment)


async def test_filters_choose_camera_label_and_entry_and_outlive_a_reload(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator
) -> None:
    entry = ui_entry(camera_subentry("Quiet", "/nowhere.mp4"))
    await async_set_up(hass, entry)
    websocket = await hass_ws_client(hass)

    async def command(**message: Any) -> dict[str, Any]:
        await websocket.send_json_auto_id(message)
        answer: dict[str, Any] = await websocket.receive_json()
        return answer

    wanted = {"type": "frigate_native/events/subscribe", "cameras": ["front"], "labels": ["car"]}
    answer = await command(**wanted, entry_id=entry.entry_id)
    assert answer["success"]
    assert await hass.config_entries.async_reload(entry.entry_id)
    bridge = entry.runtime_data.bridge
    for event in (_event("back", "car"), _event("front", "person"), _event("front", "car")):
        bridge.receive(event)
    told = await websocket.receive_json()
    assert told["event"]["payload"]["after"]["camera"] == "front"
    assert told["event"]["payload"]["after"]["label"] == "car"

    assert (await command(type="unsubscribe_events", subscription=answer["id"]))["success"]
    bridge.receive(_event("front", "car"))
    assert (await command(type="ping"))["type"] == "pong"  # nothing else came before it


async def test_unknown_entry_is_refused(hass: HomeAssistant, hass_ws_client: WebSocketGenerator) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    websocket = await hass_ws_client(hass)
    await websocket.send_json_auto_id({"type": "frigate_native/events/subscribe", "entry_id": "nobody"})
    answer = await websocket.receive_json()
    assert answer["error"]["translation_key"] == "entry_not_found"


async def test_event_is_made_found_kept_ended_and_deleted(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, hass_read_only_access_token: str
) -> None:
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"))
    await async_set_up(hass, entry)
    admin, guest = await hass_ws_client(hass), await hass_ws_client(hass, hass_read_only_access_token)

    async def ask(kind: str, *, of: MockHAClientWebSocket = admin, **message: Any) -> Any:
        await of.send_json_auto_id({"type": f"frigate_native/{kind}"} | message)
        answer = await of.receive_json()
        return answer["result"] if answer["success"] else answer["error"]

    made = await ask("event/create", camera="front", label="cat", sub_label="Tom", duration=None)
    (event,) = await ask("events/get", cameras=["front"], labels=["cat"], in_progress=True, of=guest)
    assert (event["id"], event["sub_label"], event["end_time"]) == (made["event_id"], "Tom", None)
    refused = await ask("event/delete", event_id=event["id"])
    assert refused["translation_key"] == "event_in_progress"
    assert event["id"] in refused["message"]  # the words, not their key

    await ask("event/retain", event_id=event["id"])
    await ask("event/end", event_id=event["id"])
    (kept,) = await ask("events/get", retained=True, limit=10)
    assert kept["end_time"] > kept["start_time"]
    assert await ask("event/get", event_id=event["id"]) == kept | {"thumbnail": ""}
    ((_, count),) = [(row["day"], row["count"]) for row in await ask("events/summary", labels=["cat"])]
    assert count == 1
    assert await ask("events/get", labels=["dog"]) == []
    await ask("event/retain", event_id=event["id"], retain=False)
    assert await ask("events/get", retained=True) == []

    assert (await ask("event/delete", event_id=event["id"], of=guest))["code"] == "unauthorized"
    await ask("event/delete", event_id=event["id"])
    assert (await ask("event/get", event_id=event["id"]))["translation_key"] == "event_unknown"
    assert (await ask("events/get", entry_id="nobody"))["translation_key"] == "service_config_entry_not_found"


async def test_events_with_thumbnails_come_in_answers_of_bounded_size(
    hass: HomeAssistant, quiet: MockConfigEntry, hass_ws_client: WebSocketGenerator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_commands, "_MAX_PICTURES", 2)
    for start in range(4):
        await async_store_event(quiet, "front", "dog", 100.0 + start)
    client = await hass_ws_client(hass)
    for has_thumbnails, count in ((False, 4), (True, 2)):
        message = {"type": f"{DOMAIN}/events/get", "limit": 10_000, "include_thumbnails": has_thumbnails}
        await client.send_json_auto_id(message)
        assert len((await client.receive_json())["result"]) == count
