"""Event entities show what happens at cameras and in zones."""

from pathlib import Path
from typing import Any

from homeassistant.core import Event, EventStateChangedData, HomeAssistant, State, callback
from homeassistant.helpers.event import async_track_state_change_event

from ..object_messages import ObjectMessages, async_quiet_system

CAMERA, YARD, PATH = "event.front_door_object", "event.yard_object", "event.path_object"


class _States:
    """The new states of event entities."""

    def __init__(self, hass: HomeAssistant) -> None:
        self.states: list[State] = []
        async_track_state_change_event(hass, [CAMERA, YARD, PATH, "event.back_object"], self._receive)

    @callback
    def _receive(self, event: Event[EventStateChangedData]) -> None:
        assert event.data["new_state"]
        self.states.append(event.data["new_state"])

    def take(self) -> list[tuple[str, str, str | None]]:
        """Return entity, event type and zone of each new state since the last call."""
        taken = [
            (state.entity_id, state.attributes["event_type"], state.attributes.get("zone")) for state in self.states
        ]
        self.states.clear()
        return taken


async def test_events_of_an_object_are_fired_by_its_camera_and_zones(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = await async_quiet_system(hass, tmp_path)
    fired = _States(hass)
    person = ObjectMessages(hass, entry, "1.5-person")
    await person.new(current_zones=("yard",), entered_zones=("yard",))
    assert fired.take() == [(CAMERA, "new", None), (CAMERA, "zone_entered", "yard"), (YARD, "entered", None)]
    for _ in range(9):
        await person.update(1)
    assert fired.take() == []  # better pictures change no state
    await person.update(2, current_zones=("path",), entered_zones=("yard", "path"))
    assert sorted(fired.take()) == [(CAMERA, "zone_entered", "path"), (PATH, "entered", None), (YARD, "left", None)]
    await person.end(3)
    assert fired.take() == [(CAMERA, "end", None), (PATH, "left", None)]
    await person.clip()
    assert [state.attributes["has_clip"] for state in fired.states] == [True]
    assert fired.take() == [(CAMERA, "clip_ready", None)]


async def test_event_without_a_clip_fires_no_clip_ready(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = await async_quiet_system(hass, tmp_path)
    fired = _States(hass)
    person = ObjectMessages(hass, entry, "2.5-person")
    await person.new()
    await person.end()
    await person.clip(path=None)
    assert fired.take() == [(CAMERA, "new", None), (CAMERA, "end", None)]


async def test_attributes_describe_the_event(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = await async_quiet_system(hass, tmp_path)
    fired = _States(hass)
    person = ObjectMessages(hass, entry, "1.5-person", top_score=0.61234)
    await person.new(current_zones=("yard",), entered_zones=("yard",))
    first: dict[str, Any] = dict(fired.states[0].attributes)
    await person.update(2, current_zones=("path",), entered_zones=("yard", "path"))
    fired.take()
    await person.end(3)
    last: dict[str, Any] = dict(fired.states[0].attributes)

    facts = {
        "event_id": "1.5-person",
        "camera": "front_door",
        "label": "person",
        "sub_label": None,
        "zones": ["yard"],
        "score": 0.612,
        "start_time": "2023-11-14T22:13:20.000+00:00",
        "end_time": None,
        "has_clip": False,
        "thumbnail": "/api/frigate_native/notifications/1.5-person.jpg",
    }
    assert {key: first[key] for key in facts} == facts
    assert {key: last[key] for key in facts} == facts | {
        "zones": ["yard", "path"],
        "end_time": "2023-11-14T22:13:23.000+00:00",
    }
    assert last["friendly_name"] == "Front door Object"
    assert last["entity_picture"] == "/api/frigate_native/notifications/1.5-person.jpg"
