"""Events by WebSocket."""

from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.frigate_native.const import DOMAIN
from custom_components.frigate_native.engine.messages import EventMessage, EventType, ObjectState

from .system import async_set_up, camera_subentry, ui_entry


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
