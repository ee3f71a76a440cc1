"""Draws and compresses pictures in its own threads, to keep the event loop and Home Assistant's executor free."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

_THREADS: Final = 2  # a picture takes about 10 ms; more threads would slow down detection
_MAX_PENDING: Final = 32  # for HTTP clients; there are few entities


class Renderer:
    """A small thread pool of one entry."""

    def __init__(self) -> None:
        """Prepare the pool; threads start with the first picture."""
        self._executor = ThreadPoolExecutor(_THREADS, thread_name_prefix="fn:pictures")
        self._is_open = True
        self._pending = 0

    @property
    def is_busy(self) -> bool:
        """Whether HTTP clients should try again later, since too many pictures are pending."""
        return self._pending >= _MAX_PENDING

    async def async_render(self, job: Callable[[], bytes | None]) -> bytes | None:
        """Run a job in the pool and return its JPEG; None if `stop` is called before it runs."""
        try:
            picture = self._executor.submit(job)
        except RuntimeError:  # stopped
            return None
        self._pending += 1
        try:
            return await asyncio.wrap_future(picture)
        except asyncio.CancelledError:
            if self._is_open or _is_cancelled():
                raise
            return None
        finally:
            self._pending -= 1

    def stop(self) -> None:
        """Stop the threads and wait for running jobs; blocks."""
        self._is_open = False
        self._executor.shutdown(wait=True, cancel_futures=True)


def _is_cancelled() -> bool:
    """Return whether the caller was cancelled, rather than the job."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
