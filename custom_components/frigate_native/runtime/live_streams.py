"""Limits and ends the MJPEG streams that an entry is serving."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MOST_STREAMS: Final = 5  # each draws a picture per interval


class Streams:
    """Counts the streams of one entry and ends them together. For the event loop."""

    def __init__(self) -> None:
        """Start without streams."""
        self._count = 0
        self._closed = asyncio.Event()

    @property
    def count(self) -> int:
        """Number of running streams."""
        return self._count

    @contextmanager
    def async_opened(self) -> Iterator[bool]:
        """Count a stream during the context; yields False if there are too many."""
        if self._closed.is_set() or self._count >= MOST_STREAMS:
            yield False
            return
        self._count += 1
        try:
            yield True
        finally:
            self._count -= 1

    async def async_pause(self, duration_s: float) -> bool:
        """Wait; return False if all streams must end."""
        try:
            async with asyncio.timeout(duration_s):
                await self._closed.wait()
        except TimeoutError:
            return True
        return False

    def async_close(self) -> None:
        """End all streams."""
        self._closed.set()
