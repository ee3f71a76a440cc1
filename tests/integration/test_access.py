"""Which user may see and change what, at which door."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from homeassistant.auth.const import GROUP_ID_ADMIN, GROUP_ID_READ_ONLY, GROUP_ID_USER
from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator, WebSocketGenerator

from custom_components.frigate_native.const import DOMAIN
from custom_components.frigate_native.engine.store import EventFilter, EventStore

from .recorded import async_record
from .system import async_set_up, async_store_event, async_tell, camera, file_entry, write_file
from .web import async_open_views

ALL = {"front", "back"}
FRONT = {"front"}


async def _user(hass: HomeAssistant, kind: str) -> User:
    """Return a user of a kind; "front" may read the front camera's entity only."""
    if kind == "front":
        limited = MockUser().add_to_hass(hass)
        limited.mock_policy({"entities": {"entity_ids": {"camera.front": {POLICY_READ: True}}}})
        return limited
    group = await hass.auth.async_get_group(
        {"admin": GROUP_ID_ADMIN, "user": GROUP_ID_USER, "read only": GROUP_ID_READ_ONLY}[kind]
    )
    assert group is not None
    return MockUser(groups=[group]).add_to_hass(hass)


async def _token(hass: HomeAssistant, user: User) -> str:
    token = await hass.auth.async_create_refresh_token(user, "https://example.com/app")
    return hass.auth.async_create_access_token(token)


@pytest.fixture
async def entry(hass: HomeAssistant, tmp_path: Path) -> MockConfigEntry:
    await async_open_views(hass)
    await async_setup_component(hass, "media_source", {})
    entry = file_entry(write_file(tmp_path, {name: camera("/nowhere.mp4") for name in sorted(ALL)}))
    await async_set_up(hass, entry)
    for number, name in enumerate(sorted(ALL)):
        event = await async_store_event(entry, name, "person", 1_700_000_000 + number)
        await async_tell(entry, partial(EventStore.set_clip, event_id=event.id))
        paths = entry.runtime_data.paths
        (paths.clips / f"{name}-{event.id}.mp4").touch()
        hour = paths.recordings / "2023-11" / "14" / "22" / name
        hour.mkdir(parents=True)
        (hour / "13.20.mp4").touch()
    return entry


def _event_ids(entry: MockConfigEntry) -> dict[str, str]:
    return {event.camera: event.id for event in entry.runtime_data.store.events(EventFilter())}


VISIBLE = [("admin", ALL), ("user", ALL), ("read only", ALL), ("front", FRONT)]


@pytest.mark.parametrize(("kind", "visible"), VISIBLE)
async def test_http_shows_only_cameras_that_a_user_may_see(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, entry: MockConfigEntry, kind: str, visible: set[str]
) -> None:
    client = await hass_client(await _token(hass, await _user(hass, kind)))

    async def read(path: str) -> Any:
        answer = await client.get(f"/api/{DOMAIN}{path}")
        assert answer.status == 200, path
        return await (answer.json() if answer.content_type == "application/json" else answer.text())

    assert {event["camera"] for event in await read("/events?limit=-1")} == visible
    assert {event["camera"] for event in await read("/events?camera=front")} == FRONT
    assert {row["camera"] for row in await read("/events/summary")} == visible
    assert set((await read("/config"))["cameras"]) == visible
    assert {name for name in ALL if name in (await read("/stats"))["cameras"]} == visible
    assert {folder["name"] for folder in await read("/recordings/2023-11/14/22")} == visible
    listing = await read("/clips/")
    assert {name for name in ALL if f"{name}-" in listing} == visible
    back = _event_ids(entry)["back"]
    assert bool(await read("/events?camera=back")) == ("back" in visible)
    for path in (
        f"/events/{back}",
        f"/clips/back-{back}.mp4",
        "/recordings/2023-11/14/22/back",
        "/recordings/2023-11/14/22/back/13.20.mp4",
    ):
        answer = await client.get(f"/api/{DOMAIN}{path}")
        assert answer.status == (200 if "back" in visible else 404), path


async def test_pictures_of_a_hidden_camera_are_not_found(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, entry: MockConfigEntry
) -> None:
    client = await hass_client(await _token(hass, await _user(hass, "front")))
    back = _event_ids(entry)["back"]
    for path in (f"/events/{back}/thumbnail.jpg", f"/events/{back}/snapshot.jpg", "/back", "/back/latest.jpg"):
        assert (await client.get(f"/api/{DOMAIN}{path}")).status == 404, path
    assert (await client.get(f"/api/{DOMAIN}/front/latest.jpg")).status == 200


