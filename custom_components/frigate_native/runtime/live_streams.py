"""Limits and ends the MJPEG streams that an entry is serving."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from .viewer import Viewer

MAX_STREAMS: Final = 12  # with login, and as many without
MAX_PER_VIEWER: Final = 6  # browsers open no more connections to a server, whatever a web page requests


class Streams:
    """Counts the streams of one entry and ends them together. For the event loop."""

    def __init__(self) -> None:
        """Start without streams."""
        self._open: Counter[Viewer] = Counter()
        self._closed = asyncio.Event()

    @property
    def count(self) -> int:
        """Number of running streams."""
        return self._open.total()

    @contextmanager
    def async_opened(self, viewer: Viewer) -> Iterator[bool]:
        """Count a stream during the context; yields False if there are too many."""
        if self._closed.is_set() or not self._has_place(viewer):
            yield False
            return
        self._open[viewer] += 1
        try:
            yield True
        finally:
            self._open[viewer] -= 1
            if not self._open[viewer]:
                del self._open[viewer]

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

    def _has_place(self, viewer: Viewer) -> bool:
        beside = sum(count for other, count in self._open.items() if other.is_public == viewer.is_public)
        return beside < MAX_STREAMS and self._open[viewer] < MAX_PER_VIEWER
