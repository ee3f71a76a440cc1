"""Who gets which picture, and when."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Hashable

import pytest
from homeassistant.core import HomeAssistant

from custom_components.frigate_native.runtime.picture_queue import (
    MAX_PER_DOOR,
    MAX_PER_VIEWER,
    TooManyPicturesError,
    View,
)
from custom_components.frigate_native.runtime.renderer import Renderer
from custom_components.frigate_native.runtime.viewer import ENTITIES, Viewer
from tests.servers import PATIENCE_S

USER = Viewer(is_public=False, name="user")
PAGE = Viewer(is_public=True, name="192.0.2.1")
TABLET = Viewer(is_public=True, name="192.0.2.2")


class Studio:
    """Draws names as their letters, and only while its gate is open."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.begun = threading.Semaphore(0)
        self.drawn: list[str] = []
        self.version: Hashable = 0

    def view(self, name: str) -> View:
        return View(key=name, version=lambda: self.version, draw=lambda: self._draw(name))

    def _draw(self, name: str) -> bytes:
        self.drawn.append(name)
        self.begun.release()
        assert self.gate.wait(PATIENCE_S)
        return f"{name} {self.version}".encode()


@pytest.fixture
def studio() -> Studio:
    return Studio()


@pytest.fixture
async def renderer(hass: HomeAssistant, studio: Studio) -> AsyncIterator[Renderer]:
    renderer = Renderer()
    yield renderer
    studio.gate.set()
    await renderer.async_stop()


@pytest.fixture
def ask(renderer: Renderer, studio: Studio) -> Callable[[str, Viewer], asyncio.Task[bytes | None]]:
    def ask(name: str, viewer: Viewer = USER) -> asyncio.Task[bytes | None]:
        return asyncio.create_task(renderer.async_render(studio.view(name), viewer))

    return ask


type Ask = Callable[[str, Viewer], asyncio.Task[bytes | None]]


async def _async_block(hass: HomeAssistant, studio: Studio, ask: Ask) -> asyncio.Task[bytes | None]:
    """Return a request whose picture is being drawn, so that all others wait."""
    first = ask("first", ENTITIES)
    await hass.async_add_executor_job(studio.begun.acquire)
    return first


async def test_stop_answers_waiting_pictures_with_none(
    hass: HomeAssistant, renderer: Renderer, studio: Studio, ask: Ask
) -> None:
    first = await _async_block(hass, studio, ask)
    others = [ask(name, USER) for name in "abc"]
    await asyncio.sleep(0)
    stopping = asyncio.create_task(renderer.async_stop())
    await asyncio.sleep(0)
    studio.gate.set()
    await stopping
    assert [await task for task in (first, *others)] == [b"first 0", None, None, None]
    assert await ask("later", USER) is None


async def test_pages_without_login_share_one_place_in_two(hass: HomeAssistant, studio: Studio, ask: Ask) -> None:
    await _async_block(hass, studio, ask)
    page = [ask(f"page{number}", PAGE) for number in range(4)]
    others = [ask("tablet", TABLET), ask("user", USER), ask("entity", ENTITIES)]
    await asyncio.sleep(0)
    studio.gate.set()
    await asyncio.gather(*page, *others)
    assert studio.drawn == ["first", "page0", "user", "tablet", "entity", "page1", "page2", "page3"]


async def test_viewers_of_the_same_view_share_a_picture(hass: HomeAssistant, studio: Studio, ask: Ask) -> None:
    await _async_block(hass, studio, ask)
    same = [ask("same", viewer) for viewer in (USER, USER, ENTITIES, PAGE, TABLET)]
    await asyncio.sleep(0)
    studio.gate.set()
    assert set(await asyncio.gather(*same)) == {b"same 0"}
    assert await ask("same", USER) == b"same 0"
    studio.version = 1
    assert await ask("same", USER) == b"same 1"
    assert studio.drawn == ["first", "same", "same"]


async def test_older_picture_is_enough_while_others_wait(hass: HomeAssistant, studio: Studio, ask: Ask) -> None:
    studio.gate.set()
    assert await ask("same", USER) == b"same 0"
    studio.gate.clear()
    studio.begun = threading.Semaphore(0)
    await _async_block(hass, studio, ask)
    studio.version = 1
    waiting = ask("other", USER)
    await asyncio.sleep(0)
    assert await ask("same", USER) == b"same 0"
    studio.gate.set()
    assert await waiting == b"other 1"


async def test_pictures_nobody_waits_for_are_not_drawn(hass: HomeAssistant, studio: Studio, ask: Ask) -> None:
    await _async_block(hass, studio, ask)
    gone = [ask(f"gone{number}", PAGE) for number in range(MAX_PER_VIEWER)]
    await asyncio.sleep(0)
    for task in gone:
        task.cancel()
    await asyncio.wait(gone)
    there = ask("there", PAGE)
    await asyncio.sleep(0)
    studio.gate.set()
    assert await there == b"there 0"
    assert studio.drawn == ["first", "there"]


async def test_waiting_pictures_are_limited_per_viewer_and_door(
    hass: HomeAssistant, studio: Studio, ask: Ask, renderer: Renderer
) -> None:
    await _async_block(hass, studio, ask)
    tasks = [ask(f"page{number}", PAGE) for number in range(MAX_PER_VIEWER)]
    await asyncio.sleep(0)
    with pytest.raises(TooManyPicturesError):
        await ask("one more", PAGE)
    tasks += [ask(f"tablet{number}", TABLET) for number in range(MAX_PER_DOOR - MAX_PER_VIEWER)]
    await asyncio.sleep(0)
    with pytest.raises(TooManyPicturesError):
        await ask("another", Viewer(is_public=True, name="192.0.2.3"))
    user = ask("user", USER)
    await asyncio.sleep(0)
    stopping = asyncio.create_task(renderer.async_stop())
    studio.gate.set()
    await stopping
    assert await user in (None, b"user 0")
    await asyncio.gather(*tasks)


async def test_drawing_that_fails_is_an_error_for_its_viewers_only(renderer: Renderer, studio: Studio) -> None:
    def draw() -> bytes:
        raise ValueError("no room for a picture")

    studio.gate.set()
    broken = View(key="broken", version=lambda: 0, draw=draw)
    with pytest.raises(ValueError, match="no room"):
        await renderer.async_render(broken, USER)
    assert await renderer.async_render(studio.view("good"), USER) == b"good 0"