@pytest.mark.parametrize(("kind", "visible"), VISIBLE)
async def test_websocket_shows_only_cameras_that_a_user_may_see(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, entry: MockConfigEntry, kind: str, visible: set[str]
) -> None:
    client = await hass_ws_client(hass, await _token(hass, await _user(hass, kind)))

    async def command(**message: Any) -> dict[str, Any]:
        await client.send_json_auto_id(message)
        answer: dict[str, Any] = await client.receive_json()
        return answer

    events = await command(type=f"{DOMAIN}/events/get")
    assert {event["camera"] for event in events["result"]} == visible
    summary = await command(type=f"{DOMAIN}/events/summary")
    assert {row["camera"] for row in summary["result"]} == visible
    back = await command(type=f"{DOMAIN}/event/get", event_id=_event_ids(entry)["back"])
    assert back["success"] == ("back" in visible)
    root = f"media-source://{DOMAIN}/{entry.entry_id}/"
    ids = _event_ids(entry)
    clips = await command(type="media_source/browse_media", media_content_id=f"{root}clips")
    found = [child["media_content_id"] for child in clips["result"]["children"]]
    assert {name for name in ALL if any(ids[name] in identifier for identifier in found)} == visible
    recording = f"{root}recording/2023-11/14/22/back/13.20.mp4"
    resolved = await command(type="media_source/resolve_media", media_content_id=recording)
    assert resolved["success"] == ("back" in visible)


@pytest.mark.parametrize(("kind", "visible"), [VISIBLE[0], VISIBLE[-1]])
async def test_calendar_shows_only_cameras_that_a_user_may_see(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, entry: MockConfigEntry, kind: str, visible: set[str]
) -> None:
    for name in ALL:
        await async_record(entry, name, 1_700_000_000, 2)
    client = await hass_ws_client(hass, await _token(hass, await _user(hass, kind)))

    async def command(name: str, **fields: Any) -> dict[str, Any]:
        await client.send_json_auto_id({"type": f"{DOMAIN}/recordings/{name}", "after": 1_699_999_000, **fields})
        answer: dict[str, Any] = await client.receive_json()
        return answer

    days = (await command("calendar", before=1_700_009_000))["result"]
    assert {day["camera"] for day in days} == visible
    assert [day["seconds"] for day in days] == [20.0] * len(visible)
    chosen = await command("calendar", before=1_700_009_000, cameras=["front"])
    assert {day["camera"] for day in chosen["result"]} == FRONT
    gaps = (await command("gaps", before=1_700_000_100, camera="back"))["result"]
    expected = [(1_699_999_000, 1_700_000_000), (1_700_000_020, 1_700_000_100)]
    assert [(gap["start"], gap["end"]) for gap in gaps] == (expected if "back" in visible else [])
    refused = await command("gaps", before=1_800_000_000, camera="front")
    assert refused["error"]["code"] == "invalid_format"


MAY_CHANGE = [("admin", True, True), ("user", True, False), ("read only", False, False), ("front", False, False)]


@pytest.mark.parametrize(("kind", "may_control", "may_delete"), MAY_CHANGE)
async def test_only_users_who_may_control_a_camera_change_its_events(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    entry: MockConfigEntry,
    *,
    kind: str,
    may_control: bool,
    may_delete: bool,
) -> None:
    client = await hass_ws_client(hass, await _token(hass, await _user(hass, kind)))
    event_id = _event_ids(entry)["front"]

    async def is_allowed(**message: Any) -> bool:
        await client.send_json_auto_id(message)
        answer = await client.receive_json()
        if not answer["success"]:
            assert answer["error"]["code"] in {"unauthorized", "home_assistant_error"}, answer
        return bool(answer["success"])

    assert await is_allowed(type=f"{DOMAIN}/event/retain", event_id=event_id) == may_control
    created = {"type": f"{DOMAIN}/event/create", "camera": "front", "label": "bell", "snapshot": False}
    assert await is_allowed(**created) == may_control
    assert await is_allowed(type=f"{DOMAIN}/event/delete", event_id=event_id) == may_delete


@pytest.mark.parametrize(("kind", "may_control", "may_delete"), MAY_CHANGE)
async def test_actions_ask_for_the_same_rights(
    hass: HomeAssistant, entry: MockConfigEntry, kind: str, may_control: bool, may_delete: bool
) -> None:
    context = Context(user_id=(await _user(hass, kind)).id)
    event_id = _event_ids(entry)["front"]

    async def is_allowed(action: str, **data: Any) -> bool:
        try:
            await hass.services.async_call(DOMAIN, action, data, blocking=True, context=context)
        except Unauthorized:
            return False
        except HomeAssistantError as err:
            raise AssertionError(action) from err
        return True

    assert await is_allowed("retain_event", event_id=event_id) == may_control
    assert await is_allowed("create_event", camera="front", label="bell", snapshot=False, duration=1) == may_control
    assert await is_allowed("delete_event", event_id=event_id) == may_delete


async def test_manual_event_is_ended_only_by_users_who_may_control_its_camera(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    created = await hass.services.async_call(
        DOMAIN,
        "create_event",
        {"camera": "front", "label": "bell", "snapshot": False, "duration": 0},
        blocking=True,
        return_response=True,
    )
    assert created is not None
    reader = Context(user_id=(await _user(hass, "read only")).id)
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN, "end_event", {"event_id": created["event_id"]}, blocking=True, context=reader
        )
    await hass.services.async_call(DOMAIN, "end_event", {"event_id": created["event_id"]}, blocking=True)


async def test_automations_may_do_everything(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    event_id = _event_ids(entry)["back"]
    await hass.services.async_call(DOMAIN, "retain_event", {"event_id": event_id}, blocking=True)

    event = entry.runtime_data.store.event(event_id)
    assert event is not None
    assert event.retained
