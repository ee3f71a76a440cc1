"""Video cut from recordings over HTTP: a file with ranges, HLS with signed parts, and nothing without rights."""

import os
import shutil
import subprocess
from collections.abc import AsyncIterator
from functools import partial
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

import av
import pytest
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.frigate_native.engine.store import EventStore
from custom_components.frigate_native.recorder import recording_path
from custom_components.frigate_native.runtime.viewer import Viewer

from ..system import async_set_up, async_store_event, async_tell, async_until, camera_subentry, ui_entry
from ..web import BASE, Client, async_open_views, get_json, get_refusal

START = 1_795_334_400
SPAN = f"start/{START + 5}/end/{START + 25}"
FILM = "testsrc2=size=160x96:rate=10:duration=10"
ENCODE = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-pix_fmt", "yuv420p", "-movflags", "+faststart")


@pytest.fixture
async def entry(hass: HomeAssistant, tmp_path: Path) -> AsyncIterator[MockConfigEntry]:
    """Return an entry with half a minute of recordings of one camera."""
    sample = tmp_path / "sample.mp4"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", FILM, *ENCODE, str(sample)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)  # noqa: ASYNC221
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"))
    await async_open_views(hass)
    await async_set_up(hass, entry)
    data = entry.runtime_data
    for number in range(3):
        start = START + number * 10
        path = data.paths.recordings / recording_path(start, "front", dt_util.get_default_time_zone())
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sample, path)
        os.utime(path, (start + 10, start + 10))
    data.recordings.look_again()
    await async_until(lambda: data.store.is_open and len(data.store.recordings.between("front", 0, 4e9)) == 3)
    yield entry
    assert await hass.config_entries.async_unload(entry.entry_id)


@pytest.fixture
async def client(entry: MockConfigEntry, hass_client: ClientSessionGenerator) -> Client:
    """Return a client that has logged in."""
    return await hass_client()


def pictures(content: bytes) -> int:
    """Return how many pictures a video has."""
    with av.open(BytesIO(content), "r") as container:
        return len(list(container.decode(video=0)))


async def test_a_time_range_is_a_file_with_ranges(client: Client) -> None:
    path = f"{BASE}/front/{SPAN}/clip.mp4"
    answer = await client.get(path)
    assert (answer.status, answer.content_type) == (HTTPStatus.OK, "video/mp4")
    whole = await answer.read()
    assert 200 <= pictures(whole) <= 210  # from the key frame before
    part = await client.get(path, headers={"Range": "bytes=100-199"})
    assert (part.status, await part.read()) == (HTTPStatus.PARTIAL_CONTENT, whole[100:200])


async def test_a_stream_plays_with_signed_parts_only(
    client: Client, hass_client_no_auth: ClientSessionGenerator
) -> None:
    stranger = await hass_client_no_auth()
    answer = await client.get(f"{BASE}/vod/front/{SPAN}/index.m3u8")
    assert (answer.status, answer.content_type) == (HTTPStatus.OK, "application/vnd.apple.mpegurl")
    lines = (await answer.text()).splitlines()
    init = next(line for line in lines if "MAP" in line).partition('"')[2].rstrip('"')
    content = b""
    for name in (init, *(line for line in lines if not line.startswith("#"))):
        part = await stranger.get(f"{BASE}/vod/front/{SPAN}/{name}")  # a player that has only the playlist
        assert part.status == HTTPStatus.OK
        content += await part.read()
        unsigned = await stranger.get(f"{BASE}/vod/front/{SPAN}/{name.partition('?')[0]}")
        assert unsigned.status == HTTPStatus.UNAUTHORIZED
    assert pictures(content) == 300
    master = await client.get(f"{BASE}/vod/front/{SPAN}/master.m3u8")
    index = (await master.text()).splitlines()[-1]
    assert (await stranger.get(f"{BASE}/vod/front/{SPAN}/{index}")).status == HTTPStatus.OK


