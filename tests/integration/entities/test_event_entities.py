"""Event entities show what happens at cameras and in zones."""

from pathlib import Path
from typing import Any

from homeassistant.core import Event, EventStateChangedData, HomeAssistant, State, callback
from homeassistant.helpers.event import async_track_state_change_event

from ..object_messages import ObjectMessages, async_quiet_system

CAMERA, YARD, PATH = "event.front_door_object", "event.yard_object", "event.path_object"


async def test_life_of_an_object_is_told_where_it_happens(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = await async_quiet_system(hass, tmp_path)
    told: list[State] = []

    @callback
    def note(event: Event[EventStateChangedData]) -> None:
        assert event.data["new_state"]
        told.append(event.data["new_state"])

    async_track_state_change_event(hass, [CAMERA, YARD, PATH, "event.back_object"], note)

    def since() -> list[tuple[str, str, str | None]]:
        news = [(state.entity_id, state.attributes["event_type"], state.attributes.get("zone")) for state in told]
        told.clear()
        return news

    person = ObjectMessages(hass, entry, "1.5-person", top_score=0.61234)
    await person.new(current_zones=("yard",), entered_zones=("yard",))
    first: dict[str, Any] = dict(told[0].attributes)
    assert since() == [(CAMERA, "new", None), (CAMERA, "zone_entered", "yard"), (YARD, "entered", None)]
    for _ in range(9):  # better pictures are no states
        await person.update(1)
    assert since() == []
    await person.update(2, current_zones=("path",), entered_zones=("yard", "path"))
    assert sorted(since()) == [(CAMERA, "zone_entered", "path"), (PATH, "entered", None), (YARD, "left", None)]
    await person.end(3)
    last: dict[str, Any] = dict(told[0].attributes)
    assert since() == [(CAMERA, "end", None), (PATH, "left", None)]
    await person.clip()
    assert [state.attributes["has_clip"] for state in told] == [True]
    assert since() == [(CAMERA, "clip_ready", None)]
    unlucky = ObjectMessages(hass, entry, "2.5-person")
    await unlucky.new()
    await unlucky.end()
    await unlucky.clip(path=None)
    assert since() == [(CAMERA, "new", None), (CAMERA, "end", None)]

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
