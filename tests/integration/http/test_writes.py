"""Changes over HTTP: what they do, who may make them, and what is refused."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any

import aiohttp
import pytest
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.frigate_native.engine.store import EventFilter, Recording, ReviewWrite
from tests.servers import free_port

from ..system import (
    async_set_options,
    async_set_up,
    async_store_event,
    async_tell,
    async_until,
    camera_subentry,
    review_item,
    ui_entry,
)
from ..web import BASE, async_open_views

NOON = 1_700_000_000.0


def _options(*, writes: bool) -> dict[str, Any]:
    return {"http": {"listener": True, "listener_writes": writes, CONF_HOST: "127.0.0.1", CONF_PORT: free_port()}}


@pytest.fixture
async def entry(hass: HomeAssistant) -> AsyncIterator[MockConfigEntry]:
    """Return an entry with a port that allows changes."""
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"), options=_options(writes=True))
    await async_open_views(hass)
    await async_set_up(hass, entry)
    yield entry
    assert await hass.config_entries.async_unload(entry.entry_id)


@pytest.fixture
async def port(entry: MockConfigEntry) -> AsyncIterator[aiohttp.ClientSession]:
    """Return a client of the port without login."""
    async with aiohttp.ClientSession(f"http://127.0.0.1:{entry.runtime_data.http.port}") as client:
        yield client


async def _change(port: aiohttp.ClientSession, method: str, path: str, **more: Any) -> dict[str, Any]:
    async with port.request(method, f"/api{path}", **more) as answer:
        body: dict[str, Any] = await answer.json()
        assert answer.status < HTTPStatus.BAD_REQUEST, body
    assert body["success"] is True
    return body


async def _row(port: aiohttp.ClientSession, event_id: str) -> dict[str, Any]:
    async with port.get(f"/api/events/{event_id}") as answer:
        row: dict[str, Any] = await answer.json()
        return row


async def test_events_are_retained_described_and_deleted(entry: MockConfigEntry, port: aiohttp.ClientSession) -> None:
    event = await async_store_event(entry, "front", "person", NOON)
    path = f"/events/{event.id}"
    await _change(port, "POST", f"{path}/retain", json={})
    assert (await _row(port, event.id))["retain_indefinitely"] is True
    await _change(port, "DELETE", f"{path}/retain")
    assert (await _row(port, event.id))["retain_indefinitely"] is False
    await _change(port, "POST", f"{path}/sub_label", json={"subLabel": "Bob", "subLabelScore": 0.9, "camera": "front"})
    await _change(port, "POST", f"{path}/description", json={"description": "with a parcel"})
    await _change(port, "POST", f"{path}/recognized_license_plate", json={"recognizedLicensePlate": "AB 12"})
    row = await _row(port, event.id)
    assert (row["sub_label"], row["data"]["sub_label_score"]) == ("Bob", 0.9)
    assert (row["data"]["description"], row["data"]["recognized_license_plate"]) == ("with a parcel", "AB 12")
    await _change(port, "POST", f"{path}/sub_label", json={"subLabel": ""})
    assert (await _row(port, event.id))["sub_label"] is None
    await _change(port, "DELETE", path)
    assert await async_tell(entry, lambda store: store.events(EventFilter())) == []


async def test_manual_events_begin_and_end(entry: MockConfigEntry, port: aiohttp.ClientSession) -> None:
    made = await _change(port, "POST", "/events/front/bell/create", json={"sub_label": "ding", "duration": None})
    row = await _row(port, made["event_id"])
    assert (row["label"], row["sub_label"], row["end_time"], row["data"]["type"]) == ("bell", "ding", None, "api")
    await _change(port, "PUT", f"/events/{made['event_id']}/end")
    assert (await _row(port, made["event_id"]))["end_time"] is not None


async def test_review_items_are_marked_and_deleted(entry: MockConfigEntry, port: aiohttp.ClientSession) -> None:
    item = review_item("front", NOON)
    await async_tell(entry, lambda store: store.reviews.write([ReviewWrite(state=item)]))

    async def is_reviewed() -> bool:
        async with port.get(f"/api/review/{item.id}") as answer:
            return bool((await answer.json())["has_been_reviewed"])

    await _change(port, "POST", "/reviews/viewed", json={"ids": [item.id, "unknown"]})
    assert await is_reviewed()
    await _change(port, "DELETE", f"/review/{item.id}/viewed")
    assert not await is_reviewed()
    await _change(port, "POST", "/reviews/viewed", json={"ids": [item.id], "reviewed": True})
    async with port.get("/api/review/summary?timezone=UTC") as answer:
        day = {
            "day": "2023-11-14",
            "total_alert": 1,
            "reviewed_alert": 1,
            "total_detection": 0,
            "reviewed_detection": 0,
        }
        assert (await answer.json())["2023-11-14"] == day
    await _change(port, "POST", "/reviews/delete", json={"ids": [item.id]})
    async with port.get(f"/api/review/{item.id}") as answer:
        assert answer.status == HTTPStatus.NOT_FOUND


async def test_exports_are_queued_listed_renamed_and_deleted(
    entry: MockConfigEntry, port: aiohttp.ClientSession
) -> None:
    recording = Recording(camera="front", path="2023-11/14/22/front/13.20.mp4", start=NOON, end=NOON + 10, size=1)
    await async_tell(entry, lambda store: store.recordings.add([recording]))
    path = f"/export/front/start/{NOON}/end/{NOON + 10}"
    made = await _change(port, "POST", path, json={"playback": "timelapse_25x", "name": "Party"})
    async with port.get("/api/exports") as answer:
        (row,) = await answer.json()
    assert (row["id"], row["camera"], row["name"], row["date"]) == (made["export_id"], "front", "Party", NOON)
    assert row["video_path"].startswith("/media/frigate/exports/front_")
    await _change(port, "PATCH", f"/export/{row['id']}/rename", json={"name": "Big party"})
    async with port.get(f"/api/exports/{row['id']}/thumbnail.webp") as answer:
        assert answer.status == HTTPStatus.NOT_FOUND  # there is no such file
    await async_until(lambda: not entry.runtime_data.store.exports.export(row["id"]).in_progress)
    await _change(port, "DELETE", f"/export/{row['id']}")
    async with port.post("/api/exports/delete", json={"ids": [row["id"]]}) as answer:
        assert answer.status == HTTPStatus.NOT_FOUND


REFUSED: tuple[tuple[str, str, Any, HTTPStatus], ...] = (
    ("POST", "/events/nobody/retain", {}, HTTPStatus.NOT_FOUND),
    ("POST", "/events/nobody/sub_label", {"subLabel": "Bob"}, HTTPStatus.NOT_FOUND),
    ("POST", "/events/{}/sub_label", {}, HTTPStatus.BAD_REQUEST),
    ("POST", "/events/{}/sub_label", {"subLabel": "x" * 101}, HTTPStatus.BAD_REQUEST),
    ("POST", "/events/{}/sub_label", {"subLabel": "Bob", "subLabelScore": 2}, HTTPStatus.BAD_REQUEST),
    ("POST", "/events/{}/sub_label", ["Bob"], HTTPStatus.BAD_REQUEST),
    ("POST", "/events/{}/description", {"description": 5}, HTTPStatus.BAD_REQUEST),
    ("DELETE", "/events/nobody", {}, HTTPStatus.NOT_FOUND),
    ("PUT", "/events/{}/end", {}, HTTPStatus.NOT_FOUND),
    ("PUT", "/events/{}/false_positive", {}, HTTPStatus.BAD_REQUEST),
    ("POST", "/events/{}/plus", {}, HTTPStatus.BAD_REQUEST),
    ("POST", "/events/shed/bell/create", {}, HTTPStatus.NOT_FOUND),
    ("POST", "/events/front/%00/create", {}, HTTPStatus.BAD_REQUEST),
    ("POST", "/events/front/bell/create", {"duration": -1}, HTTPStatus.BAD_REQUEST),
    ("POST", "/reviews/viewed", {"ids": "all"}, HTTPStatus.BAD_REQUEST),
    ("POST", "/reviews/delete", {}, HTTPStatus.BAD_REQUEST),
    ("POST", "/export/front/start/5/end/2", {}, HTTPStatus.BAD_REQUEST),
    ("POST", "/export/front/start/5/end/9", {}, HTTPStatus.BAD_REQUEST),  # nothing is recorded
    ("POST", "/export/front/start/5/end/9", {"playback": "backwards"}, HTTPStatus.BAD_REQUEST),
    ("POST", "/export/shed/start/5/end/9", {}, HTTPStatus.NOT_FOUND),
    ("PATCH", "/export/nothing/rename", {"name": "x"}, HTTPStatus.NOT_FOUND),
    ("DELETE", "/export/nothing", {}, HTTPStatus.NOT_FOUND),
)


async def test_wrong_changes_are_refused_with_a_reason(entry: MockConfigEntry, port: aiohttp.ClientSession) -> None:
    event = await async_store_event(entry, "front", "person", NOON)
    for method, path, body, status in REFUSED:
        async with port.request(method, f"/api{path.format(event.id)}", json=body) as answer:
            refusal = await answer.json()
            assert (answer.status, refusal["success"]) == (status, False), (method, path, refusal)
            assert refusal["message"], path
    async with port.post(f"/api/events/{event.id}/description", data="{", headers=JSON) as answer:
        assert (answer.status, (await answer.json())["message"]) == (400, "the body is not JSON")


JSON = {"Content-Type": "application/json"}
OFF = "Changes without login are off. Allow them in the options of Frigate Native, External access"


async def test_web_pages_and_strangers_change_nothing(
    hass: HomeAssistant, entry: MockConfigEntry, port: aiohttp.ClientSession
) -> None:
    event = await async_store_event(entry, "front", "person", NOON)
    path, own = f"/api/events/{event.id}/retain", f"http://127.0.0.1:{entry.runtime_data.http.port}"
    for headers, status in (
        ({"Origin": "http://evil.example"}, HTTPStatus.FORBIDDEN),
        ({"Origin": "null"}, HTTPStatus.FORBIDDEN),
        ({"Origin": "http://127.0.0.1:1"}, HTTPStatus.FORBIDDEN),
        ({"Content-Type": "text/plain"}, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
        ({"Content-Type": "application/x-www-form-urlencoded"}, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
        ({"Host": "evil.example"}, HTTPStatus.MISDIRECTED_REQUEST),
        (JSON | {"Origin": own}, HTTPStatus.OK),
    ):
        async with port.post(path, data="{}", headers=headers) as answer:
            assert answer.status == status, headers
    await async_set_options(hass, entry, _options(writes=False))
    async with port.post(f"http://127.0.0.1:{entry.runtime_data.http.port}{path}", json={}) as answer:
        assert (answer.status, await answer.json()) == (401, {"success": False, "message": OFF})


async def test_users_change_only_what_they_may(
    entry: MockConfigEntry, hass_client: ClientSessionGenerator, hass_read_only_access_token: str
) -> None:
    event = await async_store_event(entry, "front", "person", NOON)
    admin, reader = await hass_client(), await hass_client(hass_read_only_access_token)
    for method, path, body in (
        ("POST", f"/events/{event.id}/retain", {}),
        ("POST", f"/events/{event.id}/sub_label", {"subLabel": "Bob"}),
        ("POST", "/events/front/bell/create", {}),
        ("POST", "/reviews/delete", {"ids": []}),
        ("DELETE", f"/events/{event.id}", {}),
    ):
        assert (await reader.request(method, BASE + path, json=body)).status == HTTPStatus.UNAUTHORIZED, path
        answer = await admin.request(method, BASE + path, json=body)
        assert answer.status == HTTPStatus.OK, await answer.text()
    assert (await reader.post(f"{BASE}/reviews/viewed", json={"ids": []})).status == HTTPStatus.OK
