"""Frigate's endpoints: what cameras show, and what a system is and does."""

import asyncio
import threading
from http import HTTPStatus
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.frigate_native.engine.frame import Frame
from custom_components.frigate_native.engine.nvr import Nvr
from custom_components.frigate_native.engine.pictures import Overlay, render_frame
from custom_components.frigate_native.runtime.live_streams import MAX_PER_VIEWER
from custom_components.frigate_native.runtime.picture_queue import MAX_PER_VIEWER as MAX_WAITING, View
from custom_components.frigate_native.runtime.viewer import Viewer
from tests.servers import PATIENCE_S

from ..system import async_set_up, async_until, camera, camera_subentry, file_entry, our_threads, ui_entry, write_file
from ..web import BASE, Client, async_open_views, get_json, get_picture, get_refusal, is_black, picture_of, read_parts

ZONES = {"campus": {"coordinates": "0,0,767,0,767,575,0,575"}}
MASK = "poly,0,0,767,0,767,300,0,300"
DRAW = ("bbox", "timestamp", "zones", "mask", "motion", "regions")
CLAIMED = "0.14.1-native.0.1.0"
NOWHERE = "rtsp://admin:hunter2@127.0.0.1:9/live?token=hunter2"


@pytest.fixture
async def running(hass: HomeAssistant, tmp_path: Path) -> MockConfigEntry:
    """Return an entry whose camera front plays the footage and has seen a person."""
    entry = file_entry(write_file(tmp_path, {"front": camera(zones=ZONES, mask=MASK)}))
    await async_open_views(hass)
    await async_set_up(hass, entry)
    await async_until(lambda: entry.runtime_data.nvr.best_picture("front", "person"))
    return entry


