"""Takes the pictures; see script/screenshot."""

import asyncio
import io
import sys
from pathlib import Path
from typing import Final

from demo.cameras import write_configuration
from demo.options import parse_options
from home_assistant.failure import Failure
from home_assistant.integration import set_up_by_file
from home_assistant.running import HomeAssistant, running_home_assistant, say
from PIL import Image

from .chromium import running_chromium
from .dashboard import URL_PATH, make_dashboard
from .footage import make_clips, write_clips_configuration
from .media_browser import MediaBrowser

_DOCS: Final = Path(__file__).parents[3] / "docs"
_SIZE: Final = (1280, 800)
_WATCH_S: Final = 25.0  # so long into the sample it shows several people
_PLAY_S: Final = 3.0
_SETTLE_S: Final = 1.0  # for the page's animations
_FOREVER_MS: Final = 4_000_000_000_000


def main() -> int:
    """Take the pictures and return the exit code."""
    try:
        asyncio.run(_take_all())
    except Failure as err:
        say(f"error: {err}")
        return 1
    return 0


async def _take_all() -> None:
    await _take_dashboard()
    await _take_media_browser()


async def _take_dashboard() -> None:
    async with running_home_assistant(0) as home_assistant, running_chromium() as page:
        path = write_configuration(parse_options([]), home_assistant.folder)
        await set_up_by_file(home_assistant.api, path)
        await make_dashboard(home_assistant.connection)
        url = f"{home_assistant.api.url}/{URL_PATH}/0"
        await page.open(url, _SIZE, {"hassTokens": _tokens(home_assistant), "dockedSidebar": "auto"})
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
    """Write a picture with 256 colours: a third of the size, and nobody sees it."""
    path = _DOCS / f"{name}.png"
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(256).save(path, optimize=True)
    say(f"{path.name}: {path.stat().st_size // 1000} kB")


def _tokens(home_assistant: HomeAssistant) -> dict[str, object]:
    """Return what Home Assistant's page keeps of somebody who has logged in."""
    return {
        "hassUrl": home_assistant.api.url,
        "clientId": f"{home_assistant.api.url}/",
        "access_token": home_assistant.access.token,
        "refresh_token": "",
        "token_type": "Bearer",
        "expires_in": _FOREVER_MS,
        "expires": _FOREVER_MS,
    }


if __name__ == "__main__":
    sys.exit(main())
