"""Frigate's endpoints: events, their pictures and clips, and what is open without login."""

from base64 import b64decode
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from types import NoneType
from typing import Any

import pytest
from aiohttp import ClientResponse
from homeassistant.components.http.auth import async_sign_path
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
from PIL import Image
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator, WebSocketGenerator

from custom_components.frigate_native.const import DOMAIN
from custom_components.frigate_native.engine.messages import DiskMessage, StoreMessage
from custom_components.frigate_native.engine.store import EventFilter, EventStore, StoredEvent
from tests.stored_events import store_event

from ..system import (
    FOOTAGE,
    LOOPED,
    async_set_options,
    async_set_up,
    async_store_event,
    async_tell,
    async_until,
    camera,
    camera_subentry,
    file_entry,
    our_threads,
    ui_entry,
    write_file,
)
from ..web import (
    BASE,
    Client,
    async_open_views,
    forbidden_names,
    get_json,
    get_picture,
    get_refusal,
    is_black,
    picture_of,
    raw_get,
)

KEYS = {
    "id": str,
    "label": str,
    "camera": str,
    "start_time": float,
    "end_time": float,
    "top_score": float,
    "false_positive": bool,
    "zones": list,
    "thumbnail": str,
    "has_clip": bool,
    "has_snapshot": bool,
    "retain_indefinitely": bool,
    "sub_label": NoneType,
    "plus_id": NoneType,
    "data": dict,
}
OF_MODEL = {"model_hash": None, "model_type": None, "detector_type": None}  # only in answers about one event
NOON = 1_700_000_000.25
CLIP = bytes(range(256)) * 40


def _jpeg(gray: int) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (175, 175), (gray, gray, gray)).save(buffer, "JPEG")
    return buffer.getvalue()


async def _create(entry: MockConfigEntry, camera: str, start: float, label: str = "person", **more: Any) -> StoredEvent:
    return await async_store_event(entry, camera, label, start, **{"top_score": 0.9, "thumbnail": _jpeg(200)} | more)


@pytest.fixture
def entry(quiet: MockConfigEntry) -> MockConfigEntry:
    """Return an entry whose cameras show nothing."""
    return quiet


@pytest.fixture
async def client(entry: MockConfigEntry, hass_client: ClientSessionGenerator) -> Client:
    """Return a client that has logged in."""
    return await hass_client()


async def test_events_have_frigates_keys(entry: MockConfigEntry, client: Client) -> None:
    assert await get_json(client, "/events") == []
    made = await _create(entry, "front", NOON, zones=("yard", "path"))
    going_on = await _create(entry, "back", NOON + 60, end_time=None)
    running, event = await get_json(client, "/events")
    assert (running["id"], running["end_time"]) == (going_on.id, None)
    assert {key: type(value) for key, value in event.items()} == KEYS
    assert (event["id"], event["camera"], event["zones"]) == (made.id, "front", ["yard", "path"])
    assert (event["start_time"], event["end_time"], event["false_positive"]) == (NOON, NOON + 5, False)
    assert picture_of(b64decode(event["thumbnail"])).size == (175, 175)
    assert await get_json(client, f"/events/{made.id}") == event | OF_MODEL
    assert (await get_json(client, f"/events/{going_on.id}"))["end_time"] is None
    (summary,) = await get_json(client, "/events/summary?cameras=front")
    assert {key: type(value) for key, value in summary.items()} == {
        "camera": str,
        "label": str,
        "sub_label": NoneType,
        "day": str,
        "zones": list,
        "count": int,
    }
    day = dt_util.utc_from_timestamp(NOON).astimezone(dt_util.get_default_time_zone()).date().isoformat()
    assert (summary["day"], summary["count"], summary["zones"]) == (day, 1, ["yard", "path"])


