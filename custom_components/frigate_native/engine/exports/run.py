"""One export while it is made."""

import threading
import time
from collections.abc import Callable
from typing import Final, override

from ..media.lanes import Abandoned
from ..store import StoredExport
from .job import Control

_REPORT_S: Final = 1.0


class Run(Control):
    """Controls the making of an export; other threads may cancel it and ask how far it is."""

    def __init__(self, export: StoredExport, stop: threading.Event, on_progress: Callable[[float], None]) -> None:
        """Prepare; stop is set when the system stops, on_progress is called each second at most."""
        self.export = export
        self.progress = 0.0
        self._stop = stop
        self._cancelled = threading.Event()
        self._on_progress = on_progress
        self._reported_s = 0.0

    def cancel(self) -> None:
        """End the work soon."""
        self._cancelled.set()

    @override
    def check(self) -> None:
        if self._stop.is_set() or self._cancelled.is_set():
            raise Abandoned

    @override
    def pause(self, seconds: float) -> None:
        self._stop.wait(seconds)
        self.check()

    @override
    def report(self, progress: float) -> None:
        self.progress = max(progress, self.progress)
        now_s = time.monotonic()
        if now_s - self._reported_s >= _REPORT_S:
            self._reported_s = now_s
            self._on_progress(self.progress)
