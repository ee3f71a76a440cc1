"""Limits and ends the MJPEG streams that an entry is serving."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from .viewer import Viewer
from .viewer_limit import ViewerLimit

MAX_STREAMS: Final = 12  # with login, and as many without
MAX_PER_VIEWER: Final = 6  # browsers open no more connections to a server, whatever a web page requests


class Streams:
    """Counts the streams of one entry and ends them together. For the event loop."""

    def __init__(self) -> None:
        """Start without streams."""
        self._limit = ViewerLimit(per_door=MAX_STREAMS, per_viewer=MAX_PER_VIEWER)
        self._closed = asyncio.Event()

    @property
    def count(self) -> int:
        """Number of running streams."""
        return self._limit.count

    @contextmanager
    def async_opened(self, viewer: Viewer) -> Iterator[bool]:
        """Count a stream during the context; yields False if there are too many."""
        with self._limit.async_entered(viewer) as has_place:
            yield has_place and not self._closed.is_set()

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
