"""The first camera, set up by mouse and keyboard as people do."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from .chromium import Page

NAME: Final = "Campus"
SIZE: Final = (1280, 800)  # of the tab
_ZONE: Final = {"Coordinates": "100,200,600,200,600,500,100,500", "Name": "Path"}
_ADD: Final = "/config/integrations/dashboard/add?domain=frigate_native"
_ZONES: Final = 2  # the places of sections in the form
_ADVANCED: Final = 4


class FirstCamera:
    """The way from an empty Home Assistant to a camera; the page knows who is logged in."""

    def __init__(self, page: Page) -> None:
        """Take the tab."""
        self._page = page

    async def fill_form(self, video: Path) -> None:
        """Open the form and enter a camera that plays a video in a loop, with a zone."""
        await self.open_form()
        await self._fill("Name", NAME)
        await self._fill("Stream address", str(video))
        await self._expand(_ADVANCED)
        await self._fill("ffmpeg input arguments", "-re -stream_loop -1")
        await self._expand(_ADVANCED, is_open=False)
        await self._add_zone(_ZONE)

    async def open_form(self) -> None:
        """Open the form of a camera."""
        await self._press("OK")
        await self._page.click(
            "everywhere('ha-list-item-button, ha-md-list-item, ha-list-item')"
            ".find((one) => one.textContent.includes('Add a camera'))"
        )

    async def submit_with_bad_zone(self, coordinates: str, error: str) -> None:
        """Enter a camera with a bad zone, submit, and return when an error with these words is in sight."""
        await self._fill("Name", NAME)
        await self._fill("Stream address", "/nowhere.mp4")
        await self._add_zone({"Coordinates": coordinates, "Name": _ZONE["Name"]})
        await self._press("Submit")
        shown = f"one.textContent.includes({json.dumps(error)}) && middle(one)"
        await self._page.wait_for(f"return everywhere('ha-alert').some((one) => {shown});")

    async def open_section(self) -> str:
        """Return the text of the only section of the form that is open."""
        text: str = await self._page.wait_for(
            "const open = everywhere('ha-form-expandable')"
            ".map((one) => one.shadowRoot.querySelector('ha-expansion-panel')).filter((one) => one.expanded);"
            "return open.length === 1 && open[0].textContent;"
        )
        return text

    async def finish(self) -> None:
        """Have the camera tried, accept what it sends and skip the question for areas."""
        await self._press("Submit")
        await self._page.wait_for(f"return everywhere('ha-dialog').some((one) => one.textContent.includes('{NAME}'));")
        await self._press("Submit")
        await self._press("Skip and finish")

    async def _add_zone(self, zone: Mapping[str, str]) -> None:
        await self._expand(_ZONES)
        button = "everywhere('ha-selector-object')[0]?.shadowRoot.querySelector('ha-button')"
        await self._page.wait_for(f"{button}?.scrollIntoView({{ block: 'center' }}); return Boolean({button});")
        await self._page.click(button)
        for label, text in zone.items():
            await self._fill(label, text)
        await self._press("Add")

    async def _press(self, text: str) -> None:
        """Press the button in front that has this text."""
        await self._page.click(
            f"everywhere('ha-button').filter((one) => one.textContent.trim() === {json.dumps(text)}"
            " && middle(one)).pop()"
        )

    async def _fill(self, label: str, text: str) -> None:
        field = f"everywhere('ha-input').filter((one) => one.label === {json.dumps(label)}).pop()"
        await self._page.wait_for(f"{field}?.scrollIntoView({{ block: 'center' }}); return Boolean({field});")
        await self._page.click(field)
        await self._page.type(text)

    async def _expand(self, number: int, *, is_open: bool = True) -> None:
        panel = f"everywhere('ha-form-expandable')[{number}].shadowRoot.querySelector('ha-expansion-panel')"
        await self._page.evaluate(f"{panel}.expanded = {json.dumps(is_open)};")


def address(url: str) -> str:
    """Return where the way begins: what the README's button opens."""
    return url + _ADD