async def test_latest_picture_is_scaled_and_drawn_on(
    hass: HomeAssistant, running: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    client = await hass_client()
    for query, size in {
        "": (768, 576),
        "?h=144&unknown=1": (192, 144),
        "?height=144&quality=20": (192, 144),
        "?h=4320": (1440, 1080),  # enlarging further shows nothing more
        "?" + "&".join(f"{name}=1" for name in DRAW): (768, 576),
    }.items():
        assert (await get_picture(client, f"/front/latest.jpg{query}")).size == size, query
    masked = await get_picture(client, "/front/latest.jpg?mask=1")
    assert is_black(masked.crop((300, 100, 700, 200)))
    assert not is_black(masked.crop((300, 400, 700, 500)))
    timed = await get_picture(client, "/front/latest.jpg?mask=1&timestamp=1")
    assert not is_black(timed.crop((0, 0, 200, 40)))
    for place in ("Asia/Tokyo", "America/New_York"):
        await hass.config.async_update(time_zone=place)
        frames, content = await _async_timed(client, running.runtime_data.nvr)
        overlay = Overlay(timestamp=True, time_zone=ZoneInfo(place))
        assert content in [render_frame(frame, overlay) for frame in frames]


@pytest.mark.usefixtures("running")
async def test_best_picture_is_scaled_and_cropped(hass_client: ClientSessionGenerator) -> None:
    client = await hass_client()
    for query, size in {"": (768, 576), "?h=300": (400, 300), "?h=4320": (1440, 1080)}.items():
        assert (await get_picture(client, f"/front/person/best.jpg{query}")).size == size, query
    cropped = await get_picture(client, "/front/person/best.jpg?crop=1&h=200")
    assert cropped.size == (200, 200)
    assert not is_black(cropped)


async def test_stream_shows_new_pictures_and_ends_when_the_entry_is_unloaded(
    hass: HomeAssistant, running: MockConfigEntry, hass_client: ClientSessionGenerator
) -> None:
    client, streams = await hass_client(), running.runtime_data.streams
    async with client.get(f"{BASE}/front?fps=10&h=72&bbox=1&regions=1") as answer:
        pictures = [picture_of(part) for part in await read_parts(answer, 8)]
        while len({picture.tobytes() for picture in pictures}) == 1:
            pictures += [picture_of(part) for part in await read_parts(answer, 1)]
        assert {picture.size for picture in pictures} == {(96, 72)}
        assert streams.count == 1
    async with client.get(f"{BASE}/front") as answer:
        assert picture_of((await read_parts(answer, 1))[0]).size == (480, 360)
    await async_until(lambda: streams.count == 0)

    async with client.get(f"{BASE}/front?fps=1") as answer:  # unloading does not wait for it
        await read_parts(answer, 1)
        assert await hass.config_entries.async_unload(running.entry_id)
        await answer.content.read()
    assert our_threads() == []
    assert await get_refusal(client, "/version") == (HTTPStatus.SERVICE_UNAVAILABLE, "No entry is loaded")


@pytest.mark.usefixtures("running")
async def test_stats_have_frigates_keys_and_types(hass_client: ClientSessionGenerator) -> None:
    stats = await get_json(await hass_client(), "/stats")
    rates = {"camera_fps", "process_fps", "skipped_fps", "detection_fps"}
    usages = {"cpu_usages", "gpu_usages", "bandwidth_usages", "processes"}
    assert set(stats) == {"cameras", "detectors", "service"} | rates | usages
    front = stats["cameras"]["front"]
    assert all(type(front[name]) is float for name in rates | {"audio_rms", "audio_dBFS"})
    assert all(type(front[name]) is int for name in ("pid", "capture_pid", "ffmpeg_pid"))
    assert front["process_fps"] > 0
    assert front["detection_enabled"] is True
    assert stats["detection_fps"] > 0
    assert {name: type(value) for name, value in stats["detectors"]["cpu"].items()} == {
        "detection_start": float,
        "inference_speed": float,
        "pid": int,
    }
    service = stats["service"]
    assert (type(service["uptime"]), service["version"]) == (int, CLAIMED)
    assert list(service["storage"]) == [
        "/media/frigate/recordings",
        "/media/frigate/clips",
        "/tmp/cache",
        "/dev/shm",
    ]
    for space in service["storage"].values():
        assert {name: type(value) for name, value in space.items()} == {
            "total": float,
            "used": float,
            "free": float,
            "mount_type": str,
        }
        assert space["total"] >= space["free"] > 0


async def _async_timed(client: Client, nvr: Nvr) -> tuple[list[Frame], bytes]:
    """Return a picture with its time, and the frames that came while it was asked for: it is of one of them."""
    frames: list[Frame] = []

    async def note() -> None:
        while True:
            if (latest := nvr.latest("front")) is not None and all(latest[0] is not each for each in frames[-1:]):
                frames.append(latest[0])
            await asyncio.sleep(0)

    noting = asyncio.create_task(note())
    await async_until(lambda: frames)
    answer = await client.get(f"{BASE}/front/latest.jpg?timestamp=1")
    noting.cancel()
    return frames, await answer.read()


async def test_camera_without_pictures_is_black(
    hass: HomeAssistant, tmp_path: Path, hass_client: ClientSessionGenerator
) -> None:
    cameras = {"front": camera("/nowhere.mp4"), "back": camera("/nowhere.mp4", width=640, height=480)}
    await async_open_views(hass)
    await async_set_up(hass, file_entry(write_file(tmp_path, cameras)))
    client = await hass_client()
    for path, size in {
        "/front/latest.jpg": (1280, 720),
        "/back/latest.jpg?bbox=1": (640, 480),
        "/back/latest.jpg?h=240": (320, 240),
        "/front/person/best.jpg": (1280, 720),
        "/front/person/best.jpg?h=300": (533, 300),
        "/front/person/best.jpg?crop=1": (330, 330),
    }.items():
        picture = await get_picture(client, path)
        assert picture.size == size, path
        assert is_black(picture), path
    async with client.get(f"{BASE}/front") as answer:
        assert picture_of((await read_parts(answer, 1))[0]).size == (640, 360)


async def test_configuration_and_version(
    hass: HomeAssistant, tmp_path: Path, hass_client: ClientSessionGenerator
) -> None:
    entry = file_entry(write_file(tmp_path, {"front": camera(NOWHERE, zones=ZONES)}))
    await async_open_views(hass)
    await async_set_up(hass, entry)
    client = await hass_client()
    answer = await client.get(f"{BASE}/version")
    assert (answer.status, answer.content_type, await answer.text()) == (200, "text/plain", CLAIMED)

    config = await get_json(client, "/config")
    assert set(config) >= {"database", "model", "detectors", "mqtt", "save_clips", "logger", "cameras"}
    front = config["cameras"]["front"]
    expected = {"name", "fps", "best_image_timeout", "zones", "save_clips", "record", "rtmp"}
    assert set(front) >= expected | {"snapshots", "objects", "motion", "detect", "frame_shape", "ffmpeg_cmds"}
    assert (config["version"], front["audio"]["enabled_in_config"]) == ("0.14", False)
    assert (config["mqtt"]["topic_prefix"], config["mqtt"]["client_id"]) == ("frigate", "frigate")
    assert front["motion"]["threshold"] == 25
    assert "hunter2" not in str(config)
    assert config["database"]["path"] == str(tmp_path / "media" / "frigate" / "clips" / "frigate.db")


WRONG = (
    ("/front/latest.jpg?h=0", "h: '0'; expected a whole number from 1 to 4320"),
    ("/front/latest.jpg?h=abc", "h: 'abc'; expected a whole number from 1 to 4320"),
    ("/front/latest.jpg?h=-1", "h: '-1'; expected a whole number from 1 to 4320"),
    ("/front/latest.jpg?h=99999999999999999999", "h: '99999999999999999999'; expected a whole number from 1 to 4320"),
    ("/front/latest.jpg?height=0", "height: '0'; expected a whole number from 1 to 4320"),
    ("/front/latest.jpg?quality=101", "quality: '101'; expected a whole number from 1 to 100"),
    ("/front/latest.jpg?h=", "h: ''; expected a whole number from 1 to 4320"),
    *((f"/front/latest.jpg?{name}=2", f"{name}: '2'; expected 0 or 1") for name in DRAW),
    ("/front?fps=0", "fps: '0'; expected a whole number from 1 to 30"),
    ("/front?fps=x", "fps: 'x'; expected a whole number from 1 to 30"),
    ("/front?fps=1.5", "fps: '1.5'; expected a whole number from 1 to 30"),
    ("/front?h=x", "h: 'x'; expected a whole number from 1 to 4320"),
    ("/front?bbox=x", "bbox: 'x'; expected 0 or 1"),
    ("/front/person/best.jpg?crop=yes", "crop: 'yes'; expected 0 or 1"),
    ("/front/person/best.jpg?h=1e3", "h: '1e3'; expected a whole number from 1 to 4320"),
)


async def test_wrong_parameters_are_refused_in_words(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> None:
    await async_open_views(hass)
    await async_set_up(hass, ui_entry(camera_subentry("Front", "/nowhere.mp4")))
    client = await hass_client()
    for path, words in WRONG:
        assert await get_refusal(client, path) == (HTTPStatus.BAD_REQUEST, words)


async def test_unknown_cameras_methods_and_entries(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> None:
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"))
    await async_open_views(hass)
    await async_set_up(hass, entry)
    client = await hass_client()
    for path in ("/side", "/side/latest.jpg", "/side/person/best.jpg"):
        assert await get_refusal(client, path) == (HTTPStatus.NOT_FOUND, "Camera named side not found")
    for label in ("unicorn", "%00", "%ff", "%ed%a0%80", "Person"):
        status, words = await get_refusal(client, f"/front/{label}/best.jpg")
        assert (status, words.startswith("Camera front does not track")) == (HTTPStatus.NOT_FOUND, True), label
    assert await get_refusal(client, "/version?entry_id=x") == (HTTPStatus.NOT_FOUND, "Entry x not found")
    assert (await client.get(f"{BASE}/version?entry_id={entry.entry_id}")).status == HTTPStatus.OK
    for path in ("/version", "/front", "/front/latest.jpg"):
        head = await client.head(BASE + path)
        assert (head.status, await head.read()) == (HTTPStatus.OK, b"")
        assert (await client.post(BASE + path)).status == HTTPStatus.METHOD_NOT_ALLOWED


async def test_of_several_entries_the_one_that_has_the_camera_answers(
    hass: HomeAssistant, tmp_path: Path, hass_client: ClientSessionGenerator
) -> None:
    await async_open_views(hass)
    small = {"width": 320, "height": 240}
    (tmp_path / "one").mkdir()
    one = file_entry(write_file(tmp_path / "one", {"front": camera("/nowhere.mp4")}))
    two = file_entry(write_file(tmp_path, {name: camera("/nowhere.mp4", **small) for name in ("front", "back")}))
    await async_set_up(hass, one)
    await async_set_up(hass, two)
    client = await hass_client()
    assert (await get_picture(client, "/front/latest.jpg")).size == (1280, 720)
    assert (await get_picture(client, f"/front/latest.jpg?entry_id={two.entry_id}")).size == (320, 240)
    assert (await get_picture(client, "/back/latest.jpg")).size == (320, 240)
    assert set((await get_json(client, "/stats"))["cameras"]) == {"front"}
    assert "back" in (await get_json(client, f"/stats?entry_id={two.entry_id}"))["cameras"]


async def test_streams_of_a_user_are_few(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> None:
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"))
    await async_open_views(hass)
    await async_set_up(hass, entry)
    client = await hass_client()
    answers = [await client.get(f"{BASE}/front?h=36") for _ in range(MAX_PER_VIEWER)]
    assert await get_refusal(client, "/front") == (
        HTTPStatus.SERVICE_UNAVAILABLE,
        "Too many streams; the limit is 12, and 6 for each user or address",
    )
    answers.pop().close()
    await async_until(lambda: entry.runtime_data.streams.count < MAX_PER_VIEWER)
    async with client.get(f"{BASE}/front") as answer:
        assert answer.status == HTTPStatus.OK
    for answer in answers:
        answer.close()


async def test_pictures_that_wait_are_few(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, hass_admin_user: MockUser
) -> None:
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"))
    await async_open_views(hass)
    await async_set_up(hass, entry)
    client, renderer, done = await hass_client(), entry.runtime_data.renderer, threading.Event()

    def draw() -> bytes:
        done.wait(PATIENCE_S)
        return b"drawn"

    user = Viewer(is_public=False, name=hass_admin_user.id)
    views = [View(key=number, version=lambda: 0, draw=draw) for number in range(MAX_WAITING + 1)]  # one is being drawn
    waiting = [hass.async_create_task(renderer.async_render(view, user), eager_start=True) for view in views[:1]]
    await asyncio.sleep(0)
    waiting += [hass.async_create_task(renderer.async_render(view, user), eager_start=True) for view in views[1:]]
    for path in ("/front/latest.jpg", "/front/person/best.jpg"):
        refusal = (HTTPStatus.SERVICE_UNAVAILABLE, "Too many images requested at once; try again")
        assert await get_refusal(client, path) == refusal
    done.set()
    assert set(await asyncio.gather(*waiting)) == {b"drawn"}
    assert (await get_picture(client, "/front/latest.jpg")).size == (1280, 720)


async def test_nothing_without_login(hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator) -> None:
    await async_open_views(hass)
    await async_set_up(hass, ui_entry(camera_subentry("Front", "/nowhere.mp4")))
    client = await hass_client_no_auth()
    for path in ("/version", "/config", "/stats", "/front", "/front/latest.jpg", "/front/person/best.jpg", "/side"):
        assert (await client.get(BASE + path)).status == HTTPStatus.UNAUTHORIZED, path
