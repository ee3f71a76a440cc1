"""WebSocket commands in the official integration's name, with the checks that the Advanced Camera Card makes."""

import json
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.frigate_native.engine.messages import EventMessage, EventType, ReviewMessage
from custom_components.frigate_native.engine.store import EventStore, ReviewWrite
from tests.engine.builders import object_state

from ..recorded import async_record
from ..system import async_store_event, async_tell, review_item

START = 1_795_334_400
EVENT_KEYS = {
    *("camera", "end_time", "false_positive", "has_clip", "has_snapshot", "id", "label", "sub_label", "start_time"),
    *("top_score", "zones"),
}
HALF_KEYS = {"camera", "id", "label", "current_zones", "has_clip", "has_snapshot", "snapshot"}

type Ask = Callable[..., Awaitable[Any]]


@pytest.fixture
async def ask(hass: HomeAssistant, quiet: MockConfigEntry, hass_ws_client: WebSocketGenerator) -> Ask:
    """Return what sends a command and returns its result, or its error."""
    client = await hass_ws_client(hass)

    async def ask(kind: str, instance_id: str = "frigate", **fields: Any) -> Any:
        await client.send_json_auto_id({"type": f"frigate/{kind}", "instance_id": instance_id} | fields)
        answer = await client.receive_json()
        return answer["result"] if answer["success"] else answer["error"]

    return ask


async def test_events_are_listed_as_text_that_the_card_accepts(quiet: MockConfigEntry, ask: Ask) -> None:
    for number, (camera, label) in enumerate((("front", "person"), ("front", "car"), ("back", "person"))):
        event = await async_store_event(quiet, camera, label, START + number)
        await async_tell(quiet, partial(EventStore.set_clip, event_id=event.id))
    running = await async_store_event(quiet, "front", "dog", START + 9, end_time=None)

    async def ids(**fields: Any) -> list[str]:
        rows = json.loads(await ask("events/get", limit=10_000, **fields))
        assert all(set(row) >= EVENT_KEYS for row in rows)
        return [f"{row['camera']} {row['label']}" for row in rows]

    assert await ids(cameras=["front"]) == ["front dog", "front car", "front person"]
    assert await ids(cameras=["front", "back"], labels=["person"]) == ["back person", "front person"]
    assert await ids(cameras=["nope"]) == []
    assert await ids(has_clip=True, after=START) == ["back person", "front car"]  # limits of time are exclusive
    assert await ids(before=START + 1) == ["front person"]
    assert await ids(zones=["yard"]) == []
    assert await ids(favorites=True) == []
    answer = json.loads(await ask("event/retain", event_id=running.id, retain=True))
    assert answer["success"] is True
    assert await ids(favorites=True) == ["front dog"]
    rows = json.loads(await ask("events/summary", timezone="Europe/Berlin"))
    assert {frozenset(row) >= {"camera", "day", "label", "sub_label", "zones"} for row in rows} == {True}
    assert {row["day"] for row in rows} == {"2026-11-22"}


async def test_recordings_are_listed_by_hour_of_a_time_zone(quiet: MockConfigEntry, ask: Ask) -> None:
    await async_record(quiet, "front", START + 3590, 2)  # over a full hour
    event = await async_store_event(quiet, "front", "person", START + 3595)
    await async_tell(quiet, lambda store: store.set_clip(event.id))
    rows = json.loads(await ask("recordings/get", camera="front", after=START, before=START + 7200))
    assert [(row["start_time"], row["end_time"]) for row in rows] == [
        (START + 3590, START + 3600),
        (START + 3600, START + 3610),
    ]
    assert all(isinstance(row["id"], str) for row in rows)
    assert len({row["id"] for row in rows}) == 2
    (day,) = json.loads(await ask("recordings/summary", camera="front", timezone="Europe/Berlin"))
    assert (day["day"], day["events"]) == ("2026-11-22", 1)
    assert [(hour["hour"], hour["events"], hour["duration"]) for hour in day["hours"]] == [("10", 0, 10), ("09", 1, 10)]
    assert json.loads(await ask("recordings/get", camera="nope")) == []


async def test_review_items_are_listed_and_marked(quiet: MockConfigEntry, ask: Ask) -> None:
    item = review_item("front", START)
    await async_tell(quiet, lambda store: store.reviews.write([ReviewWrite(state=item)]))
    assert json.loads(await ask("reviews/get")) == []  # nothing within 24 hours
    (row,) = json.loads(await ask("reviews/get", cameras=["front"], severity="alert", after=START - 1, reviewed=False))
    assert (row["id"], row["has_been_reviewed"]) == (item.id, False)
    assert row["thumb_path"] == f"/media/frigate/clips/review/thumb-front-{item.id}.webp"
    assert (await ask("reviews/viewed", ids=[item.id]))["success"] is True
    assert json.loads(await ask("reviews/get", after=START - 1, reviewed=False)) == []


async def test_changes_are_sent_as_text(
    hass: HomeAssistant, quiet: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    for kind in ("events", "reviews"):
        await client.send_json_auto_id({"type": f"frigate/{kind}/subscribe", "instance_id": "frigate"})
        answer = await client.receive_json()
        assert answer["result"] == answer["id"]
    state, item = object_state(camera="front"), review_item("front", START)
    quiet.runtime_data.bridge.receive(EventMessage(type=EventType.NEW, before=state, after=state))
    event = await client.receive_json()
    change = json.loads(event["event"])
    assert change["type"] == "new"
    assert all(set(change[half]) >= HALF_KEYS for half in ("before", "after"))
    quiet.runtime_data.bridge.receive(ReviewMessage(type=EventType.END, before=item, after=item))
    assert json.loads((await client.receive_json())["event"])["after"]["id"] == item.id
    for subscription, is_known in ((event["id"], True), (event["id"], False)):
        await client.send_json_auto_id({"type": "frigate/events/unsubscribe", "subscription_id": subscription})
        assert (await client.receive_json())["success"] is is_known


HOSTILE = ("", "nope", "../frigate", "frigate\x00", "frigate/x", "%2e%2e", "f" * 10_000)


async def test_unknown_instances_are_not_found(ask: Ask) -> None:
    for instance in HOSTILE:
        assert (await ask("events/get", instance))["code"] == "not_found", instance


async def test_bad_fields_are_refused(ask: Ask) -> None:
    for kind, fields in (
        ("events/get", {"after": -1}),
        ("events/get", {"limit": 10**9}),
        ("events/get", {"cameras": ["x"] * 2000}),
        ("recordings/get", {}),
        ("reviews/get", {"severity": "none"}),
        ("event/retain", {"event_id": 5, "retain": True}),
    ):
        assert (await ask(kind, **fields))["code"] == "invalid_format"
    assert (await ask("event/retain", event_id="../../x", retain=True))["code"] == "frigate_error"
