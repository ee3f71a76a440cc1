"""Cancels an import, and leaves others time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

_LONGEST_PAUSE_S: Final = 2.0


class CancelledError(Exception):
    """The import was cancelled, or the system stops."""


class Control:
    """Any thread may cancel; the other methods are for the thread that imports and raise CancelledError then."""

    def __init__(self) -> None:
        """Start without being cancelled."""
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """End the import soon."""
        self._cancelled.set()

    def check(self) -> None:
        """Raise if it was cancelled."""
        if self._cancelled.is_set():
            raise CancelledError

    def pause(self, seconds: float) -> None:
        """Wait, or raise."""
        if self._cancelled.wait(seconds):
            raise CancelledError

    @contextmanager
    def half_of_the_time(self) -> Iterator[None]:
        """Wait for as long as the body takes, so that the database, the disk and a core are free half of the time."""
        begin_s = monotonic()
        yield
        self.pause(min(monotonic() - begin_s, _LONGEST_PAUSE_S))
