"""The media browser in Chromium, on a Home Assistant of its own: login, thumbnails, clip and recording play."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import pytest
from home_assistant.client import Api, Connection
from home_assistant.integration import record_in_home_assistant, set_up_by_file
from home_assistant.running import running_home_assistant
from screenshot.chromium import running_chromium
from screenshot.footage import make_clips, write_clips_configuration
from screenshot.media_browser import MediaBrowser

from tests.servers import PATIENCE_S, free_port

RECORDING = "binary_sensor.vtest_recording"
WATCH_S = 6.0  # of the sample, in which several people walk from the beginning


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_clips_are_seen_found_and_played() -> None:
    asyncio.run(_use_media_browser())


async def _use_media_browser() -> None:
    async with running_home_assistant(free_port()) as home_assistant, running_chromium() as page:
        configuration = write_clips_configuration(home_assistant.folder, is_recorded=True)
        await _record_here(home_assistant.api, await set_up_by_file(home_assistant.api, configuration))
        events = await make_clips(home_assistant.api, WATCH_S)
        browser = MediaBrowser(page, home_assistant.api.url)
        await browser.log_in(home_assistant.access)
        await browser.choose("Frigate")
        assert await browser.titles("Clips") == ["Clips", "Snapshots", "Recordings", "Reviews", "Exports"]
        await browser.choose("Clips")
        sizes = await browser.thumbnails(len(events))
        assert set(sizes) == {(175, 175)}
        titles = await browser.titles()
        clips = [title for title in titles if "Person" in title]
        assert clips
        await browser.search("person")
        found = [_with_camera(title) for title in clips]
        assert await browser.titles(found[0]) == found
        await browser.choose(found[0])
        await _check_playback(browser)

        way = await _until(partial(_way_to_recording, home_assistant.connection))
        await browser.open()
        for title in way:
            await browser.titles(title)
            await browser.choose(title)
        await _check_playback(browser)


def _with_camera(title: str) -> str:
    """Return the title of a clip that was searched for: it names the camera, since it could be any."""
    *parts, seconds = title.split(" · ")
    return " · ".join((*parts, "Vtest", seconds))


async def _check_playback(browser: MediaBrowser) -> None:
    started = await browser.playback(beyond_s=0)
    assert (started.width, started.height, started.problem) == (768, 576, None)
    later = await browser.playback(beyond_s=started.time_s + 0.5)
    assert later.time_s > started.time_s
    assert later.problem is None


async def _record_here(api: Api, entry_id: str) -> None:
    """Switch recording within Home Assistant on, and wait until it records."""
    await record_in_home_assistant(api, entry_id)

    async def is_recording() -> bool:
        states = {one["entity_id"]: one["state"] for one in await api.get("/api/states")}
        return states.get(RECORDING) == "on"

    await _until(is_recording)


async def _way_to_recording(connection: Connection) -> list[str]:
    """Return what to choose one after the other, from the media browser's first page to a recording; [] without one."""
    way, identifier = ["Frigate"], "media-source://frigate_native"
    while True:
        found = await connection.command("media_source/browse_media", media_content_id=identifier)
        named = [one for one in found["children"] if one["title"] == "Recordings"]
        if not (choice := named or found["children"]):
            return []
        way.append(choice[0]["title"])
        if not choice[0]["can_expand"]:
            return way
        identifier = choice[0]["media_content_id"]


async def _until[T](condition: Callable[[], Awaitable[T]]) -> T:
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE_S
    while not (result := await condition()):
        assert loop.time() < end, f"not true within {PATIENCE_S} s"
        await asyncio.sleep(0.2)
    return result
