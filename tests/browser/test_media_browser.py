"""The media browser in Chromium, on a Home Assistant of its own: login, thumbnails, a clip that plays."""

import asyncio

import pytest
from home_assistant.integration import set_up_by_file
from home_assistant.running import running_home_assistant
from screenshot.chromium import running_chromium
from screenshot.footage import make_clips, write_clips_configuration
from screenshot.media_browser import MediaBrowser

WATCH_S = 6.0  # of the sample, in which several people walk from the beginning


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_clips_are_seen_found_and_played() -> None:
    asyncio.run(_use_media_browser())


async def _use_media_browser() -> None:
    async with running_home_assistant(0) as home_assistant, running_chromium() as page:
        await set_up_by_file(home_assistant.api, write_clips_configuration(home_assistant.folder))
        events = await make_clips(home_assistant.api, WATCH_S)
        browser = MediaBrowser(page, home_assistant.api.url)
        await browser.log_in(home_assistant.access)
        await browser.choose("Frigate")
        assert await browser.titles("Clips") == ["Clips", "Snapshots", "Recordings"]
        await browser.choose("Clips")
        sizes = await browser.thumbnails(len(events))
        assert set(sizes) == {(175, 175)}
        titles = await browser.titles("Today")
        clips = [title for title in titles if "Person" in title]
        assert clips
        await browser.search("person today")
        found = [title.replace(" ", " Vtest: ", 1) for title in clips]  # which camera, since it could be any
        assert await browser.titles(found[0]) == found
        await browser.choose(found[0])
        started = await browser.playback(beyond_s=0)
        assert (started.width, started.height, started.problem) == (768, 576, None)
        later = await browser.playback(beyond_s=started.time_s + 0.5)
        assert later.time_s > started.time_s
        assert later.problem is None
