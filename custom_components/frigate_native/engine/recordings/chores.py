"""Long work in small steps: each chore runs a step at a time, so that none delays the others."""

import logging
import threading
from collections.abc import Callable, Iterator
from typing import Final

from ..concurrency import Clock
from ..errors import StoreError

_LOGGER = logging.getLogger(__name__)

_BREATH_S: Final = 0.02  # between steps, for other work on processor, disk and database
_LONGEST_IDLE_S: Final = 2.0


class Chore:
    """Work that is due again and again; `begin` returns its steps. A failure ends a round, and is logged once."""

    def __init__(
        self, name: str, every_s: float, begin: Callable[[], Iterator[object]], *, first_after_s: float = 0.0
    ) -> None:
        """The name is for the log."""
        self._name = name
        self._every_s = every_s
        self._begin = begin
        self._first_after_s = first_after_s
        self._steps: Iterator[object] | None = None
        self._next_s: float | None = None
        self._problem = ""

    def make_due(self) -> None:
        """Begin a new round with the next step."""
        self._steps, self._next_s = None, 0.0

    def step(self, now_s: float) -> bool:
        """Do a step if there is one; return whether more steps follow."""
        if self._next_s is None:
            self._next_s = now_s + self._first_after_s
        if self._steps is None and now_s < self._next_s:
            return False
        if self._steps is None:
            self._steps, self._next_s = self._begin(), now_s + self._every_s
        try:
            for _ in self._steps:
                return True
        except (OSError, StoreError) as err:
            self._fail(str(err))
        else:
            self._problem = ""
        self._steps = None
        return False

    def _fail(self, problem: str) -> None:
        level = logging.DEBUG if problem == self._problem else logging.WARNING
        _LOGGER.log(level, "Recordings: %s failed and is tried again: %s", self._name, problem)
        self._problem = problem


def run_chores(chores: tuple[Chore, ...], clock: Clock, stop: threading.Event) -> None:
    """Run chores by turns until stopped, half of the time at most."""
    while not stop.is_set():
        begin_s = clock.monotonic()
        has_more = [chore.step(begin_s) for chore in chores]
        took_s = clock.monotonic() - begin_s
        stop.wait(max(_BREATH_S, min(took_s, _LONGEST_IDLE_S)) if any(has_more) else _LONGEST_IDLE_S)
