"""Exports by action, WebSocket, HTTP and media browser, for users who may see all or one camera."""

from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator, WebSocketGenerator

from custom_components.frigate_native.const import DOMAIN
from custom_components.frigate_native.engine.messages import ExportState

from .recorded import async_record
from .system import async_set_up, async_until, camera, file_entry, write_file
from .web import BASE, async_open_views

START = 1_700_000_000
SPAN = {"start_time": START + 5, "end_time": START + 25}


@pytest.fixture
async def entry(hass: HomeAssistant, tmp_path: Path) -> MockConfigEntry:
    """Return a system of two cameras with half a minute of recordings each."""
    assert await async_setup_component(hass, "media_source", {})
    await async_open_views(hass)
    entry = file_entry(write_file(tmp_path, {name: camera("/nowhere.mp4") for name in ("front", "back")}))
    await async_set_up(hass, entry)
    for name in ("front", "back"):
        await async_record(entry, name, START, 3)
    return entry


async def _ask(client: Any, kind: str, **more: Any) -> Any:
    await client.send_json_auto_id({"type": f"{DOMAIN}/exports/{kind}"} | more)
    while (answer := await client.receive_json())["type"] != "result":
        pass
    return answer


async def _command(client: Any, kind: str, **more: Any) -> Any:
    answer = await _ask(client, kind, **more)
    assert answer["success"], answer
    return answer["result"]


async def _finished(entry: MockConfigEntry, export_id: str) -> None:
    exports = entry.runtime_data.store.exports

    def is_done() -> bool:
        export = exports.export(export_id)
        return export is not None and export.state is ExportState.DONE

    await async_until(is_done)


async def test_export_is_made_watched_played_and_deleted(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator, hass_client: ClientSessionGenerator
) -> None:
    client, web = await hass_ws_client(hass), await hass_client()
    watcher = await hass_ws_client(hass)
    await _command(watcher, "subscribe")
    export_id = (await _command(client, "create", camera="front", name="Postman", **SPAN))["export_id"]
    states = []
    while "done" not in states:
        event = (await watcher.receive_json())["event"]
        assert event["id"] == export_id
        states.append(event["state"])
    assert list(dict.fromkeys(states)) == ["queued", "running", "done"]
    (found,) = await _command(client, "get")
    assert (found["id"], found["name"], found["state"], found["progress"]) == (export_id, "Postman", "done", 1.0)
    await _command(client, "rename", export_id=export_id, name="Thief")

    await client.send_json_auto_id(
        {"type": "media_source/browse_media", "media_content_id": f"media-source://{DOMAIN}/{entry.entry_id}/exports"}
    )
    (child,) = (await client.receive_json())["result"]["children"]
    assert child["title"] == "Thief"
    assert (await web.get(child["thumbnail"])).content_type == "image/webp"
    resolve = {"type": "media_source/resolve_media", "media_content_id": child["media_content_id"]}
    await client.send_json_auto_id(resolve)
    url = (await client.receive_json())["result"]["url"]
    answer = await web.get(url, headers={"Range": "bytes=0-99"})
    assert (answer.status, len(await answer.read())) == (HTTPStatus.PARTIAL_CONTENT, 100)

    assert await _command(client, "delete", ids=[export_id]) == {"count": 1}
    assert (await web.get(url)).status == HTTPStatus.NOT_FOUND
    assert await _command(client, "get") == []


async def test_user_of_one_camera_sees_its_exports_and_changes_none(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator, hass_client: ClientSessionGenerator
) -> None:
    admin = await hass_ws_client(hass)
    ids = {
        name: (await _command(admin, "create", camera=name, speed=10, **SPAN))["export_id"]
        for name in ("front", "back")
    }
    for export_id in ids.values():
        await _finished(entry, export_id)
    user = MockUser().add_to_hass(hass)
    user.mock_policy({"entities": {"entity_ids": {"camera.front": {POLICY_READ: True}}}})
    token = await hass.auth.async_create_refresh_token(user, "https://example.com/app")
    access = hass.auth.async_create_access_token(token)
    client, web = await hass_ws_client(hass, access), await hass_client(access)
    assert [one["camera"] for one in await _command(client, "get")] == ["front"]
    for name, export_id in ids.items():
        export = entry.runtime_data.store.exports.export(export_id)
        for path in (export.file, f"{export_id}/thumbnail.webp"):
            expected = HTTPStatus.OK if name == "front" else HTTPStatus.NOT_FOUND
            assert (await web.get(f"{BASE}/exports/{path}")).status == expected
        refusal = "unauthorized" if name == "front" else "home_assistant_error"
        for kind, more in (("cancel", {}), ("rename", {"name": "Mine"})):
            answer = await _ask(client, kind, export_id=export_id, **more)
            assert answer["error"]["code"] == refusal
    assert (await _ask(client, "delete", ids=[ids["front"]]))["error"]["code"] == "unauthorized"
    assert (await _ask(client, "create", camera="front", **SPAN))["error"]["code"] == "unauthorized"
    with pytest.raises(Unauthorized):
        await _export(hass, user.id, camera="camera.front", **SPAN)


async def _export(hass: HomeAssistant, user_id: str | None, **data: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN, "export_recording", data, blocking=True, context=Context(user_id=user_id), return_response=True
    )


async def test_action_exports_local_times_or_says_why_not(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    await hass.config.async_set_time_zone("Europe/Berlin")
    times = {"start_time": "2023-11-14 23:13:25", "end_time": "2023-11-14 23:13:45"}
    answer = await _export(hass, None, camera="camera.front", speed=2, **times)
    export = entry.runtime_data.store.exports.export(answer["export_id"])
    assert (export.start, export.end, export.speed) == (START + 5, START + 25, 2)
    assert export.name == "Front 2023-11-14 23:13:25 - 2023-11-14 23:13:45"
    await _finished(entry, export.id)
    for end, text in ((START + 910, "nothing is recorded"), (START, "after the start")):
        with pytest.raises(ServiceValidationError, match=text):
            await _export(hass, None, camera="front", start_time=START + 900, end_time=end)


async def test_exports_that_do_not_exist_are_errors(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator, hass_client: ClientSessionGenerator
) -> None:
    client, web = await hass_ws_client(hass), await hass_client()
    for kind, more in (("cancel", {}), ("rename", {"name": "Mine"})):
        answer = await _ask(client, kind, export_id="nobody", **more)
        assert answer["error"]["translation_key"] == "export_unknown"
    for path in ("nobody.mp4", "nobody/thumbnail.webp"):
        assert (await web.get(f"{BASE}/exports/{path}")).status == HTTPStatus.NOT_FOUND
