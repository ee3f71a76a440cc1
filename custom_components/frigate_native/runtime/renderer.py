"""Draws and compresses pictures in a thread of its own, within a share of a processor core: detection comes first."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final

from .allowance import Allowance
from .drawn_pictures import DrawnPictures
from .picture_queue import PictureQueue, View, WaitingPicture
from .viewer import Viewer

_SHARE: Final = 0.25  # of one core; a picture takes about 10 ms
_BURST_S: Final = 0.5  # of drawing at once, for a page with many pictures


class Renderer:
    """The pictures of one entry, drawn one after the other. For the event loop."""

    def __init__(self) -> None:
        """Prepare; the thread starts with the first picture."""
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="fn:pictures")
        self._queue = PictureQueue()
        self._drawn = DrawnPictures()
        self._allowance = Allowance(_BURST_S / _SHARE)
        self._closed = asyncio.Event()
        self._work: asyncio.Task[None] | None = None

    async def async_render(self, view: View, viewer: Viewer) -> bytes | None:
        """Return a view's picture; None once the renderer is stopped. TooManyPicturesError if too many wait."""
        if self._closed.is_set():
            return None
        if kept := self._drawn.find(view, time.monotonic(), is_busy=bool(self._queue)):
            return kept
        item = self._queue.find(view, viewer) or self._enqueue(view, viewer)
        item.requests += 1
        try:
            return await asyncio.shield(item.picture)
        finally:
            item.requests -= 1
            if not item.requests:
                self._queue.discard(item)

    async def async_stop(self) -> None:
        """Return None for all waiting pictures and stop the thread."""
        self._closed.set()
        if self._work is not None:
            await self._work
        await asyncio.get_running_loop().run_in_executor(None, self._executor.shutdown)

    def _enqueue(self, view: View, viewer: Viewer) -> WaitingPicture:
        loop = asyncio.get_running_loop()
        item = WaitingPicture(view=view, viewer=viewer, picture=loop.create_future())
        self._queue.add(item)
        if self._work is None or self._work.done():
            self._work = loop.create_task(self._async_draw_all(), name="frigate_native pictures")
        return item

    async def _async_draw_all(self) -> None:
        while self._queue:
            await self._async_rest()
            if (item := self._queue.next()) is None:
                return
            if self._closed.is_set():
                item.picture.set_result(None)
            else:
                await self._async_draw(item)

    async def _async_rest(self) -> None:
        """Wait until drawing has been idle for long enough."""
        if wait_s := self._allowance.wait_s(time.monotonic()):
            with suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self._closed.wait()

    async def _async_draw(self, item: WaitingPicture) -> None:
        """Resolve one picture, which viewers at the other door may have had drawn in the meantime."""
        try:
            kept = self._drawn.find(item.view, time.monotonic(), is_busy=False)
            item.picture.set_result(kept or await self._async_new(item.view))
        except Exception as err:  # noqa: BLE001  # raised where the picture is awaited
            _fail(item, err)

    async def _async_new(self, view: View) -> bytes:
        version = view.version()
        picture, took_s = await asyncio.wrap_future(self._executor.submit(_timed, view.draw))
        now = time.monotonic()
        self._allowance.spend(now, took_s / _SHARE)
        self._drawn.keep(view, version, now, picture)
        return picture


def _timed(draw: Callable[[], bytes]) -> tuple[bytes, float]:
    """Return a picture and the time it took, which is longer while detection needs the processor."""
    begun = time.monotonic()
    return draw(), time.monotonic() - begun


def _fail(item: WaitingPicture, err: Exception) -> None:
    """Raise an error where the picture is awaited; nowhere if the request has ended."""
    if item.requests:
        item.picture.set_exception(err)
    else:
        item.picture.cancel()
