"""The time to delete recordings and events by: a clock that jumps must not delete the archive."""

import logging
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from ..concurrency import Clock

_LOGGER = logging.getLogger(__name__)

_DAY_S: Final = 86400.0
_HOUR_S: Final = 3600.0
_TOLERANCE_S: Final = _HOUR_S  # a step of the running machine's clock
_DOWNTIME_S: Final = _DAY_S  # since the last run, of which no other clock knows
_HOLD_S: Final = _DAY_S  # a new time counts once the clock has kept it for this long, or with network time:
_SYNCHRONIZED_HOLD_S: Final = _HOUR_S
_STEP_S: Final = _DAY_S  # then what is this much older are deleted in one pass


class DeletionClock:
    """Follows the machine's clock as far as the monotonic clock confirms it. For one thread.

    The confirmed time is saved in a file for the next run. If the machine's clock is ahead of it, nothing is deleted
    until the clock has kept the new time for a day, or for an hour if it follows network time. Then the confirmed
    time follows by one day per pass.
    """

    def __init__(self, path: Path | None, clock: Clock, kind: str = "recordings") -> None:
        """Prepare; path is the file, None: the time is not saved. kind says what is deleted."""
        self._path = path
        self._kind = kind
        self._clock = clock
        self._confirmed: float | None = None
        self._confirmed_s = 0.0  # on the monotonic clock
        self._step: tuple[float, float] | None = None  # since when the clock differs (monotonic), and its offset
        self._problem = ""

    @property
    def problem(self) -> str:
        """Why nothing is deleted in time, for people; empty if it is."""
        return self._problem

    def time(self, newest: Callable[[], float | None]) -> float | None:
        """Return the time to delete by (epoch), once per pass; None while the machine's clock cannot be trusted.

        newest returns when the newest of what is deleted began; it is called if no earlier run has saved its time.
        """
        now, monotonic_s = self._clock.now(), self._clock.monotonic()
        tolerance_s = _TOLERANCE_S
        if self._confirmed is None:
            tolerance_s = _DOWNTIME_S
            self._confirmed = self._load() or newest() or now
        else:
            self._confirmed += monotonic_s - self._confirmed_s
        self._confirmed_s = monotonic_s
        time = self._follow(now, tolerance_s)
        self._save()
        return time

    def _follow(self, now: float, tolerance_s: float) -> float | None:
        assert self._confirmed is not None
        ahead_s = now - self._confirmed
        if abs(ahead_s) <= tolerance_s:
            self._confirmed = now
            self._end_step()
            return now
        hold_s = _SYNCHRONIZED_HOLD_S if self._clock.is_synchronized() else _HOLD_S
        has_held = self._has_held(now, hold_s)
        if ahead_s < 0:  # deletes less, so the time can be used at once
            self._end_problem()
            if has_held:
                self._confirmed = now
            return now
        self._note_problem(ahead_s, hold_s)
        if not has_held:
            return None
        self._confirmed = min(self._confirmed + _STEP_S, now)
        return self._confirmed

    def _has_held(self, now: float, hold_s: float) -> bool:
        """Return whether the clock has kept its new time for long enough."""
        monotonic_s = self._confirmed_s
        offset = now - monotonic_s
        if self._step is None or abs(offset - self._step[1]) > _TOLERANCE_S:
            self._step = monotonic_s, offset
        return monotonic_s - self._step[0] >= hold_s

    def _note_problem(self, ahead_s: float, hold_s: float) -> None:
        is_new = not self._problem
        self._problem = (
            f"the clock is {_duration(ahead_s)} ahead of the time expected, so old {self._kind} are not deleted"
            f" until it has kept this time for {'a day' if hold_s == _DAY_S else 'an hour'}; check the date and time"
        )
        if is_new:
            _LOGGER.warning("Retention of %s: %s", self._kind, self._problem)

    def _end_step(self) -> None:
        self._step = None
        self._end_problem()

    def _end_problem(self) -> None:
        if self._problem:
            self._problem = ""
            _LOGGER.info("The clock is as expected; old %s are deleted again", self._kind)

    def _load(self) -> float | None:
        if self._path is None:
            return None
        try:
            return float(self._path.read_text(encoding="ascii"))
        except OSError, ValueError:
            return None

    def _save(self) -> None:
        if self._path is None:
            return
        with suppress(OSError):  # saved in the next pass
            part = self._path.with_suffix(".part")
            part.write_text(f"{self._confirmed:.0f}", encoding="ascii")
            part.replace(self._path)


def _duration(seconds: float) -> str:
    days = round(seconds / _DAY_S)
    return f"{days} days" if days > 1 else f"{round(seconds / _HOUR_S)} hours"
