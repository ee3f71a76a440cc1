"""Draws and compresses pictures in threads of its own, so that neither the loop nor Home Assistant's pool waits."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

_THREADS: Final = 2  # a picture takes some 10 ms; more threads would only take cores from detection
_MOST_WAITING: Final = 32  # for whoever asks by HTTP; entities are few by themselves


class Renderer:
    """A small pool of threads of one entry."""

    def __init__(self) -> None:
        """Prepare the pool; a thread starts with the first picture."""
        self._executor = ThreadPoolExecutor(_THREADS, thread_name_prefix="fn:pictures")
        self._is_open = True
        self._waiting = 0

    @property
    def is_busy(self) -> bool:
        """Tell whether so much waits that strangers should come again later."""
        return self._waiting >= _MOST_WAITING

    async def async_render(self, job: Callable[[], bytes | None]) -> bytes | None:
        """Run a job in the pool and return its JPEG; None after `stop`, and for what still waits then."""
        try:
            picture = self._executor.submit(job)
        except RuntimeError:  # stopped
            return None
        self._waiting += 1
        try:
            return await asyncio.wrap_future(picture)
        except asyncio.CancelledError:
            if self._is_open or _is_cancelled():
                raise
            return None
        finally:
            self._waiting -= 1

    def stop(self) -> None:
        """End the threads and wait for what they still draw; blocking."""
        self._is_open = False
        self._executor.shutdown(wait=True, cancel_futures=True)


def _is_cancelled() -> bool:
    """Tell whether it is the caller that was cancelled, and not what it waits for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
