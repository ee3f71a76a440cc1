"""Home Assistant's media browser, used by mouse as people do."""

import json
from dataclasses import dataclass
from typing import Any, Final

from home_assistant.onboarding import Access

from .chromium import Page

SIZE: Final = (1280, 800)
_CARD_TITLES: Final = "everywhere('.child .title').map((one) => one.textContent.trim())"


@dataclass(frozen=True, kw_only=True)
class Playback:
    """What a video shows; time_s is its position."""

    width: int
    height: int
    time_s: float
    problem: str | None


class MediaBrowser:
    """The page in a tab of Chromium."""

    def __init__(self, page: Page, url: str) -> None:
        """Take the tab and the address of Home Assistant."""
        self._page = page
        self._url = url

    async def open(self) -> None:
        """Go to the media browser's first page, who is logged in already."""
        await self._page.open(f"{self._url}/media-browser/browser", SIZE)

    async def log_in(self, access: Access) -> None:
        """Go to the media browser by way of the login page."""
        await self.open()
        for name, text in (("username", access.username), ("password", access.password)):
            await self._page.click(f"everywhere('input[name={name}]')[0]")
            await self._page.type(text)
        for kind in ("rawKeyDown", "char", "keyUp"):
            await self._page.command(
                "Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r"
            )

    async def titles(self, beginning: str = "") -> list[str]:
        """Return the titles that are shown, once one of them begins like this."""
        start = json.dumps(beginning)
        titles: list[str] = await self._page.wait_for(
            f"const titles = {_CARD_TITLES}; return titles.some((one) => one.startsWith({start})) ? titles : null;"
        )
        return titles

    async def choose(self, beginning: str) -> None:
        """Click on the first card whose title begins like this."""
        start = json.dumps(beginning)
        await self._page.click(
            f"everywhere('.child').find((one) => one.querySelector('.title')?.textContent.trim().startsWith({start}))"
        )

    async def search(self, words: str) -> None:
        """Type words into the search box and go."""
        await self._page.click("everywhere('ha-input-search')[0]")
        await self._page.type(words)
        await self._page.click("everywhere('.search-button')[0]")

    async def thumbnails(self, count: int) -> list[tuple[int, int]]:
        """Return the sizes of the pictures on the cards, 0 for one that is broken, once there are so many."""
        sizes = await self._page.wait_for(f"""
            const urls = everywhere("ha-media-browser-thumbnail")
                .map((one) => one.shadowRoot?.querySelector(".image")).filter(Boolean)
                .map((one) => getComputedStyle(one).backgroundImage.match(/^url\\("(data:image.*)"\\)$/s)?.[1] ?? "");
            if (urls.length < {count}) return null;
            return Promise.all(urls.map((url) => new Promise((done) => {{
                const picture = new Image();
                picture.onload = picture.onerror = () => done([picture.naturalWidth, picture.naturalHeight]);
                picture.src = url || "data:,";
            }})));""")
        return [(width, height) for width, height in sizes]

    async def playback(self, *, beyond_s: float) -> Playback:
        """Return what the video does once it has played so far, or failed."""
        found: dict[str, Any] = await self._page.wait_for(f"""
            const video = everywhere("video")[0];
            if (!video || (video.currentTime <= {beyond_s} && !video.error)) return null;
            return {{ width: video.videoWidth, height: video.videoHeight, time_s: video.currentTime,
                      problem: video.error?.message ?? null }};""")
        return Playback(**found)
