"""Drawing pictures while an entry is stopped."""

import asyncio
import threading

from homeassistant.core import HomeAssistant

from custom_components.frigate_native.runtime.renderer import Renderer


async def test_pictures_that_wait_at_the_stop_are_answered_with_none(hass: HomeAssistant) -> None:
    renderer = Renderer()
    gate, begun = threading.Event(), threading.Semaphore(0)

    def draw() -> bytes:
        begun.release()
        gate.wait(60)
        return b"picture"

    asked = [asyncio.create_task(renderer.async_render(draw)) for _ in range(4)]
    for _ in range(2):  # threads that draw
        await hass.async_add_executor_job(begun.acquire)
    stopping = hass.async_add_executor_job(renderer.stop)
    waiting, _ = await asyncio.wait(asked[2:])
    gate.set()
    await stopping
    assert not [task for task in waiting if task.cancelled()]
    assert [await task for task in asked] == [b"picture"] * 2 + [None] * 2
    assert await renderer.async_render(draw) is None