REFUSED = [
    (f"/front/start/{START + 900}/end/{START + 910}/clip.mp4", HTTPStatus.NOT_FOUND),
    (f"/front/start/{START + 10}/end/{START}/clip.mp4", HTTPStatus.BAD_REQUEST),
    (f"/front/start/{START}/end/{START + 7200}/clip.mp4", HTTPStatus.BAD_REQUEST),
    ("/front/start/nan/end/5/clip.mp4", HTTPStatus.BAD_REQUEST),
    (f"/shed/{SPAN}/clip.mp4", HTTPStatus.NOT_FOUND),
    (f"/vod/front/start/{START + 900}/end/{START + 910}/index.m3u8", HTTPStatus.NOT_FOUND),
    (f"/vod/front/{SPAN}/part-5.m4s", HTTPStatus.NOT_FOUND),
    (f"/vod/front/start/{START}/end/{START + 90_000}/index.m3u8", HTTPStatus.BAD_REQUEST),
    ("/vod/2026-13/22/08/front/utc/index.m3u8", HTTPStatus.BAD_REQUEST),
    ("/vod/2026-11/22/24/front/index.m3u8", HTTPStatus.BAD_REQUEST),
    ("/vod/2026-11/22/08/front/Mars/index.m3u8", HTTPStatus.BAD_REQUEST),
    ("/vod/2026-11/22/09/front/utc/index.m3u8", HTTPStatus.NOT_FOUND),
    ("/vod/event/1.5-nobody/index.m3u8", HTTPStatus.NOT_FOUND),
    ("/events/1.5-nobody/clip.mp4", HTTPStatus.NOT_FOUND),
    ("/front/recordings?after=1&before=2000000", HTTPStatus.BAD_REQUEST),
    ("/front/recordings?after=x", HTTPStatus.BAD_REQUEST),
    ("/front/recordings/summary?timezone=Mars", HTTPStatus.BAD_REQUEST),
    ("/recordings/unavailable?scale=0", HTTPStatus.BAD_REQUEST),
    ("/shed/ptz/info", HTTPStatus.NOT_FOUND),
]


async def test_what_there_is_not_is_refused(client: Client) -> None:
    for path, status in REFUSED:
        assert (await get_refusal(client, path))[0] == status, path


async def test_recordings_are_listed_by_file_and_by_hour(entry: MockConfigEntry, client: Client) -> None:
    event = await async_store_event(entry, "front", "person", START + 8)
    await async_tell(entry, partial(_set_clip, event.id))
    rows = await get_json(client, f"/front/recordings?after={START + 5}&before={START + 15}")
    assert [(row["start_time"], row["end_time"], row["duration"]) for row in rows] == [
        (START, START + 10, 10),
        (START + 10, START + 20, 10),
    ]
    assert set(rows[0]) == {"id", "start_time", "end_time", "duration", "segment_size", "motion", "objects"}
    assert await get_json(client, "/front/recordings") == []
    for zone, day, hour in (("UTC", "2026-11-22", "08"), ("Asia/Kathmandu", "2026-11-22", "13")):
        (found,) = await get_json(client, f"/front/recordings/summary?timezone={zone}")
        hours = [{"hour": hour, "events": 1, "motion": 0, "objects": 0, "duration": 30}]
        assert found == {"day": day, "events": 1, "hours": hours}
    gaps = await get_json(client, f"/recordings/unavailable?after={START - 60}&before={START + 40}&scale=20")
    assert gaps == [{"start_time": START - 60, "end_time": START}]
    assert await get_json(client, "/shed/recordings/summary") == []


async def test_streams_of_hours_and_events_play(
    entry: MockConfigEntry, client: Client, hass_client_no_auth: ClientSessionGenerator
) -> None:
    event = await async_store_event(entry, "front", "person", START + 12)
    stranger = await hass_client_no_auth()
    hour = dt_util.as_local(dt_util.utc_from_timestamp(START)).strftime("%Y-%m/%d/%H")
    paths = {
        "/vod/2026-11/22/08/front/utc": 3,
        "/vod/2026-11/22/13/front/Asia,Karachi": 3,
        f"/vod/{hour}/front": 3,
        f"/vod/event/{event.id}": 1,
        f"/vod/event/{event.id}?padding=10": 3,
        f"/vod/clip/front/{SPAN}": 3,
    }
    for path, number in paths.items():
        folder, _, query = path.partition("?")
        answer = await client.get(f"{BASE}{folder}/index.m3u8?{query}")
        assert answer.status == HTTPStatus.OK, path
        names = [line for line in (await answer.text()).splitlines() if line and not line.startswith("#")]
        assert len(names) == number, path
        assert (await stranger.get(f"{BASE}{folder}/{names[-1]}")).status == HTTPStatus.OK, path