async def test_events_are_filtered(entry: MockConfigEntry, client: Client) -> None:
    one = await _create(entry, "front", NOON, zones=("yard",))
    two = await _create(entry, "back", NOON + 10, label="dog")
    three = await _create(entry, "front", NOON + 20, label="dog", zones=("yard_2",))
    await async_tell(entry, lambda store: store.set_clip(one.id))
    await async_tell(entry, lambda store: store.set_snapshot(two.id))
    await async_tell(entry, lambda store: store.set_retained(one.id))
    for query, expected in {
        "": [three, two, one],
        "camera=front": [three, one],
        "label=dog": [three, two],
        "camera=front&label=dog": [three],
        "camera=side": [],
        "label=unicorn": [],
        "zone=yard": [one],
        "zone=*": [],
        "zone=ya": [],
        f"after={NOON + 10}": [three],
        f"before={NOON + 10}": [one],
        f"after={int(NOON) + 1}&before={int(NOON) + 11}": [two],
        "after=0&before=0": [three, two, one],
        "limit=1": [three],
        "limit=0": [],
        "limit=-1": [three, two, one],
        "has_clip=1": [one],
        "has_clip=0": [three, two],
        "has_snapshot=1": [two],
        "has_snapshot=0&label=dog": [three],
        "unknown=1": [three, two, one],
        "cameras=back,side": [two],
        "cameras=nope": [],
        "cameras=all&labels=dog,cat": [three, two],
        "cameras=": [three, two, one],
        "zones=yard,yard_2": [three, one],
        "zones=None": [two],
        "zone=None": [two],
        "sub_labels=bob": [],
        "sub_labels=None": [three, two, one],
        "favorites=1": [one],
        "favorites=0": [three, two, one],
        "in_progress=1": [],
        "in_progress=0": [three, two, one],
        f"event_id={two.id}": [two],
        "sort=date_asc": [one, two, three],
        "sort=nonsense": [three, two, one],
        "min_score=0.95": [],
        "min_length=5&max_score=0.9": [three, two, one],
        "sort=score_asc&limit=300": [one, two, three],
        "time_range=22:00,23:00&timezone=UTC": [three, two, one],
        "time_range=23:00,22:00&timezone=UTC": [],
        "min_speed=5": [],
        "is_submitted=1": [],
        "recognized_license_plate=AB%2012": [],
        "recognized_license_plate=all": [three, two, one],
        "attributes=None": [three, two, one],
    }.items():
        assert [event["id"] for event in await get_json(client, f"/events?{query}")] == [e.id for e in expected], query
    assert all("thumbnail" not in event for event in await get_json(client, "/events?include_thumbnails=0"))
    rows = await get_json(client, "/events/summary?has_clip=1")
    assert [(row["camera"], row["label"], row["count"]) for row in rows] == [("front", "person", 1)]


async def test_many_events_come_page_by_page(entry: MockConfigEntry, client: Client) -> None:
    many = 420

    def create(store: EventStore) -> None:
        for number in range(many):
            start = NOON + number // 3  # some began in the same moment
            store_event(store, "front", "person", start_time=start, end_time=start + 5, thumbnail=_jpeg(200))

    await async_tell(entry, create)
    everything = await async_tell(entry, lambda store: store.events(EventFilter(limit=None)))
    ids = [event.id for event in everything]
    assert len(ids) == many
    for query, expected in {"limit=-1": ids, "limit=301": ids[:301], "limit=400": ids[:400], "limit=420": ids}.items():
        events = await get_json(client, f"/events?{query}")
        assert [event["id"] for event in events] == expected, query
        assert {key: type(value) for key, value in events[-1].items()} == KEYS
    assert len(await get_json(client, "/events?limit=-1&include_thumbnails=0")) == many
    assert await get_json(client, "/events?limit=-1&camera=side") == []
    head = await client.head(f"{BASE}/events?limit=-1")
    assert (head.status, head.content_type, await head.read()) == (HTTPStatus.OK, "application/json", b"")


WRONG = (
    ("limit=x", "limit: 'x'; expected a whole number from -1000000000 to 1000000000"),
    ("limit=1.5", "limit: '1.5'; expected a whole number from -1000000000 to 1000000000"),
    ("before=yesterday", "before: 'yesterday'; expected a Unix timestamp"),
    ("after=nan", "after: 'nan'; expected a Unix timestamp"),
    ("after=inf", "after: 'inf'; expected a Unix timestamp"),
    ("has_clip=yes", "has_clip: 'yes'; expected 0 or 1"),
    ("has_snapshot=2", "has_snapshot: '2'; expected 0 or 1"),
    ("include_thumbnails=", "include_thumbnails: ''; expected 0 or 1"),
    ("favorites=yes", "favorites: 'yes'; expected 0 or 1"),
    ("in_progress=-1", "in_progress: '-1'; expected 0 or 1"),
    ("min_score=high", "min_score: 'high'; expected a number"),
    ("time_range=5-6", "time_range: '5-6'; expected HH:MM,HH:MM"),
    ("max_length=nan", "max_length: 'nan'; expected a number"),
)


