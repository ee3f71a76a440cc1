"""Views, media source and actions in the official integration's name: what the card and the blueprint open."""

import shutil
import time
from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator, WebSocketGenerator
from yarl import URL

from custom_components.frigate_native.engine.store import EventStore, ExportFilter, ReviewWrite, StoredEvent

from ..recorded import async_record
from ..system import (
    FOOTAGE,
    async_set_options,
    async_set_up,
    async_store_event,
    async_tell,
    camera_subentry,
    review_item,
    ui_entry,
)
from ..web import Client, async_open_views

START = 1_795_334_400
BASE = "/api/frigate"
HLS = "application/vnd.apple.mpegurl"


@pytest.fixture
async def entry(hass: HomeAssistant) -> AsyncIterator[MockConfigEntry]:
    """Return an entry with recordings, and links to clips that open without login."""
    await async_open_views(hass)
    assert await async_setup_component(hass, "media_source", {})
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"), options={"http": {"public_clips": True}})
    await async_set_up(hass, entry)
    await async_record(entry, "front", START, 3)
    yield entry
    assert await hass.config_entries.async_unload(entry.entry_id)


@pytest.fixture
async def event(entry: MockConfigEntry) -> StoredEvent:
    """Return an event with a picture, whose clip is in the recordings."""
    event = await async_store_event(entry, "front", "person", START + 10.5, thumbnail=b"\xff\xd8")
    await async_tell(entry, partial(EventStore.set_clip, event_id=event.id))
    return event


async def _statuses(client: Client, paths: list[str]) -> dict[str, tuple[int, str]]:
    found = {}
    for path in paths:
        answer = await client.get(BASE + path)
        found[path] = (answer.status, answer.content_type)
        head = await client.head(BASE + path)
        assert head.status == answer.status, path
    return found


async def test_links_of_notifications_open_without_login(
    entry: MockConfigEntry, event: StoredEvent, hass_client_no_auth: ClientSessionGenerator
) -> None:
    item = review_item("front", START)
    await async_tell(entry, lambda store: store.reviews.write([ReviewWrite(state=item, webp=b"RIFF")]))
    stranger = await hass_client_no_auth()
    links = {
        f"/notifications/{event.id}/thumbnail.jpg": "image/jpeg",
        f"/notifications/{event.id}/snapshot.jpg": "image/jpeg",
        f"/notifications/{event.id}.jpg": "image/jpeg",
        f"/notifications/{event.id}/front/clip.mp4": "video/mp4",
        f"/notifications/{event.id}/clip.mp4": "video/mp4",
        f"/notifications/{event.id}/front/master.m3u8": HLS,
        f"/notifications/{event.id}/front/index.m3u8": HLS,
        f"/notifications/{item.id}/front/review_thumbnail.webp": "image/webp",
    }
    for instance in ("", "/frigate", f"/{entry.entry_id}"):
        paths = [instance + path for path in links]
        assert await _statuses(stranger, paths) == {
            instance + path: (HTTPStatus.OK, kind) for path, kind in links.items()
        }
    playlist = await (await stranger.get(f"{BASE}/notifications/{event.id}/front/index.m3u8")).text()
    parts = [line for line in playlist.splitlines() if line and not line.startswith("#")]
    assert parts
    for part in (*parts, playlist.partition('URI="')[2].partition('"')[0]):
        answer = await stranger.get(f"{BASE}/notifications/{event.id}/front/{part}")
        assert (answer.status, len(await answer.read()) > 100) == (HTTPStatus.OK, True), part