async def test_an_events_clip_comes_from_recordings_also_while_it_is_ongoing(
    entry: MockConfigEntry, client: Client
) -> None:
    over = await async_store_event(entry, "front", "person", START + 12)
    now = dt_util.utcnow().timestamp()
    ongoing = await async_store_event(entry, "front", "person", now - 5, end_time=None)
    for path, low, high in ((f"{over.id}/clip.mp4", 50, 80), (f"{over.id}/clip.mp4?padding=5", 140, 180)):
        answer = await client.get(f"{BASE}/events/{path}")
        assert (answer.status, answer.content_type) == (HTTPStatus.OK, "video/mp4")
        assert low <= pictures(await answer.read()) <= high, path
    saved = await client.get(f"{BASE}/events/{over.id}/clip.mp4?download=true", headers={"Range": "bytes=0-9"})
    assert (saved.status, saved.headers["Content-Disposition"]) == (206, 'attachment; filename="front.mp4"')
    refusal = (HTTPStatus.NOT_FOUND, "nothing is recorded at that time")
    assert await get_refusal(client, f"/events/{ongoing.id}/clip.mp4") == refusal
    assert (await get_refusal(client, f"/events/{over.id}/clip.mp4?padding=x"))[0] == HTTPStatus.BAD_REQUEST


async def test_users_see_only_their_cameras(
    entry: MockConfigEntry, hass: HomeAssistant, hass_client: ClientSessionGenerator, hass_read_only_access_token: str
) -> None:
    user = next(user for user in await hass.auth.async_get_users() if user.name == "Mock User" and not user.is_admin)
    user.groups = []
    client = await hass_client(hass_read_only_access_token)
    for path in (f"/front/{SPAN}/clip.mp4", f"/vod/front/{SPAN}/index.m3u8", f"/vod/front/{SPAN}/part-5.m4s"):
        assert (await get_refusal(client, path))[0] == HTTPStatus.NOT_FOUND


async def test_clips_of_events_are_cut_from_recordings(entry: MockConfigEntry, client: Client) -> None:
    event = await async_store_event(entry, "front", "person", START + 8)
    other = await async_store_event(entry, "front", "person", START + 800)
    for one in (event, other):
        await async_tell(entry, partial(_set_clip, one.id))
    answer = await client.get(f"{BASE}/clips/front-{event.id}.mp4", headers={"Range": "bytes=0-"})
    assert (answer.status, answer.content_type) == (HTTPStatus.PARTIAL_CONTENT, "video/mp4")
    assert pictures(await answer.read()) >= 100
    assert (await get_refusal(client, f"/clips/front-{other.id}.mp4"))[0] == HTTPStatus.NOT_FOUND


def _set_clip(event_id: str, store: EventStore) -> None:
    store.set_clip(event_id)


async def test_clips_that_are_cut_at_once_are_few(
    hass: HomeAssistant, entry: MockConfigEntry, client: Client, hass_admin_user: MockUser
) -> None:
    event = await async_store_event(entry, "front", "dog", float(START + 8), end_time=float(START + 12))
    await async_tell(entry, partial(_set_clip, event.id))
    user = Viewer(is_public=False, name=hass_admin_user.id)
    paths = (f"/front/{SPAN}/clip.mp4", f"/clips/front-{event.id}.mp4")
    with entry.runtime_data.cuts.async_entered(user), entry.runtime_data.cuts.async_entered(user):
        for path in paths:
            refusal = (HTTPStatus.SERVICE_UNAVAILABLE, "Too many clips requested at once; try again")
            assert await get_refusal(client, path) == refusal
    for path in paths:
        assert (await client.get(BASE + path)).status == HTTPStatus.OK