async def test_wrong_filters_are_refused_in_words(client: Client) -> None:
    for query, words in WRONG:
        assert await get_refusal(client, f"/events?{query}") == (HTTPStatus.BAD_REQUEST, words)
        assert await get_refusal(client, f"/events/summary?{query}") == (HTTPStatus.BAD_REQUEST, words)


async def test_summary_is_of_the_days_of_a_time_zone(entry: MockConfigEntry, client: Client) -> None:
    await _create(entry, "front", NOON)  # 22:13 UTC
    for zone, day in {"UTC": "2023-11-14", "Asia/Tokyo": "2023-11-15"}.items():
        (row,) = await get_json(client, f"/events/summary?timezone={zone}")
        assert row["day"] == day
    for zone in ("Mars", "%2fetc%2fpasswd", "", "Europe", "x" * 5000):
        status, words = await get_refusal(client, f"/events/summary?timezone={zone}")
        assert (status, words.partition(":")[0]) == (HTTPStatus.BAD_REQUEST, "timezone")


async def test_pictures_of_an_event_that_is_over(entry: MockConfigEntry, client: Client) -> None:
    event = await _create(entry, "front", NOON)
    bare = await _create(entry, "front", NOON + 1, thumbnail=None)
    going_on = await _create(entry, "front", NOON + 2, end_time=None)
    for name in ("snapshot", "thumbnail"):
        path = f"/events/{event.id}/{name}.jpg"
        assert (await get_picture(client, path, is_final=True)).size == (175, 175)
        assert (await get_picture(client, f"{path}?format=ios", is_final=True)).size == (175, 175)
        wide = await get_picture(client, f"{path}?format=android", is_final=True)
        assert wide.size == (349, 175)
        assert is_black(wide.crop((0, 0, 80, 175)))
        head = await client.head(BASE + path)
        assert (head.status, head.content_type, await head.read()) == (HTTPStatus.OK, "image/jpeg", b"")
        assert await get_refusal(client, f"/events/{bare.id}/{name}.jpg") == (HTTPStatus.NOT_FOUND, "Event not found")
        assert (await get_picture(client, f"/events/{going_on.id}/{name}.jpg")).size == (175, 175)
    for path in ("/events/1.5-nobody", "/events/1.5-nobody/snapshot.jpg", "/events/x/thumbnail.jpg"):
        assert await get_refusal(client, path) == (HTTPStatus.NOT_FOUND, "Event not found")


async def test_clips_are_sent_in_parts_and_by_signed_paths(
    hass: HomeAssistant, entry: MockConfigEntry, client: Client, hass_client_no_auth: ClientSessionGenerator
) -> None:
    event = await _create(entry, "front", NOON)
    clips = entry.runtime_data.paths.clips
    (clips / f"front-{event.id}.mp4").write_bytes(CLIP)
    (clips / f"front-{event.id}.jpg").write_bytes(_jpeg(90))
    path = f"/clips/front-{event.id}.mp4"
    answer = await client.get(BASE + path)
    assert (answer.status, answer.content_type, await answer.read()) == (HTTPStatus.OK, "video/mp4", CLIP)
    part = await client.get(BASE + path, headers={"Range": "bytes=256-511"})
    assert (part.status, await part.read()) == (HTTPStatus.PARTIAL_CONTENT, CLIP[256:512])
    assert part.headers["Content-Range"] == f"bytes 256-511/{len(CLIP)}"
    beyond = await client.get(BASE + path, headers={"Range": "bytes=99999-"})
    assert beyond.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    head = await client.head(BASE + path)
    assert (head.status, head.headers["Content-Length"]) == (HTTPStatus.OK, str(len(CLIP)))
    assert (await get_picture(client, f"/clips/front-{event.id}.jpg", is_final=True)).size == (175, 175)

    stranger = await hass_client_no_auth()
    assert (await stranger.get(BASE + path)).status == HTTPStatus.UNAUTHORIZED
    signed = async_sign_path(hass, BASE + path, timedelta(minutes=1), use_content_user=True)
    assert await (await stranger.get(signed)).read() == CLIP
    entry_path = f"{BASE}/events/{event.id}/thumbnail.jpg?entry_id={entry.entry_id}&format=android"
    signed = async_sign_path(hass, entry_path, timedelta(minutes=1), use_content_user=True)
    assert picture_of(await (await stranger.get(signed)).read()).size == (349, 175)


