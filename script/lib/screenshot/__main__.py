"""Takes the pictures; see script/screenshot."""

import asyncio
import io
import sys
from pathlib import Path
from typing import Final

from demo.cameras import write_configuration
from demo.options import SAMPLE, parse_options
from home_assistant.failure import Failure
from home_assistant.integration import set_up_by_file
from home_assistant.running import running_home_assistant, say
from PIL import Image

from .chromium import running_chromium
from .dashboard import URL_PATH, make_dashboard
from .first_camera import NAME, SIZE, FirstCamera, address
from .footage import make_clips, write_clips_configuration
from .login import logged_in
from .media_browser import MediaBrowser

_DOCS: Final = Path(__file__).parents[3] / "docs"
_DEVICE_SIZE: Final = (1280, 1060)  # all of a camera's entities
_WATCH_S: Final = 25.0  # so long into the sample it shows several people
_PLAY_S: Final = 3.0
_SETTLE_S: Final = 1.0  # for the page's animations
_COLOURS: Final = (256, 192, 128)
_LARGEST: Final = 300_000  # bytes of a picture


def main() -> int:
    """Take the pictures and return the exit code."""
    try:
        asyncio.run(_take_all())
    except Failure as err:
        say(f"error: {err}")
        return 1
    return 0


async def _take_all() -> None:
    await _take_first_camera()
    await _take_dashboard()
    await _take_media_browser()


async def _take_first_camera() -> None:
    async with running_home_assistant(0) as home_assistant, running_chromium() as page:
        first = FirstCamera(page)
        await page.open(address(home_assistant.api.url), SIZE, logged_in(home_assistant))
        await first.fill_form(SAMPLE)
        await asyncio.sleep(_SETTLE_S)
        _save("add-camera", await page.picture())
        await first.finish()
        say("Watching")
        await asyncio.sleep(_WATCH_S)
        devices = await home_assistant.connection.command("config/device_registry/list")
        device = next(device["id"] for device in devices if device["name"] == NAME)
        await page.open(f"{home_assistant.api.url}/config/devices/device/{device}", _DEVICE_SIZE)
        await page.wait_for("return everywhere('ha-device-entities-card').length > 1;")
        await asyncio.sleep(_SETTLE_S)
        _save("camera-device", await page.picture())


async def _take_dashboard() -> None:
    async with running_home_assistant(0) as home_assistant, running_chromium() as page:
        path = write_configuration(parse_options([]), home_assistant.folder)
        await set_up_by_file(home_assistant.api, path)
        await make_dashboard(home_assistant.connection)
        url = f"{home_assistant.api.url}/{URL_PATH}/0"
        await page.open(url, SIZE, logged_in(home_assistant))
        say("Watching")
        await asyncio.sleep(_WATCH_S)
        _save("home-assistant", await page.picture())


async def _take_media_browser() -> None:
    async with running_home_assistant(0) as home_assistant, running_chromium() as page:
        await set_up_by_file(home_assistant.api, write_clips_configuration(home_assistant.folder))
        say("Watching")
        events = await make_clips(home_assistant.api, _WATCH_S)
        browser = MediaBrowser(page, home_assistant.api.url)
        await browser.log_in(home_assistant.access)
        for title in ("Frigate", "Clips"):
            await browser.choose(title)
        await browser.thumbnails(len(events))
        await asyncio.sleep(_SETTLE_S)
        _save("media-browser", await page.picture())
        await browser.choose(_clip_title(await browser.titles("Today")))
        await browser.playback(beyond_s=_PLAY_S)
        _save("clip", await page.picture())


def _clip_title(titles: list[str]) -> str:
    return next(title for title in titles if "%" in title)


def _save(name: str, picture: bytes) -> None:
    """Write a picture with few colours: a third of the size, and nobody sees it."""
    path = _DOCS / f"{name}.png"
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in _COLOURS:
        whole.quantize(colours).save(path, optimize=True)
        if path.stat().st_size < _LARGEST:
            break
    say(f"{path.name}: {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
