"""Slows down clients that send requests without pause."""

import asyncio
import time
from typing import Final

from .allowance import Allowance
from .viewer import Viewer

_INTERVAL_S: Final = 0.04  # between a viewer's requests, on average
_BURST_S: Final = 2.0  # 50 requests at once, for a page with many pictures
_MAX_WAIT_S: Final = 2.0
_MAX_VIEWERS: Final = 256  # remembered


class Pace:
    """Lets each viewer's requests wait as long as there are too many. For the event loop."""

    def __init__(self) -> None:
        """Start without viewers."""
        self._allowances: dict[Viewer, Allowance] = {}

    async def async_enter(self, viewer: Viewer) -> bool:
        """Wait for the viewer's turn; False if too many of its requests wait already."""
        now = time.monotonic()
        allowance = self._allowance(viewer, now)
        wait_s = allowance.wait_s(now)
        is_accepted = wait_s <= _MAX_WAIT_S
        if is_accepted:
            allowance.spend(now, _INTERVAL_S)
        if wait_s:
            await asyncio.sleep(min(wait_s, _MAX_WAIT_S))  # a refused client that tries again at once waits as well
        return is_accepted

    def _allowance(self, viewer: Viewer, now: float) -> Allowance:
        if viewer not in self._allowances and len(self._allowances) >= _MAX_VIEWERS:
            self._allowances = {one: spent for one, spent in self._allowances.items() if not spent.is_full(now)}
        if viewer not in self._allowances and len(self._allowances) >= _MAX_VIEWERS:
            del self._allowances[next(iter(self._allowances))]
        return self._allowances.setdefault(viewer, Allowance(_BURST_S))