async def test_only_files_of_known_events_are_reached(entry: MockConfigEntry, client: Client, tmp_path: Path) -> None:
    event = await _create(entry, "front", NOON)
    clips = entry.runtime_data.paths.clips
    missing = f"front-{event.id}.mp4"
    (clips / "front-1700000000.5-aaaaaa.mp4").write_bytes(CLIP)  # of no event
    (clips / f"back-{event.id}.mp4").write_bytes(CLIP)  # of another camera
    (clips / "secret.mp4").write_bytes(CLIP)
    (tmp_path / "outside.mp4").write_bytes(CLIP)
    (clips / f"front-{event.id}.jpg").symlink_to(tmp_path / "outside.mp4")
    names = [*(missing, "front-1700000000.5-aaaaaa.mp4", f"back-{event.id}.mp4"), *forbidden_names(event.id)]
    for name in names:
        answer = await raw_get(client.host, client.port, f"{BASE}/clips/{name}", client.session.headers)
        assert answer.split()[1] in (b"404", b"400"), name
        assert CLIP not in answer, name
    assert await get_refusal(client, f"/clips/{missing}") == (HTTPStatus.NOT_FOUND, "File not found")
    await async_tell(entry, lambda store: store.set_clip(event.id, "the camera was away"))
    assert await get_refusal(client, f"/clips/{missing}") == (HTTPStatus.NOT_FOUND, "the camera was away")


async def test_pictures_are_open_to_who_knows_the_id_and_clips_if_allowed(
    hass: HomeAssistant, entry: MockConfigEntry, hass_client_no_auth: ClientSessionGenerator
) -> None:
    event = await _create(entry, "front", NOON)
    (entry.runtime_data.paths.clips / f"front-{event.id}.mp4").write_bytes(CLIP)
    stranger = await hass_client_no_auth()
    for path in (".jpg", "/snapshot.jpg", "/thumbnail.jpg"):
        assert (await get_picture(stranger, f"/notifications/{event.id}{path}", is_final=True)).size == (175, 175)
        assert (await stranger.head(f"{BASE}/notifications/{event.id}{path}")).status == HTTPStatus.OK
    wide = await stranger.get(f"/api/frigate/notifications/{event.id}.jpg?format=android")
    assert picture_of(await wide.read()).size == (349, 175)
    for path in ("/notifications/1.5-nobody.jpg", f"/notifications/{event.id}/clip.mp4", "/notifications/..%2fx.jpg"):
        assert (await stranger.get(BASE + path)).status in (HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST), path
    closed = ("/events", "/events/summary", f"/events/{event.id}", f"/events/{event.id}/snapshot.jpg")
    for path in (*closed, f"/events/{event.id}/thumbnail.jpg", f"/clips/front-{event.id}.mp4"):
        assert (await stranger.get(BASE + path)).status == HTTPStatus.UNAUTHORIZED, path

    await async_set_options(hass, entry, {"http": {"public_clips": True}})
    clip = await stranger.get(f"{BASE}/notifications/{event.id}/clip.mp4", headers={"Range": "bytes=0-9"})
    assert (clip.status, await clip.read()) == (HTTPStatus.PARTIAL_CONTENT, CLIP[:10])

    MockConfigEntry(domain="frigate").add_to_hass(hass)  # whose path it is
    answer = await stranger.get(f"/api/frigate/notifications/{event.id}.jpg")
    assert answer.status == HTTPStatus.NOT_FOUND