async def test_nothing_else_opens_without_login(
    event: StoredEvent, hass_client_no_auth: ClientSessionGenerator, hass_client: ClientSessionGenerator
) -> None:
    stranger, user = await hass_client_no_auth(), await hass_client()
    span = f"start/{START + 5}/end/{START + 15}"
    kinds = {
        f"/frigate/thumbnail/{event.id}": "image/jpeg",
        f"/snapshot/{event.id}": "image/jpeg",
        f"/recording/front/{span}": "video/mp4",
        f"/frigate/vod/front/{span}/index.m3u8": HLS,
        f"/frigate/vod/event/{event.id}/index.m3u8": HLS,
    }
    assert await _statuses(stranger, list(kinds)) == dict.fromkeys(kinds, (HTTPStatus.UNAUTHORIZED, "text/plain"))
    assert await _statuses(user, list(kinds)) == {path: (HTTPStatus.OK, kind) for path, kind in kinds.items()}
    download = await user.get(f"{BASE}/frigate/recording/front/{span}?download=true")
    assert download.headers["Content-Disposition"].startswith("attachment")
    assert (await user.post(f"{BASE}/frigate/thumbnail/{event.id}")).status == HTTPStatus.METHOD_NOT_ALLOWED


HOSTILE = (
    *("/notifications/..%2f..%2fsecrets/thumbnail.jpg", "/notifications/%2e%2e/clip.mp4", "/nope/thumbnail/x"),
    *("/notifications/1.5-abc/../../../config/clip.mp4", "/notifications/1.5-abc/%00/clip.mp4", "/notifications//a"),
    *("/..%2f/notifications/1.5-a/thumbnail.jpg", "/frigate/notifications/1.5-a/init-..%2fx.mp4", "/notifications/x"),
)


async def test_hostile_paths_reach_nothing(entry: MockConfigEntry, hass_client_no_auth: ClientSessionGenerator) -> None:
    stranger = await hass_client_no_auth()
    for path in HOSTILE:
        answer = await stranger.get(URL(BASE + path, encoded=True))
        assert answer.status in (HTTPStatus.NOT_FOUND, HTTPStatus.UNAUTHORIZED, HTTPStatus.BAD_REQUEST), path


async def test_links_close_by_option_and_expire(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    event: StoredEvent,
    hass_client_no_auth: ClientSessionGenerator,
    hass_client: ClientSessionGenerator,
) -> None:
    stranger, user = await hass_client_no_auth(), await hass_client()
    picture, clip = (f"{BASE}/notifications/{event.id}/{name}" for name in ("thumbnail.jpg", "clip.mp4"))
    new = await async_store_event(entry, "front", "person", time.time() - 60, thumbnail=b"\xff\xd8")
    await async_set_options(hass, entry, {"http": {"public_clips": False, "link_hours": 0}})
    assert [(await stranger.get(path)).status for path in (picture, clip)] == [HTTPStatus.OK, HTTPStatus.FORBIDDEN]
    await async_set_options(hass, entry, {"http": {"public_clips": True, "link_hours": 1}})
    for path in (picture, clip, f"/api/frigate_native/notifications/{event.id}/thumbnail.jpg"):
        assert (await stranger.get(path)).status == HTTPStatus.UNAUTHORIZED, path
        assert (await user.get(path)).status == HTTPStatus.OK, path
    assert (await stranger.get(f"{BASE}/notifications/{new.id}/thumbnail.jpg")).status == HTTPStatus.OK
    assert (await stranger.get(f"{BASE}/notifications/x.5-y/thumbnail.jpg")).status == HTTPStatus.FORBIDDEN


