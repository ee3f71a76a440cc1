"""Events that tests tell of as the engine does, message by message, and what automations make of them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_capture_events

from custom_components.frigate_native.const import DOMAIN
from custom_components.frigate_native.engine.messages import ClipMessage, EventMessage, EventType
from tests.engine.builders import START, object_state

from .system import async_set_up, camera, file_entry, write_file

AUTOMATION_RAN = "told"
_WORDS = ("change", "event_id", "zone", "camera_name", "clip_link")


async def async_quiet_system(hass: HomeAssistant, folder: Path) -> MockConfigEntry:
    """Set up two cameras whose streams never come; the front one has the zones yard and path."""
    points = "0,0,100,0,100,100"
    front = camera("/nowhere.mp4", zones={name: {"coordinates": points} for name in ("yard", "path")})
    entry = file_entry(write_file(folder, {"front_door": front, "back": camera("/nowhere.mp4")}))
    await async_set_up(hass, entry)
    return entry


class ObjectMessages:
    """One event. Each method sends the next message of it and returns when all that it caused is done."""

    def __init__(self, hass: HomeAssistant, entry: MockConfigEntry, event_id: str, **state: Any) -> None:
        self._hass = hass
        self._bridge = entry.runtime_data.bridge
        self._state = object_state(id=event_id, **{"camera": "front_door", "top_score": 0.8} | state)

    async def new(self, seconds: float = 0, **changes: Any) -> None:
        await self._send(EventType.NEW, seconds, false_positive=False, **changes)

    async def update(self, seconds: float = 0, **changes: Any) -> None:
        await self._send(EventType.UPDATE, seconds, **changes)

    async def end(self, seconds: float = 0, **changes: Any) -> None:
        await self._send(EventType.END, seconds, end_time=START + seconds, **changes)

    async def clip(self, path: Path | None = Path("/nowhere/clip.mp4"), *, is_recovered: bool = False) -> None:
        message = ClipMessage(
            state=self._state,
            path=path,
            problem=None,
            start_time=START,
            end_time=START + 9,
            is_recovered=is_recovered,
        )
        self._bridge.receive(message)
        await self._hass.async_block_till_done()

    async def _send(self, kind: EventType, seconds: float, **changes: Any) -> None:
        before = self._state
        self._state = replace(before, frame_time=START + seconds, **changes)
        self._bridge.receive(EventMessage(type=kind, before=before, after=self._state))
        await self._hass.async_block_till_done()


async def async_automations(hass: HomeAssistant, triggers: Mapping[str, Mapping[str, Any]]) -> Callable[[], set[str]]:
    """Set up an automation for each trigger; return a function that says what has run since it was last asked."""
    told: list[Event] = async_capture_events(hass, AUTOMATION_RAN)
    automations = [_automation(name, trigger) for name, trigger in triggers.items()]
    assert await async_setup_component(hass, "automation", {"automation": automations})
    await hass.async_block_till_done()
    assert set(hass.states.async_entity_ids("automation")) == {f"automation.{name}" for name in triggers}
    for name in triggers:
        found = hass.states.get(f"automation.{name}")
        assert found is not None
        assert found.state == "on", name

    def since() -> set[str]:
        runs = [f"{event.data['name']} {event.data['change']} {event.data['zone']}".strip() for event in told]
        told.clear()
        assert len(set(runs)) == len(runs), runs
        return set(runs)

    return since


def _automation(name: str, trigger: Mapping[str, Any]) -> dict[str, Any]:
    facts = {word: f"{{{{ trigger.{word} | default('') }}}}" for word in _WORDS}
    return {
        "alias": name,
        "mode": "parallel",
        "triggers": [dict(trigger)],
        "actions": [{"event": AUTOMATION_RAN, "event_data": {"name": name} | facts}],
    }


def device_id(hass: HomeAssistant, entry: MockConfigEntry, key: str = "") -> str:
    """Return the id of a place's device, or the hub's."""
    identifier = (DOMAIN, f"{entry.entry_id}/{key}" if key else entry.entry_id)
    device = dr.async_get(hass).async_get_device_by_identifier(identifier, entry.entry_id)
    assert device is not None, key
    return device.id