async def test_event_of_any_entry_is_found(
    hass: HomeAssistant, entry: MockConfigEntry, client: Client, tmp_path: Path
) -> None:
    other = file_entry(write_file(tmp_path, {"side": camera("/nowhere.mp4")}))
    await async_set_up(hass, other)
    assert other.runtime_data.paths.clips != entry.runtime_data.paths.clips
    event = await _create(other, "side", NOON)
    assert (await get_json(client, f"/events/{event.id}"))["camera"] == "side"
    assert (await get_picture(client, f"/notifications/{event.id}.jpg", is_final=True)).size == (175, 175)
    assert await get_json(client, "/events") == []
    assert len(await get_json(client, f"/events?entry_id={other.entry_id}")) == 1
    path = f"/events/{event.id}?entry_id={entry.entry_id}"
    assert await get_refusal(client, path) == (HTTPStatus.NOT_FOUND, "Event not found")
    assert await hass.config_entries.async_unload(other.entry_id)


async def test_database_that_cannot_be_used_is_told_and_the_rest_runs(
    hass: HomeAssistant, tmp_path: Path, hass_client: ClientSessionGenerator, issue_registry: ir.IssueRegistry
) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is no database" * 100)
    file = write_file(tmp_path, {"front": camera("/nowhere.mp4")}, database={"path": str(broken)})
    entry = file_entry(file)
    await async_open_views(hass)
    await async_set_up(hass, entry)
    client = await hass_client()
    status, words = await get_refusal(client, "/events")
    assert status == HTTPStatus.SERVICE_UNAVAILABLE
    assert words
    assert (await client.get(f"{BASE}/front/latest.jpg")).status == HTTPStatus.OK
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=30))
    await hass.async_block_till_done()
    issue = (DOMAIN, f"{entry.entry_id}/store")
    assert issue in issue_registry.issues
    entry.runtime_data.bridge.receive(StoreMessage(is_working=True))
    await hass.async_block_till_done()
    assert issue not in issue_registry.issues


async def test_broken_database_of_one_entry_hides_no_event_of_another(
    hass: HomeAssistant, tmp_path: Path, hass_client: ClientSessionGenerator, hass_ws_client: WebSocketGenerator
) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"this is no database" * 100)
    path = write_file(tmp_path, {"front": camera("/nowhere.mp4")}, database={"path": str(broken)})
    other = ui_entry(camera_subentry("Back", "/nowhere.mp4"))
    await async_open_views(hass)
    await async_set_up(hass, file_entry(path))
    await async_set_up(hass, other)
    websocket, client = await hass_ws_client(hass), await hass_client()
    event = await _create(other, "back", NOON)
    assert (await get_json(client, f"/events/{event.id}"))["camera"] == "back"
    assert (await get_picture(client, f"/notifications/{event.id}.jpg", is_final=True)).size == (175, 175)
    for command in ("event/get", "event/retain", "event/delete"):
        await websocket.send_json_auto_id({"type": f"frigate_native/{command}", "event_id": event.id})
        assert (await websocket.receive_json())["success"], command
    status, _ = await get_refusal(client, f"/events/{event.id}")
    assert status == HTTPStatus.SERVICE_UNAVAILABLE  # the broken one may have it


async def test_full_disk_is_told_until_it_has_room(
    hass: HomeAssistant, tmp_path: Path, issue_registry: ir.IssueRegistry
) -> None:
    entry = file_entry(write_file(tmp_path, {"front": camera("/nowhere.mp4")}))
    await async_set_up(hass, entry)
    data, issue = entry.runtime_data, (DOMAIN, f"{entry.entry_id}/disk")
    data.bridge.receive(DiskMessage(has_room=False, path=data.paths.clips, text="1 MB of 100 MB are free"))
    await async_until(lambda: issue in issue_registry.issues)
    words = issue_registry.issues[issue].translation_placeholders
    assert words == {"path": str(data.paths.clips), "error": "1 MB of 100 MB are free"}
    data.bridge.receive(DiskMessage(has_room=True, path=data.paths.clips))
    await async_until(lambda: issue not in issue_registry.issues)


