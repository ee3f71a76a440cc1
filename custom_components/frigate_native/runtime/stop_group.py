"""Stops several parts in parallel, since each may take seconds."""

import asyncio
from collections.abc import Awaitable, Callable


class StopGroup:
    """Stops all its parts at once and waits for the slowest."""

    def __init__(self) -> None:
        """Start empty."""
        self._stops: list[Callable[[], Awaitable[None]]] = []

    def add(self, stop: Callable[[], Awaitable[None]]) -> None:
        """Stop this part with the others."""
        self._stops.append(stop)

    async def async_stop(self) -> None:
        """Stop all parts; raise the first error once all have ended."""
        results = await asyncio.gather(*(stop() for stop in self._stops), return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result
