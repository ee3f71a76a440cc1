"""The calls of the official Frigate integration, replayed against the port: each answer has the keys that it needs."""

import os
import shutil
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.frigate_native.engine.store import Recording, ReviewWrite, StoredEvent
from tests.servers import free_port

from ..system import FOOTAGE, async_set_up, async_store_event, async_tell, camera, file_entry, review_item, write_file

ZONES: Final = {"yard": {"coordinates": "0,0,767,0,767,575,0,575"}}
EVENT_KEYS: Final = {
    *("camera", "end_time", "false_positive", "has_clip", "has_snapshot", "id", "label", "sub_label", "start_time"),
    *("top_score", "zones", "retain_indefinitely", "data"),
}
REVIEW_KEYS: Final = {"id", "camera", "severity", "start_time", "end_time", "thumb_path", "data", "has_been_reviewed"}


@dataclass(frozen=True)
class Integration:
    """The client of the official integration: every call has a JSON body and type, any status from 400 is an error."""

    session: aiohttp.ClientSession
    event: StoredEvent
    review_id: str

    async def json(self, path: str, method: str = "GET", **body: Any) -> Any:
        headers = {"Content-Type": "application/json; charset=UTF-8"}
        async with self.session.request(method, path, json=body, headers=headers) as answer:
            assert answer.status < HTTPStatus.BAD_REQUEST, (path, await answer.text())
            return await (answer.json() if answer.content_type == "application/json" else answer.text())

    async def media(self, path: str, **headers: str) -> tuple[int, str, bytes]:
        async with self.session.get(path, headers=headers) as answer:
            assert answer.status < HTTPStatus.BAD_REQUEST, (path, await answer.text())
            return answer.status, answer.content_type, await answer.read()


@pytest.fixture
async def integration(hass: HomeAssistant, tmp_path: Path) -> AsyncIterator[Integration]:
    """Return a client of a port with a camera, a recording, an event with a clip and a review item."""
    http = {"listener": True, "listener_writes": True, CONF_HOST: "127.0.0.1", CONF_PORT: free_port()}
    path = write_file(tmp_path, {"front": camera("/nowhere.mp4", zones=ZONES)})
    entry = file_entry(path, options={"http": http})
    await async_set_up(hass, entry)
    event = await _fill(entry)
    review = review_item("front", event.start_time, event_ids=(event.id,))
    await async_tell(entry, lambda store: store.reviews.write([ReviewWrite(state=review, webp=b"RIFF")]))
    async with aiohttp.ClientSession(f"http://127.0.0.1:{http[CONF_PORT]}") as session:
        yield Integration(session, event, review.id)
    assert await hass.config_entries.async_unload(entry.entry_id)


async def _fill(entry: MockConfigEntry) -> StoredEvent:
    """Store an hour-old event with a clip and a recording of the same time."""
    start, paths = float(int(time.time()) - 3600), entry.runtime_data.paths
    file = paths.recordings / "2026-11" / "01" / "00" / "front" / "00.00.mp4"
    file.parent.mkdir(parents=True)
    shutil.copyfile(FOOTAGE, file)
    os.utime(file, (start, start))
    name, size = str(file.relative_to(paths.recordings)), file.stat().st_size
    recording = Recording(camera="front", path=name, start=start, end=start + 79, size=size)
    await async_tell(entry, lambda store: store.recordings.add([recording]))
    event = await async_store_event(entry, "front", "person", start + 5, zones=("yard",), thumbnail=b"\xff\xd8")
    await async_tell(entry, lambda store: store.set_clip(event.id))
    return event


async def test_set_up_finds_what_it_needs(integration: Integration) -> None:
    version = await integration.json("/api/version")
    assert tuple(map(int, version.partition("-")[0].split("."))) >= (0, 14, 0)
    config, stats = await integration.json("/api/config"), await integration.json("/api/stats")
    assert config["version"] >= "0.14"
    assert {"topic_prefix", "client_id"} <= set(config["mqtt"])
    assert isinstance(config["model"], dict)
    assert set(stats["cameras"]) <= set(config["cameras"])
    for name, camera_config in config["cameras"].items():
        assert camera_config["objects"]["track"] == ["person"]
        assert list(camera_config["zones"]) == ["yard"]
        assert isinstance(camera_config["audio"]["enabled_in_config"], bool)
        assert {"contour_area", "threshold", "enabled"} <= set(camera_config["motion"])
        assert isinstance(camera_config["record"]["enabled"], bool)
        assert camera_config["onvif"]["autotracking"]["enabled_in_config"] is False
        assert {"camera_fps", "process_fps", "skipped_fps", "detection_fps", "pid"} <= set(stats["cameras"][name])
    assert config["go2rtc"]["streams"] == {}
    assert {"detection_fps", "camera_fps"} <= {key for key in stats if key.endswith("_fps")}
    assert all({"inference_speed", "pid"} <= set(one) for one in stats["detectors"].values())
    service = stats["service"]
    assert {"uptime", "version", "latest_version", "storage", "temperatures"} <= set(service)
    assert (stats["gpu_usages"], stats["cpu_usages"]) == ({}, {})