async def test_event_that_a_crash_cut_off_is_ended_and_its_clip_accounted_for(
    hass: HomeAssistant, tmp_path: Path, hass_client: ClientSessionGenerator
) -> None:
    front = camera("/nowhere.mp4", save_clips={"enabled": True})
    entry = file_entry(write_file(tmp_path, {"front": front}))
    await async_open_views(hass)
    await async_set_up(hass, entry)
    client = await hass_client()
    event = await _create(entry, "front", NOON, end_time=None)
    assert (await get_json(client, f"/events/{event.id}"))["end_time"] is None
    assert await hass.config_entries.async_reload(entry.entry_id)
    answer = await get_json(client, f"/events/{event.id}")
    assert (answer["end_time"], answer["has_clip"]) == (NOON, False)

    def problem() -> str | None:
        found = entry.runtime_data.store.event(event.id)
        return found.clip_problem if found else None

    words = await async_until(problem)
    assert await get_refusal(client, f"/clips/front-{event.id}.mp4") == (HTTPStatus.NOT_FOUND, words)


async def test_event_on_footage_from_its_first_picture_to_its_clip(
    hass: HomeAssistant,
    tmp_path: Path,
    hass_client_no_auth: ClientSessionGenerator,
    hass_client: ClientSessionGenerator,
) -> None:
    source = {"path": str(FOOTAGE), "roles": ["detect", "clips"], "input_args": LOOPED}
    clips = {"enabled": True, "pre_capture": 1, "post_capture": 0}
    files = {"enabled": True, "bounding_box": True, "height": 240}
    front = camera(ffmpeg={"inputs": [source]}, save_clips=clips, snapshots=files)
    entry = file_entry(write_file(tmp_path, {"front": front}))
    await async_open_views(hass)
    await async_set_up(hass, entry)
    stranger, client = await hass_client_no_auth(), await hass_client()
    recorder = entry.runtime_data.event_writer
    pictures = {
        (stranger, "/notifications/{}.jpg"): (175, 175),
        (stranger, "/notifications/{}.jpg?format=android"): (349, 175),
        (client, "/events/{}/snapshot.jpg?crop=0&bbox=1&h=144"): (192, 144),
    }
    while True:  # until one has gone on for as long as it was looked at
        state = (await async_until(lambda: [state for state in recorder.states() if state.end_time is None]))[-1]
        answers = [await one.get(BASE + path.format(state.id)) for one, path in pictures]
        found = [(picture_of(await each.read()).size, each.headers["Cache-Control"]) for each in answers]
        running = await get_json(client, f"/events/{state.id}")
        if recorder.state(state.id) is not None:
            break
    assert [size for size, _ in found] == list(pictures.values())
    assert all("no-store" in control for _, control in found)
    assert running["end_time"] is None
    assert await hass.config_entries.async_reload(entry.entry_id)

    event = await get_json(client, f"/events/{state.id}")
    assert event["end_time"] >= event["start_time"]
    assert (await get_picture(stranger, f"/notifications/{state.id}.jpg", is_final=True)).size == (175, 175)
    assert event["has_clip"]
    assert event["has_snapshot"]
    assert (await get_picture(client, f"/clips/front-{state.id}.jpg", is_final=True)).height == 240
    stored = f"/events/{state.id}/snapshot"
    assert (await get_picture(client, f"{stored}.jpg", is_final=True)).height == 240
    assert (await get_picture(client, f"{stored}.jpg?crop=0&h=144", is_final=True)).size == (192, 144)
    assert (await get_picture(client, f"{stored}.jpg?crop=1&height=100", is_final=True)).size == (100, 100)
    assert (await client.get(f"{BASE}{stored}.jpg?quality=0")).status == HTTPStatus.BAD_REQUEST
    clean = await client.get(f"{BASE}{stored}-clean.webp")
    assert (clean.status, clean.content_type) == (HTTPStatus.OK, "image/webp")
    assert (await clean.read())[:4] == b"RIFF"
    clip: ClientResponse = await client.get(f"{BASE}/clips/front-{state.id}.mp4")
    assert (await clip.read())[4:8] == b"ftyp"
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert our_threads() == []
