"""The panel in Chromium, on three live cameras: seen, clicked through, and read by axe."""

import asyncio
import json
from pathlib import Path

import build_frontend
import pytest
from home_assistant.running import HomeAssistant
from screenshot.chromium import Page, running_chromium
from screenshot.login import logged_in

from .panel_stage import TITLES, panel_stage

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
DESKTOP = (1280, 800)
PHONE = (390, 844)
PANEL = "/frigate-native"


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_panel_shows_cameras_and_what_happened() -> None:
    asyncio.run(_walk())


async def _walk() -> None:
    async with panel_stage() as home_assistant, running_chromium() as page:
        await page.open(home_assistant.api.url + f"{PANEL}/live", DESKTOP, logged_in(home_assistant))
        await _watch(page)
        await _open_camera(page)
        await _edit(page)
        await _review(page)
        await _use_phone(page, home_assistant)


async def _watch(page: Page) -> None:
    """Each camera has a picture at once, one becomes live, and hostile names are only words."""
    names = await page.wait_for(
        "const tiles = everywhere('.name').map((one) => one.textContent.trim());"
        f"return tiles.length === {len(TITLES)} && tiles;"
    )
    assert sorted(names) == sorted(TITLES)
    pictures = "everywhere('fn-camera-still').filter((one) => one.shadowRoot.querySelector('img'))"
    await page.wait_for(f"return {pictures}.length === {len(TITLES)};")
    await page.wait_for("return everywhere('video').some((one) => one.currentTime > 0);")
    assert await page.evaluate("return everywhere('img[onerror]').length") == 0
    assert await _axe(page) == []


async def _open_camera(page: Page) -> None:
    """A click opens a camera; a switch of it switches Home Assistant's entity."""
    await page.click("everywhere('article > a').find((one) => one.textContent.includes('Campus'))")
    switch = "everywhere('[role=switch]').find((one) => one.textContent.includes('Snapshots'))"
    await page.wait_for(f"return {switch}?.ariaChecked === 'false' || {switch}?.ariaChecked === 'true';")
    before = await page.evaluate(f"return {switch}.ariaChecked;")
    await page.click(switch)
    await page.wait_for(f"return {switch}.ariaChecked !== {json.dumps(before)};")
    assert await _axe(page) == []


async def _edit(page: Page) -> None:
    """A zone drawn with the mouse has its entities once it is saved; arrow keys move a point of it."""
    await page.click("everywhere('a').find((one) => one.textContent.includes('Zones and masks'))")
    await page.click("everywhere('[aria-label=\"Add zone\"]')[0]")
    box = await page.wait_for("return everywhere('svg.drawing')[0]?.getBoundingClientRect().toJSON();")
    for x, y in ((0.1, 0.4), (0.9, 0.4), (0.9, 0.9), (0.1, 0.9)):
        point = {"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]}
        for kind in ("mousePressed", "mouseReleased"):
            await page.command("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **point)
    await page.click("everywhere('[aria-label=\"Finish shape\"]')[0]")
    await page.wait_for("return everywhere('.point').length === 4;")
    assert await _axe(page) == []
    await page.evaluate("everywhere('.point')[0].focus();")
    await page.command("Input.dispatchKeyEvent", type="keyDown", key="ArrowRight", code="ArrowRight")
    await page.wait_for("return everywhere('.point')[0].ariaLabel.startsWith('Point 1 of 4');")
    await page.click("everywhere('button.filled').find((one) => one.textContent.includes('Save'))")
    await page.wait_for("return everywhere('button.filled').some((one) => one.textContent.includes('Saved'));")
    made = "Object.keys(everywhere('home-assistant')[0].hass.states).some((one) => one.includes('zone_2'))"
    await page.wait_for(f"return {made};")


async def _review(page: Page) -> None:
    """An alert of the recorded camera plays on its time line and then counts as reviewed."""
    await page.click("everywhere('nav a').find((one) => one.textContent.includes('Review'))")
    card = "everywhere('fn-review-card').find((one) => one.item.camera === 'campus' && one.item.end_time)"
    await page.wait_for(f"return Boolean({card});")
    assert await _axe(page) == []
    await page.evaluate(f"{card}.scrollIntoView({{ block: 'center' }});")
    await page.click(f"{card}?.shadowRoot.querySelector('a')")
    await page.wait_for("return everywhere('video').some((one) => one.currentTime > 0);")
    await page.wait_for("return everywhere('.item').length > 0;")
    assert await _axe(page) == []
    await page.evaluate("history.back();")
    await page.wait_for("return everywhere('fn-filter-bar').length === 1;")


async def _use_phone(page: Page, home_assistant: HomeAssistant) -> None:
    """On a phone nothing is wider than the screen, and Ctrl+A, R marks what is listed; undo brings it back."""
    await page.open(home_assistant.api.url + f"{PANEL}/review?show=all", PHONE, logged_in(home_assistant))
    await page.wait_for("return everywhere('fn-review-card').length > 0;")
    assert await page.evaluate("return document.scrollingElement.scrollWidth <= innerWidth;")
    await page.command("Input.dispatchKeyEvent", type="keyDown", key="a", code="KeyA", modifiers=2)
    await page.wait_for("return everywhere('.selecting').length === 1;")
    await page.command("Input.dispatchKeyEvent", type="keyDown", key="r", code="KeyR", text="r")
    undo = "everywhere('.toast button')[0]"
    await page.wait_for(f"return Boolean({undo});")
    await page.click(undo)
    await page.wait_for("return everywhere('fn-review-card').length > 0;")


async def _axe(page: Page) -> list[str]:
    """Return what axe finds in the panel; Home Assistant's own elements around it are not ours."""
    await asyncio.to_thread(build_frontend.install)
    await page.evaluate(AXE.read_text(encoding="utf-8") + ";window.axe = axe;")
    found: list[str] = await page.evaluate(
        "const { violations } = await axe.run(everywhere('frigate-native-panel')[0], { resultTypes: ['violations'],"
        " rules: { region: { enabled: false } } });"
        "return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 200)).join(' ')}`);"
    )
    return found