async def test_events_and_summaries_have_the_keys_that_the_card_demands(integration: Integration) -> None:
    query = "cameras=front&labels=person&zones=yard&limit=10000&has_clip=1&include_thumbnails=0"
    (event,) = await integration.json(f"/api/events?{query}")
    assert set(event) >= EVENT_KEYS
    assert "thumbnail" not in event
    for nothing in ("cameras=nope", "labels=car", "zones=None", "sub_labels=bob", "favorites=1", "has_snapshot=1"):
        assert await integration.json(f"/api/events?{nothing}&include_thumbnails=0") == [], nothing
    (summary,) = await integration.json("/api/events/summary?has_clip=1&timezone=Europe/Berlin")
    assert set(summary) >= {"camera", "day", "label", "sub_label", "zones", "count"}
    assert set(await integration.json(f"/api/events/{integration.event.id}")) >= EVENT_KEYS - {"top_score"}
    assert (await integration.json(f"/api/events/{integration.event.id}/retain", "POST"))["success"] is True
    assert len(await integration.json("/api/events?favorites=1")) == 1
    assert (await integration.json(f"/api/events/{integration.event.id}/retain", "DELETE"))["success"] is True
    assert await integration.json("/api/front/ptz/info") == {}


async def test_review_items_and_recordings_have_the_keys_that_the_card_demands(integration: Integration) -> None:
    after, before = integration.event.start_time - 60, integration.event.start_time + 60
    query = f"cameras=front&severity=alert&after={after}&before={before}&limit=50&reviewed=0"
    (item,) = await integration.json(f"/api/review?{query}")
    assert set(item) >= REVIEW_KEYS
    assert {"detections", "objects", "sub_labels", "zones", "audio"} <= set(item["data"])
    thumbnail = item["thumb_path"].removeprefix("/media/frigate")
    assert await integration.media(thumbnail) == (HTTPStatus.OK, "image/webp", b"RIFF")
    assert (await integration.json("/api/reviews/viewed", "POST", ids=[integration.review_id]))["success"] is True
    assert await integration.json(f"/api/review?{query}") == []
    (segment,) = await integration.json(f"/api/front/recordings?after={int(after)}&before={int(before)}")
    assert isinstance(segment["id"], str)
    assert set(segment) >= {"id", "start_time", "end_time"}
    (day, *_) = await integration.json("/api/front/recordings/summary?timezone=UTC")
    assert set(day) == {"day", "events", "hours"}
    assert {"hour", "duration", "events"} <= set(day["hours"][0])


async def test_pictures_clips_and_playlists_are_served(integration: Integration) -> None:
    event, start = integration.event, int(integration.event.start_time)
    for path in (f"/api/events/{event.id}/thumbnail.jpg", "/api/front/latest.jpg?h=277", "/api/front/latest.jpg"):
        assert (await integration.media(path))[:2] == (HTTPStatus.OK, "image/jpeg"), path
    for path in (f"/api/events/{event.id}/clip.mp4", f"/api/front/start/{start}/end/{start + 9}/clip.mp4"):
        status, kind, body = await integration.media(path, Range="bytes=0-99")
        assert (status, kind, body[4:8]) == (HTTPStatus.PARTIAL_CONTENT, "video/mp4", b"ftyp"), path
    hour = datetime.fromtimestamp(start, UTC).strftime("%Y-%m/%d/%H")
    span = f"/vod/front/start/{start - 5}/end/{start + 10}"
    for folder in (f"/vod/event/{event.id}", span, f"/vod/{hour}/front/utc"):
        playlist = (await integration.media(f"{folder}/index.m3u8?authSig=x.y.z"))[2].decode()
        names = [line for line in playlist.splitlines() if line and not line.startswith("#")]
        names.append(next(line for line in playlist.splitlines() if "MAP" in line).split('"')[1])
        assert all(name.partition("?")[0].endswith((".m4s", ".mp4")) for name in names)
        assert (await integration.media(f"{folder}/{names[-1]}"))[2][4:8] == b"ftyp"
        assert len((await integration.media(f"{folder}/{names[0]}"))[2]) > 1000
    assert b"index.m3u8" in (await integration.media(f"/vod/event/{event.id}/master.m3u8"))[2]


async def test_services_do_what_they_say(integration: Integration) -> None:
    body = {"sub_label": "visitor", "duration": None, "include_recording": True}
    made = await integration.json("/api/events/front/doorbell/create", "POST", **body)
    assert made["success"] is True
    assert (await integration.json(f"/api/events/{made['event_id']}"))["label"] == "doorbell"
    ended = await integration.json(f"/api/events/{made['event_id']}/end", "PUT", end_time=time.time())
    assert ended["success"] is True
    start = int(integration.event.start_time)
    path = f"/api/export/front/start/{start}/end/{start + 5}"
    exported = await integration.json(path, "POST", playback="realtime", source="recordings", name="")
    assert exported["export_id"].startswith("front_")
