"""A named thread that can be stopped and survives errors."""

import logging
import threading
from collections.abc import Callable

from .backoff import Backoff

_LOGGER = logging.getLogger(__name__)

_FIRST_PAUSE_S = 1.0
_LONGEST_PAUSE_S = 60.0


class Worker:
    """Runs `work(stop)` in its own thread until it returns or `stop()` is called.

    `work` must return soon after its event is set. If it raises, the error is logged with its traceback and `work` is
    called again after a growing pause, so an unexpected error never ends a camera for good.
    """

    def __init__(self, name: str, work: Callable[[threading.Event], None]) -> None:
        """Prepare the thread; `start` runs it. Its name appears in the system's process list."""
        self._work = work
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def name(self) -> str:
        """The thread's name."""
        return self._thread.name

    @property
    def is_alive(self) -> bool:
        """Whether the thread is running."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Start the thread; once only."""
        self._thread.start()

    def request_stop(self) -> None:
        """Ask the thread to end without waiting for it, so that several can end at the same time."""
        self._stop.set()

    def stop(self, timeout_s: float = 10.0) -> bool:
        """Ask the thread to end and wait for it; return whether it has. May be called twice, or before `start`."""
        self._stop.set()
        if self._thread.ident is None:
            return True
        self._thread.join(timeout_s)
        if self._thread.is_alive():
            _LOGGER.error("Thread %s did not end in time; it runs until the call that blocks it returns", self.name)
        return not self._thread.is_alive()

    def _run(self) -> None:
        backoff = Backoff(_FIRST_PAUSE_S, _LONGEST_PAUSE_S)
        while not self._stop.is_set():
            try:
                self._work(self._stop)
            except Exception:
                pause_s = backoff.next_s()
                _LOGGER.exception("Thread %s failed; restarting in %.0f s", self.name, pause_s)
                self._stop.wait(pause_s)
            else:
                return
