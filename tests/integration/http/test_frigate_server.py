"""Frigate's own web address: bare paths without login, only when asked for."""

import asyncio
import socket
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.frigate_native.const import DOMAIN
from tests.servers import free_port

from ..system import (
    async_set_up,
    async_store_event,
    camera,
    camera_subentry,
    file_entry,
    our_threads,
    ui_entry,
    write_file,
)
from ..web import BASE, async_open_views, forbidden_names, picture_of, raw_get, read_parts

CLAIMED = "0.14.1-native.0.1.0"
_SLACK_S = 20.0  # of a busy machine; a stream lasts for ever


@pytest.fixture
def taken() -> Iterator[socket.socket]:
    """Return a socket that has a free port, taken until it is closed."""
    with socket.create_server(("127.0.0.1", free_port())) as server:
        yield server


def _options(port: int) -> dict[str, dict[str, object]]:
    return {"http": {"public_clips": False, "listener": True, CONF_HOST: "127.0.0.1", CONF_PORT: port}}


def _entry(port: int) -> MockConfigEntry:
    return ui_entry(camera_subentry("Front", "/nowhere.mp4"), options=_options(port))


async def test_bare_paths_answer_without_login(hass: HomeAssistant, taken: socket.socket) -> None:
    port = taken.getsockname()[1]
    taken.close()
    entry = _entry(port)
    await async_set_up(hass, entry)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:
        for path, kind in {
            "/": "text/plain",
            "/version": "text/plain",
            "/config": "application/json",
            "/stats": "application/json",
            "/front/latest.jpg": "image/jpeg",
            "/front/person/best.jpg?h=90": "image/jpeg",
            "/events?limit=5": "application/json",
            "/events/summary": "application/json",
            "/api/version": "text/plain",
            "/api/stats": "application/json",
        }.items():
            answer = await client.get(path)
            assert (answer.status, answer.content_type) == (HTTPStatus.OK, kind), path
        assert (await client.get("/side")).status == HTTPStatus.NOT_FOUND
        assert (await client.get("/front?fps=x")).status == HTTPStatus.BAD_REQUEST
        assert (await client.post("/stats")).status == HTTPStatus.METHOD_NOT_ALLOWED
        async with client.get("/front?fps=1") as answer:
            assert picture_of((await read_parts(answer, 1))[0]).height == 360
            async with asyncio.timeout(_SLACK_S):
                assert await hass.config_entries.async_unload(entry.entry_id)
        with pytest.raises(aiohttp.ClientConnectorError):
            await client.get("/version")
    assert our_threads() == []


async def test_bare_paths_answer_like_frigate_0_8_and_api_like_today(
    hass: HomeAssistant, taken: socket.socket, tmp_path: Path
) -> None:
    port = taken.getsockname()[1]
    taken.close()
    entry = _entry(port)
    await async_set_up(hass, entry)
    over = await async_store_event(entry, "front", "dog", 1.5)
    running = await async_store_event(entry, "front", "dog", 5.5, end_time=None)

    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as client:

        async def read(path: str) -> Any:
            answer = await client.get(path)
            return answer.status, await (answer.json() if "json" in answer.content_type else answer.text())

        assert [(await read(path))[1] for path in ("/version", "/api/version")] == ["0.1.0-native", CLAIMED]
        stats, today = (await read("/stats"))[1], (await read("/api/stats"))[1]
        assert set(stats) == {"front", "detection_fps", "detectors", "service"}
        folders = [str(tmp_path / "media" / "frigate" / name) for name in ("recordings", "clips", "cache")]
        assert list(stats["service"]["storage"]) == [*folders, "/dev/shm"]
        assert set(today["cameras"]) == {"front"}
        assert "version" not in (await read("/config"))[1]
        assert [event["id"] for event in (await read("/events"))[1]] == [over.id]
        assert [event["id"] for event in (await read("/api/events"))[1]] == [running.id, over.id]
        assert [event["id"] for event in (await read("/events?after=1.5&cameras=front"))[1]] == [over.id]
        assert (await read("/events?cameras=back"))[1] == []
        assert await read(f"/events/{running.id}") == (HTTPStatus.NOT_FOUND, "Event not found")
        assert (await read(f"/api/events/{running.id}"))[1]["end_time"] is None
        refusal = {"success": False, "message": "Event not found"}
        assert await read("/api/events/nobody") == (HTTPStatus.NOT_FOUND, refusal)
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_files_are_as_safe_without_home_assistants_filter(
    hass: HomeAssistant, taken: socket.socket, tmp_path: Path
) -> None:
    port = taken.getsockname()[1]
    taken.close()
    entry = _entry(port)
    await async_set_up(hass, entry)
    clips = entry.runtime_data.paths.clips
    event = await async_store_event(entry, "front", "dog", 1.5)
    good = clips / f"front-{event.id}.mp4"
    for path in (good, clips / "secret.mp4", tmp_path / "outside.mp4"):
        path.write_bytes(b"precious")
    (clips / f"front-{event.id}.jpg").symlink_to(tmp_path / "outside.mp4")
    assert b"precious" in await raw_get("127.0.0.1", port, f"/clips/{good.name}", {})
    for name in forbidden_names(event.id):
        answer = await raw_get("127.0.0.1", port, f"/clips/{name}", {})
        assert answer.split()[1] in (b"404", b"400"), name
        assert b"precious" not in answer, name
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_taken_port_is_a_repair_issue_and_the_rest_runs(
    hass: HomeAssistant, taken: socket.socket, issue_registry: ir.IssueRegistry
) -> None:
    port = taken.getsockname()[1]
    entry = _entry(port)
    await async_set_up(hass, entry)
    issue_id = f"{entry.entry_id}/compatibility"
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["port"] == str(port)
    assert hass.states.get("camera.front") is not None
    taken.close()
    assert await hass.config_entries.async_reload(entry.entry_id)
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None


async def test_streams_without_login_leave_those_of_users_their_places(
    hass: HomeAssistant, taken: socket.socket, hass_client: ClientSessionGenerator
) -> None:
    port = taken.getsockname()[1]
    taken.close()
    entry = _entry(port)
    await async_open_views(hass)
    await async_set_up(hass, entry)
    user, answers = await hass_client(), []
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", connector=aiohttp.TCPConnector(limit=0)) as page:
        answers = [await page.get("/front?h=36&fps=1") for _ in range(8)]
        assert [answer.status for answer in answers] == [HTTPStatus.OK] * 6 + [HTTPStatus.SERVICE_UNAVAILABLE] * 2
        async with user.get(f"{BASE}/front?h=36") as answer:
            assert answer.status == HTTPStatus.OK
        for answer in answers:
            answer.close()
    assert await hass.config_entries.async_unload(entry.entry_id)


async def test_nothing_listens_by_default(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = file_entry(write_file(tmp_path, {"front": camera("/nowhere.mp4")}))
    await async_set_up(hass, entry)
    assert not entry.runtime_data.http.is_listening
    assert not entry.runtime_data.http.has_public_clips
    assert entry.runtime_data.http.host == "127.0.0.1"