async def test_media_ids_of_the_card_play(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    event: StoredEvent,
    hass_ws_client: WebSocketGenerator,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    await hass.config.async_set_time_zone("Europe/Berlin")
    film = await async_store_event(entry, "front", "dog", START - 3600.5)
    shutil.copyfile(FOOTAGE, entry.runtime_data.paths.clips / f"front-{film.id}.mp4")  # made without recordings
    client, anyone = await hass_ws_client(hass), await hass_client_no_auth()

    async def resolve(identifier: str) -> dict[str, Any]:
        await client.send_json_auto_id(
            {"type": "media_source/resolve_media", "media_content_id": f"media-source://frigate/{identifier}"}
        )
        answer: dict[str, Any] = await client.receive_json()
        return dict(answer.get("result") or {"mime_type": answer["error"]["code"]})

    played: dict[str, str] = {
        f"frigate/event/clips/front/{event.id}": "application/x-mpegURL",
        f"event/clips/front/{film.id}": "application/x-mpegURL",
        f"frigate/event/snapshots/front/{event.id}": "image/jpg",
        "frigate/recordings/front/2026-11-22/9": "application/x-mpegURL",
    }
    for identifier, mime_type in played.items():
        media = await resolve(identifier)
        assert media["mime_type"] == mime_type
        answer = await anyone.get(media["url"])  # which is signed
        assert answer.status == HTTPStatus.OK, identifier
        if mime_type.startswith("image"):
            continue
        folder, lines = media["url"].rpartition("/")[0], (await answer.text()).splitlines()
        parts = [line for line in lines if line and not line.startswith("#")]
        assert (await anyone.get(f"{folder}/{parts[-1]}")).status == HTTPStatus.OK
    for identifier in ("frigate/event/clips/front/nope", "nope/event/clips/front/x", "frigate/recordings/front"):
        assert (await resolve(identifier))["mime_type"] == "resolve_media_failed", identifier


async def test_folders_lead_to_everything(
    hass: HomeAssistant, entry: MockConfigEntry, event: StoredEvent, hass_ws_client: WebSocketGenerator
) -> None:
    client = await hass_ws_client(hass)

    async def browse(identifier: str) -> dict[str, Any]:
        await client.send_json_auto_id({"type": "media_source/browse_media", "media_content_id": identifier})
        answer = await client.receive_json()
        return dict(answer["result"] if answer["success"] else answer["error"])

    root = await browse("media-source://frigate")
    assert [child["title"] for child in root["children"]] == ["Clips", "Recordings", "Snapshots"]
    clips = await browse(root["children"][0]["media_content_id"])
    item, *folders = clips["children"]
    assert item["frigate"]["event"]["id"] == event.id
    assert item["title"].endswith("[5s, Person 80%]") or "Person" in item["title"]
    for inner in folders:
        assert (await browse(inner["media_content_id"]))["children"][0]["frigate"]["event"]["id"] == event.id
    place = root["children"][1]
    while not place["can_play"]:
        place = (await browse(place["media_content_id"]))["children"][0]
    assert place["title"] == "08:00" or place["title"].endswith(":00")
    for bad in ("frigate/event-search/nope", "nope/event-search/clips", "frigate/recordings/front/2026-99-99"):
        assert (await browse(f"media-source://frigate/{bad}"))["code"] == "browse_media_failed"


async def test_actions_change_events(hass: HomeAssistant, entry: MockConfigEntry, event: StoredEvent) -> None:
    target = {"entity_id": "camera.front"}

    async def call(action: str, *, response: bool = False, **data: Any) -> Any:
        return await hass.services.async_call("frigate", action, target | data, blocking=True, return_response=response)

    await call("favorite_event", event_id=event.id)
    kept = entry.runtime_data.store.event(event.id)
    assert kept is not None
    assert kept.retained
    made = (await call("create_event", response=True, label="bell", duration=0))["camera.front"]
    assert made["success"]
    ended = (await call("end_event", response=True, event_id=made["event_id"]))["camera.front"]
    assert ended["success"]
    zone = dt_util.get_default_time_zone()
    begin, end = (f"{datetime.fromtimestamp(START + late, zone):%Y-%m-%d %H:%M:%S}" for late in (0, 20))
    await call("export_recording", playback_factor="realtime", start_time=begin, end_time=end)
    (export,) = entry.runtime_data.store.exports.exports(ExportFilter())
    assert (export.camera, export.start, export.end) == ("front", START, START + 20)
    target = {"entity_id": "camera.other"}
    with pytest.raises(ServiceValidationError):
        await call("end_event", event_id=event.id)
