"""Review items: the sensor, WebSocket commands and HTTP, for users who may see all or one camera."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.core import Context, HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator, WebSocketGenerator

from custom_components.frigate_native.const import DOMAIN
from custom_components.frigate_native.engine.messages import EventType, ReviewMessage, ReviewState, Severity
from custom_components.frigate_native.engine.store import EventFilter, ReviewFilter, ReviewWrite

from .system import (
    FOOTAGE,
    LOOPED,
    async_set_up,
    async_tell,
    async_until,
    attribute,
    camera,
    file_entry,
    review_item,
    state,
    write_file,
)
from .web import async_open_views, get_json

NOON = 1_700_000_000.0
ITEMS = (
    review_item("front", NOON),
    review_item("back", NOON + 60, severity=Severity.DETECTION, labels=("dog",), zones=()),
)
STATUS = "sensor.front_review_status"


@pytest.fixture
async def entry(hass: HomeAssistant, tmp_path: Path) -> MockConfigEntry:
    """Return a system with an alert at the front and a detection at the back."""
    await async_open_views(hass)
    entry = file_entry(write_file(tmp_path, {name: camera("/nowhere.mp4") for name in ("front", "back")}))
    await async_set_up(hass, entry)
    await async_tell(entry, lambda store: store.reviews.write([ReviewWrite(state=one) for one in ITEMS]))
    return entry


async def _front_only(hass: HomeAssistant) -> str:
    user = MockUser().add_to_hass(hass)
    user.mock_policy({"entities": {"entity_ids": {"camera.front": {POLICY_READ: True}}}})
    token = await hass.auth.async_create_refresh_token(user, "https://example.com/app")
    return hass.auth.async_create_access_token(token)


async def _command(client: Any, kind: str, **more: Any) -> Any:
    await client.send_json_auto_id({"type": f"{DOMAIN}/reviews/{kind}"} | more)
    answer = await client.receive_json()
    assert answer["success"], answer
    return answer["result"]


async def test_items_are_listed_counted_and_marked_for_each_user(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)
    found = await _command(client, "get")
    assert [item["camera"] for item in found] == ["back", "front"]
    assert found[1]["data"]["objects"] == ["person"]
    assert found[1]["thumb_path"] == f"/media/frigate/clips/review/thumb-front-{NOON}-review.webp"
    assert [item["id"] for item in await _command(client, "get", severity="alert")] == [ITEMS[0].id]

    assert await _command(client, "viewed", ids=[ITEMS[0].id, "unknown"]) == {"count": 1}
    assert [item["id"] for item in await _command(client, "get", reviewed=False)] == [ITEMS[1].id]
    counts = {day["severity"]: (day["total"], day["reviewed"]) for day in await _command(client, "summary")}
    assert counts == {"alert": (1, 1), "detection": (1, 0)}
    assert await _command(client, "delete", ids=[ITEMS[1].id]) == {"count": 1}
    assert len(await _command(client, "get")) == 1


async def test_user_of_one_camera_sees_marks_and_deletes_no_other(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator, hass_client: ClientSessionGenerator
) -> None:
    token = await _front_only(hass)
    client = await hass_ws_client(hass, token)
    assert [item["camera"] for item in await _command(client, "get")] == ["front"]
    assert [item["camera"] for item in await _command(client, "get", cameras=["back", "front"])] == ["front"]
    assert await _command(client, "get", cameras=["back"]) == []
    assert await _command(client, "viewed", ids=[one.id for one in ITEMS]) == {"count": 1}
    await client.send_json_auto_id({"type": f"{DOMAIN}/reviews/delete", "ids": [ITEMS[0].id]})
    assert (await client.receive_json())["error"]["code"] == "unauthorized"

    web = await hass_client(token)
    assert [item["camera"] for item in await get_json(web, "/review?cameras=all")] == ["front"]
    assert (await get_json(web, f"/review/{ITEMS[0].id}"))["has_been_reviewed"] is True
    assert (await web.get(f"/api/{DOMAIN}/review/{ITEMS[1].id}")).status == 404
    assert (await web.get(f"/api/{DOMAIN}/review?severity=high")).status == 400


async def test_action_marks_for_the_user_who_runs_it_what_that_user_may_see(
    hass: HomeAssistant, entry: MockConfigEntry, hass_admin_user: MockUser
) -> None:
    user = MockUser(name="Guest").add_to_hass(hass)
    user.mock_policy({"entities": {"entity_ids": {"camera.front": {POLICY_READ: True}}}})
    ids = [*(one.id for one in ITEMS), "unknown"]
    assert await _mark(hass, user.id, review_id=ids) == 1
    assert _reviewed(entry, user.id) == [ITEMS[0].id]
    assert _reviewed(entry, hass_admin_user.id) == []

    assert await _mark(hass, hass_admin_user.id, review_id=ids) == 2
    assert await _mark(hass, hass_admin_user.id, review_id=ITEMS[0].id, reviewed=False) == 1
    assert _reviewed(entry, hass_admin_user.id) == [ITEMS[1].id]
    assert await _mark(hass, None, review_id=ITEMS[0].id, config_entry_id=entry.entry_id) == 1
    assert _reviewed(entry, "") == [ITEMS[0].id]


async def _mark(hass: HomeAssistant, user_id: str | None, **data: Any) -> Any:
    answer = await hass.services.async_call(
        DOMAIN, "mark_reviewed", data, blocking=True, context=Context(user_id=user_id), return_response=True
    )
    assert answer is not None
    return answer["count"]


def _reviewed(entry: MockConfigEntry, user_id: str) -> list[str]:
    return [
        item.state.id for item in entry.runtime_data.store.reviews.items(ReviewFilter(user=user_id, is_reviewed=True))
    ]


async def test_status_follows_the_open_item_and_changes_are_sent(
    hass: HomeAssistant, tmp_path: Path, hass_ws_client: WebSocketGenerator
) -> None:
    await async_open_views(hass)
    entry = file_entry(write_file(tmp_path, {"front": camera(detect={"enabled": False})}))
    await async_set_up(hass, entry)
    await async_until(lambda: state(hass, STATUS) == "none")
    client = await hass_ws_client(hass)
    await _command(client, "subscribe", cameras=["front"])
    opened = review_item("front", NOON, severity=Severity.DETECTION, end_time=None)

    await _tell(hass, entry, opened, EventType.NEW)
    sent = (await client.receive_json())["event"]
    assert (sent["topic"], sent["payload"]["type"]) == ("frigate/reviews", "new")
    assert state(hass, STATUS) == "detection"
    assert attribute(hass, STATUS, "objects") == ["person"]
    await _tell(hass, entry, replace(opened, severity=Severity.ALERT), EventType.UPDATE)
    assert state(hass, STATUS) == "alert"
    await _tell(hass, entry, replace(opened, end_time=NOON + 10), EventType.END)
    assert state(hass, STATUS) == "none"
    assert attribute(hass, STATUS, "review_id") is None


async def _tell(hass: HomeAssistant, entry: MockConfigEntry, item: ReviewState, kind: EventType) -> None:
    entry.runtime_data.bridge.receive(ReviewMessage(type=kind, before=item, after=item))
    await hass.async_block_till_done()


async def test_person_in_real_footage_makes_an_alert_with_its_event_and_thumbnail(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    inputs = [{"path": str(FOOTAGE), "input_args": LOOPED, "roles": ["detect"]}]
    today = {"version": "0.17-0", "detect": {"enabled": True}}
    entry = file_entry(write_file(tmp_path, {"front": {"ffmpeg": {"inputs": inputs}}}, **today))
    await async_set_up(hass, entry)
    store = entry.runtime_data.store
    await async_until(lambda: state(hass, STATUS) == "alert")
    item_id = attribute(hass, STATUS, "review_id")

    await async_until(lambda: store.is_open and store.reviews.thumbnail(item_id))
    item = store.reviews.item(item_id)
    assert item is not None
    assert item.state.severity is Severity.ALERT
    assert item.state.labels == ("person",)
    events = {event.id for event in store.events(EventFilter(in_progress=None))}
    assert set(item.state.event_ids) <= events
