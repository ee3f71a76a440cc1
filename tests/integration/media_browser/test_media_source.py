"""The media browser, through Home Assistant's own door: its WebSocket commands."""

from collections.abc import AsyncIterator
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from homeassistant.components.media_source import MediaSourceItem
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator, WebSocketGenerator

from custom_components.frigate_native.engine.store import StoredEvent
from custom_components.frigate_native.media_browser.texts import TextKey
from custom_components.frigate_native.media_source import async_get_media_source

from ..system import (
    async_set_up,
    async_store_event,
    async_tell,
    camera,
    camera_subentry,
    file_entry,
    ui_entry,
    write_file,
)
from ..texts import ENGLISH

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=BERLIN)
SOURCE = "media-source://frigate_native"
CLIP = b"a clip"
PICTURE = b"a picture"
ZONE = {"coordinates": "0,0,100,0,100,100"}

type Item = dict[str, Any]


@pytest.fixture(autouse=True)
async def _afternoon(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make it a certain afternoon in a place whose clocks change."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    monkeypatch.setattr(dt_util, "now", lambda: NOW)
    assert await async_setup_component(hass, "media_source", {})


@pytest.fixture
async def entry(hass: HomeAssistant, tmp_path: Path) -> AsyncIterator[MockConfigEntry]:
    """Return an entry with two cameras and a zone."""
    cameras = {
        "front_door": camera("/nowhere.mp4", objects={"track": ["person", "dog"]}, zones={"yard": ZONE}),
        "back": camera("/nowhere.mp4"),
    }
    entry = file_entry(write_file(tmp_path, cameras))
    await async_set_up(hass, entry)
    yield entry
    assert await hass.config_entries.async_unload(entry.entry_id)


class Browser:
    """What the frontend's media browser asks."""

    def __init__(self, client: Any) -> None:
        self._client = client

    async def ask(self, command: str, **arguments: str) -> Any:
        """Return the answer, be it a result or an error."""
        await self._client.send_json_auto_id({"type": f"media_source/{command}", **arguments})
        return await self._client.receive_json()

    async def open(self, content_id: str = SOURCE) -> Item:
        """Return a folder."""
        answer = await self.ask("browse_media", media_content_id=content_id)
        assert answer["success"], answer
        found: Item = answer["result"]
        return found

    async def walk(self, *titles: str) -> Item:
        """Return a folder that is reached by the beginnings of titles, one click each."""
        folder = await self.open()
        for title in titles:
            chosen = next((one for one in folder["children"] if one["title"].startswith(title)), None)
            assert chosen is not None, (title, shown(folder))
            folder = await self.open(chosen["media_content_id"])
        return folder

    async def resolve(self, content_id: str) -> Item:
        """Return address and type of a file."""
        answer = await self.ask("resolve_media", media_content_id=content_id)
        assert answer["success"], answer
        found: Item = answer["result"]
        return found

    async def search(self, words: str, content_id: str = SOURCE) -> list[str]:
        """Return the titles of what is found."""
        answer = await self.ask("search_media", media_content_id=content_id, search_query=words)
        assert answer["success"], answer
        return [one["title"] for one in answer["result"]["result"]]


@pytest.fixture
async def browser(entry: MockConfigEntry, hass_ws_client: WebSocketGenerator) -> Browser:
    """Return a browser of somebody who has logged in."""
    return Browser(await hass_ws_client())


def shown(folder: Item) -> list[str]:
    """Return the titles in a folder."""
    return [one["title"] for one in folder["children"]]


async def create(entry: MockConfigEntry, camera: str, moment: str, label: str = "person", **more: Any) -> StoredEvent:
    """Store an event of ten seconds with a clip, at a local time."""
    is_picture = more.pop("is_picture", False)
    start = datetime.fromisoformat(moment).replace(tzinfo=BERLIN).timestamp()
    data = entry.runtime_data
    event = await async_store_event(entry, camera, label, start, end_time=start + 10, top_score=0.917, **more)
    path = data.paths.clips / f"{camera}-{event.id}.{'jpg' if is_picture else 'mp4'}"
    path.write_bytes(PICTURE if is_picture else CLIP)
    mark = data.store.set_snapshot if is_picture else data.store.set_clip
    await async_tell(entry, lambda _: mark(event.id))
    return event


async def create_some(entry: MockConfigEntry) -> None:
    """Store events of two years."""
    await create(entry, "front_door", "2026-11-22T08:00:00", zones=("yard",))
    await create(entry, "front_door", "2026-11-22T00:00:00", "dog")
    await create(entry, "back", "2026-11-21T23:59:59")
    await create(entry, "front_door", "2026-11-03T12:00:00")
    await create(entry, "back", "2026-10-05T12:00:00")
    await create(entry, "front_door", "2025-12-31T23:30:00")


async def test_clips_are_narrowed_by_time_camera_object_and_zone(entry: MockConfigEntry, browser: Browser) -> None:
    await create_some(entry)
    root = await browser.open()
    assert (root["title"], shown(root)) == ("Frigate", ["Clips", "Snapshots", "Recordings", "Reviews", "Exports"])
    clips = await browser.walk("Clips")
    assert shown(clips) == [
        *("Today (2)", "Yesterday (1)", "This month (4)", "Last month (1)", "This year (5)", "2025 (1)"),
        *("Cameras", "Objects", "Zones"),
        "Person 92 % · 08:00:00 · Front door · 10 s",
        "Dog 92 % · 00:00:00 · Front door · 10 s",
        "Person 92 % · 2026-11-21 23:59:59 · Back · 10 s",
        "Person 92 % · 2026-11-03 12:00:00 · Front door · 10 s",
        "Person 92 % · 2026-10-05 12:00:00 · Back · 10 s",
        "Person 92 % · 2025-12-31 23:30:00 · Front door · 10 s",
    ]
    months = await browser.walk("Clips", "This year")
    assert shown(months)[:4] == ["November 2026 (4)", "October 2026 (1)", "Cameras", "Objects"]
    days = await browser.walk("Clips", "This year", "November")
    assert shown(days)[:3] == ["2026-11-22 (2)", "2026-11-21 (1)", "2026-11-03 (1)"]
    day = await browser.walk("Clips", "This year", "November", "2026-11-22")
    assert shown(day)[:3] == ["Cameras", "Objects", "Zones"]
    labels = await browser.walk("Clips", "This month", "Cameras", "Front door", "Objects")
    assert shown(labels) == ["Dog (1)", "Person (2)"]
    last = await browser.walk("Clips", "This month", "Cameras", "Front door", "Objects", "Person", "Zones", "Yard")
    assert last["title"] == "Clips · This month · Front door · Person · Yard"
    assert shown(last) == ["2026-11-22 (1)", "Person 92 % · 08:00:00 · 10 s"]


async def test_clip_has_a_thumbnail_and_plays_with_a_signed_address(
    entry: MockConfigEntry,
    browser: Browser,
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    event = await create(entry, "back", "2026-11-22T08:00:00", thumbnail=PICTURE)
    clip = (await browser.walk("Clips", "Today"))["children"][-1]
    assert (clip["media_class"], clip["can_play"], clip["can_expand"]) == ("video", True, False)
    thumbnail = await (await hass_client()).get(clip["thumbnail"])
    assert (thumbnail.content_type, await thumbnail.read()) == ("image/jpeg", PICTURE)
    stranger = await hass_client_no_auth()
    assert (await stranger.get(clip["thumbnail"])).status == HTTPStatus.UNAUTHORIZED
    media = await browser.resolve(clip["media_content_id"])
    assert media["mime_type"] == "video/mp4"
    played = await stranger.get(media["url"], headers={"Range": "bytes=2-"})
    assert (played.status, played.content_type) == (HTTPStatus.PARTIAL_CONTENT, "video/mp4")
    assert await played.read() == CLIP[2:]
    (entry.runtime_data.paths.clips / f"back-{event.id}.mp4").unlink()
    answer = await browser.ask("resolve_media", media_content_id=clip["media_content_id"])
    assert answer["error"]["message"] == "This file no longer exists. It may have expired"


async def test_snapshots_are_pictures(
    entry: MockConfigEntry, browser: Browser, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await create(entry, "back", "2026-11-22T08:00:00", is_picture=True)
    assert shown(await browser.walk("Clips")) == ["Cameras", "Objects", "Zones"]
    picture = (await browser.walk("Snapshots"))["children"][-1]
    assert picture["media_class"] == "image"
    media = await browser.resolve(picture["media_content_id"])
    assert media["mime_type"] == "image/jpeg"
    assert await (await (await hass_client_no_auth()).get(media["url"])).read() == PICTURE


async def test_long_folders_have_pages(entry: MockConfigEntry, browser: Browser) -> None:
    for number in range(60):
        await create(entry, "back", f"2026-11-22T08:{number:02}:00")
        await create(entry, "back", f"2026-11-22T08:{number:02}:00")  # of the same moment
    page = await browser.walk("Clips", "Today")
    seen: list[str] = []
    sizes: list[int] = []
    assert shown(page)[-1] == "Next page (70 older)"
    while len(sizes) < 4:
        clips = [one["media_content_id"] for one in page["children"] if one["can_play"]]
        sizes.append(len(clips))
        seen += clips
        following = [one for one in page["children"] if one["title"].startswith("Next")]
        if not following:
            break
        page = await browser.open(following[0]["media_content_id"])
        assert page["children"][0]["can_play"]  # no folders again
    assert sizes == [50, 50, 20]
    assert len(set(seen)) == 120


async def test_words_find_events(entry: MockConfigEntry, browser: Browser) -> None:
    await create_some(entry)
    await create(entry, "back", "2026-11-22T09:00:00", is_picture=True)
    await create(entry, "back", "2024-06-01T09:00:00", zones=("porch", "side_yard"))
    for words, expected in {
        "": 8,
        "FRONT": 4,
        "front door": 4,
        "front dog": 1,
        "yard": 2,
        "yard porch": 1,
        "side yard": 1,
        "dog yard": 0,
        "front back": 0,
        "unicorn": 0,
        "today": 3,
        "yesterday back": 1,
        "2026-11": 5,
        "2025 person": 1,
        "today yesterday": 0,
    }.items():
        assert len(await browser.search(words)) == expected, words
    month = next(one for one in (await browser.walk("Clips"))["children"] if one["title"].startswith("Last month"))
    found = await browser.search("person", month["media_content_id"])
    assert found == ["Person 92 % · 2026-10-05 12:00:00 · Back · 10 s"]
    recordings = (await browser.walk("Recordings"))["media_content_id"]
    answer = await browser.ask("search_media", media_content_id=recordings, search_query="back")
    assert answer["error"]["code"] == "search_media_failed"


def record(entry: MockConfigEntry, *paths: str, content: bytes = CLIP) -> None:
    """Put recordings into the tree."""
    for path in paths:
        file = entry.runtime_data.paths.recordings / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


async def test_recordings_are_found_by_time_and_by_camera(
    entry: MockConfigEntry,
    browser: Browser,
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    assert shown(await browser.walk("Recordings")) == []
    record(entry, "2026-11/22/09/back/05.03.mp4", "2026-11/22/14/front_door/00.00.mp4", "2026-11/02/09/old one/0.mp4")
    record(entry, "2026-10/25/02/back/59.00.mp4", "2026-10/25/02/back/01.00-2.mp4", "2026-10/25/02/back/02.00.mp4")
    record(entry, ".unfinished/x.mp4", "2026-11/22/14/front_door/notes.txt", "2026-02/31/00/back/00.00.mp4")
    record(entry, "2026-10/25/02/old one/59.00.mp4")
    root = await browser.walk("Recordings")
    months = ["November 2026", "October 2026", "February 2026"]
    assert shown(root) == [*months, "Back", "Front door", "Old one"]
    assert root["children"][-1]["thumbnail"] is None
    picture = await (await hass_client()).get(root["children"][-2]["thumbnail"])
    assert (picture.status, picture.content_type) == (HTTPStatus.OK, "image/jpeg")
    assert shown(await browser.walk("Recordings", "November")) == ["2026-11-22", "2026-11-02"]
    assert shown(await browser.walk("Recordings", "November", "2026-11-22")) == ["14:00", "09:00"]
    assert shown(await browser.walk("Recordings", "November", "2026-11-22", "14")) == ["Front door"]
    assert shown(await browser.walk("Recordings", "November", "2026-11-22", "14", "Front")) == ["14:00:00"]
    assert shown(await browser.walk("Recordings", "Front door")) == ["November 2026"]
    assert shown(await browser.walk("Recordings", "Back", "November", "2026-11-22")) == ["09:00"]
    repeated = await browser.walk("Recordings", "Back", "October", "2026-10-25", "02:00")
    assert repeated["title"] == "Recordings · Back · 2026-10-25 · 02:00"
    assert shown(repeated) == ["02:02:00", "02:59:00", "02:01:00 (2)"]
    (file,) = (await browser.walk("Recordings", "Old one", "October", "2026-10-25", "02"))["children"]
    media = await browser.resolve(file["media_content_id"])
    assert media["mime_type"] == "video/mp4"
    assert await (await (await hass_client_no_auth()).get(media["url"])).read() == CLIP


async def test_recordings_in_utc_are_shown_in_local_time(
    hass: HomeAssistant, entry: MockConfigEntry, browser: Browser
) -> None:
    await hass.config.async_set_time_zone("Europe/Berlin")
    record(entry, "2026-11-22/23/back/05.03.mp4", "2026-11-22/09/back/00.00.mp4", "2026-11/21/09/back/00.00.mp4")
    assert shown(await browser.walk("Recordings")) == ["2026-11-22", "November 2026", "Back"]
    assert shown(await browser.walk("Recordings", "2026-11-22")) == ["2026-11-23 00:00", "10:00"]
    night = await browser.walk("Recordings", "Back", "2026-11-22", "2026-11-23")
    assert night["title"] == "Recordings · Back · 2026-11-22 · 2026-11-23 00:00"
    (file,) = night["children"]
    assert file["title"] == "00:05:03"
    assert (await browser.resolve(file["media_content_id"]))["mime_type"] == "video/mp4"


async def test_nothing_but_what_is_there_can_be_opened(
    entry: MockConfigEntry, browser: Browser, tmp_path: Path
) -> None:
    record(entry, "2026-11/22/09/back/05.03.mp4")
    event = await create(entry, "back", "2026-11-22T08:00:00")
    recordings = entry.runtime_data.paths.recordings
    (recordings.parent / "05.03.mp4").write_bytes(CLIP)
    (recordings / "2026-11/22/09/back/06.00.mp4").symlink_to(recordings.parent / "05.03.mp4")
    (recordings / "2026-12").symlink_to(recordings / "2026-11")
    (recordings / "2026-10").symlink_to(tmp_path)
    base = f"{SOURCE}/{entry.entry_id}"
    for name in (
        *("clips?period=2026-13", "clips?period=then", "clips?period=2026-02-30", "clips?period=0000", "clips?x=1"),
        *("clips?by=colour", "clips?older=now~1", "clips?older=nan~1", "clips?camera", "unknown", "clips/x"),
        *("recordings?at=..", "recordings?at=2026-11/22/..", "recordings?at=2026-11/22/09/back", "recordings?at=/etc"),
        *("recordings?at=2026-10", "recordings?at=1999-01", "recordings?at=%00", "recordings?at=2026-11&x=1"),
        *("recordings/2026-11", "clips?period=10000", "clips?period=9999", "recordings?at="),
    ):
        answer = await browser.ask("browse_media", media_content_id=f"{base}/{name}")
        assert answer["error"]["code"] == "browse_media_failed", name
        assert name in answer["error"]["message"], name
    assert shown(await browser.walk("Recordings", "November", "2026-11-22", "09:00", "Back")) == ["09:05:03"]
    assert (await browser.ask("browse_media", media_content_id=f"{base}/recordings?at=2026-11/22/09&camera=.."))[
        "result"
    ]["children"] == []
    good = f"{base}/recording/2026-11/22/09/back/05.03.mp4"
    assert (await browser.resolve(good))["mime_type"] == "video/mp4"
    for name in (
        *("recording/../05.03.mp4", "recording/2026-11/22/09/../../../../05.03.mp4", "recording//etc/passwd", "clip"),
        *("recording/2026-11/22/09/back/06.00.mp4", "recording/2026-11/22/09/back/07.00.mp4", "recording/", "clip/1-x"),
        *(
            "recording/2026-11/22/09/back",
            "recording/2026-11/22/09/back/05.03.mp4/x",
            "recording/2026-11/22/09/back/..",
        ),
        *(f"clip/back-{event.id}", f"snapshot/{event.id}", f"clips/{event.id}", "clip/../frigate.db", "recordings"),
        "recording/2026-11/22/09/back/05.03.mp4\0",
    ):
        answer = await browser.ask("resolve_media", media_content_id=f"{base}/{name}")
        assert answer["error"]["code"] == "resolve_media_failed", name
    for name in ("nobody", "nobody/clips", f"{entry.entry_id}x/clips"):
        answer = await browser.ask("browse_media", media_content_id=f"{SOURCE}/{name}")
        assert answer["error"]["code"] == "browse_media_failed", name
        answer = await browser.ask("resolve_media", media_content_id=f"{SOURCE}/{name}/clip/{event.id}")
        assert answer["error"]["code"] == "resolve_media_failed", name


async def test_each_of_two_entries_has_a_level(
    hass: HomeAssistant, entry: MockConfigEntry, browser: Browser, hass_client_no_auth: ClientSessionGenerator
) -> None:
    other = ui_entry(camera_subentry("Back", "/nowhere.mp4"))
    await async_set_up(hass, other)
    hass.config_entries.async_update_entry(other, title="Cottage")
    await hass.async_block_till_done()
    path = "2026-11/22/09/back/05.03.mp4"
    record(entry, path, content=b"house")
    record(other, path, content=b"cottage")
    await create(entry, "back", "2026-11-22T08:00:00")
    await create(other, "back", "2026-11-22T09:00:00")
    assert shown(await browser.open()) == ["Frigate", "Cottage"]
    for title, content in (("Frigate", b"house"), ("Cottage", b"cottage")):
        hour = await browser.walk(title, "Recordings", "Back", "November", "2026-11-22", "09:00")
        media = await browser.resolve(hour["children"][0]["media_content_id"])
        assert await (await (await hass_client_no_auth()).get(media["url"])).read() == content
        assert "Today (1)" in shown(await browser.walk(title, "Clips"))
    assert [title.partition(":")[0] for title in await browser.search("back")] == [
        "Person 92 % · 09",
        "Person 92 % · 08",
    ]
    assert await hass.config_entries.async_unload(other.entry_id)
    assert shown(await browser.open()) == ["Clips", "Snapshots", "Recordings", "Reviews", "Exports"]


async def test_source_without_entries_and_database_says_so(
    hass: HomeAssistant, entry: MockConfigEntry, browser: Browser
) -> None:
    await async_tell(entry, lambda store: store.close())
    answer = await browser.ask("browse_media", media_content_id=f"{SOURCE}/{entry.entry_id}/clips")
    assert "database is not open" in answer["error"]["message"]
    assert await hass.config_entries.async_unload(entry.entry_id)
    answer = await browser.ask("browse_media", media_content_id=SOURCE)
    assert answer["error"]["message"] == "No Frigate Native entry is loaded"
    assert await hass.config_entries.async_setup(entry.entry_id)


async def test_players_in_this_process_get_the_file_itself(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    event = await create(entry, "back", "2026-11-22T08:00:00")
    source = await async_get_media_source(hass)
    media = await source.async_resolve_media(
        MediaSourceItem(hass, "frigate_native", f"{entry.entry_id}/clip/{event.id}", None)
    )
    assert media.path is not None
    assert media.path.read_bytes() == CLIP


def test_all_words_are_there() -> None:
    assert {key for key in ENGLISH["common"] if key.startswith("media_")} == set(TextKey)
