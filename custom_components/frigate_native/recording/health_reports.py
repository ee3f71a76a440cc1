"""How recording and restreaming go, as those who do it report."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from ..recorder.plan import CameraHealth, Health

_HEARD_S: Final = 30.0  # the add-on reports every ten seconds unless its user wants otherwise
_LONGEST_INTERVAL_S: Final = 310.0  # of what its user may want
_MISSED: Final = 2.5  # intervals without a report


class HealthReports:
    """The newest reports about one entry's cameras; for the event loop.

    There may be two reporters: the add-on, and the recorder in here. Who records is known from the start.
    """

    def __init__(self, hass: HomeAssistant, *, records_here: bool) -> None:
        """Know nothing yet; with records_here the add-on's word about recording does not count."""
        self.records_here = records_here
        self.unreadable = ""
        self._hass = hass
        self._addon: Health | None = None
        self._addon_host: str | None = None
        self._here: Health | None = None
        self._heard_s: float | None = None
        self._listeners: list[Callable[[], None]] = []
        self._cancel: CALLBACK_TYPE | None = None

    @property
    def addon(self) -> Health | None:
        """The add-on's newest report; None unless it has been output lately."""
        return self._addon

    @property
    def here(self) -> Health | None:
        """The newest report of the recorder in here; None without one."""
        return self._here

    @property
    def addon_host(self) -> str | None:
        """The name or address under which the add-on can be reached."""
        return (self._addon and self._addon.rtmp_host) or self._addon_host

    @property
    def recorder(self) -> Health | None:
        """The newest report of the one that records; None while there is none."""
        return self._here if self.records_here else self._addon

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong as a whole, in sentences for people."""
        return tuple(problem for health in (self._here, self._addon) if health for problem in health.problems)

    @callback
    def recording(self, camera: str) -> CameraHealth | None:
        """Return how a camera's recording fares; None while nobody reports about it."""
        return self.recorder.cameras.get(camera) if self.recorder else None

    @callback
    def restreaming(self, camera: str) -> CameraHealth | None:
        """Return how a camera's restream fares; None while nobody reports about it."""
        return self._addon.cameras.get(camera) if self._addon else None

    @callback
    def async_listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call a listener after each report and when the add-on falls silent; return how to end that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def async_receive_addon(self, health: Health, host: str | None) -> None:
        """Take a report of the add-on, and from where it came."""
        self._addon, self._addon_host, self.unreadable = health, host, ""
        self._wait_for_next()
        self._notify()

    @callback
    def async_receive_unreadable(self, problem: str) -> None:
        """Note that a report has come of which nothing can be made; the last one that could counts no more."""
        self._addon, self.unreadable = None, problem
        self._wait_for_next()
        self._notify()

    @callback
    def async_receive_local(self, health: Health) -> None:
        """Take a report of the recorder in here."""
        self._here = health
        self._notify()

    @callback
    def async_stop(self) -> None:
        """Wait for nothing any more."""
        if self._cancel:
            self._cancel()
        self._cancel = None

    def _wait_for_next(self) -> None:
        now_s = time.monotonic()
        interval_s = now_s - self._heard_s if self._heard_s is not None else 0.0
        self._heard_s = now_s
        patience_s = max(_HEARD_S, interval_s * _MISSED) if interval_s <= _LONGEST_INTERVAL_S else _HEARD_S
        if self._cancel:
            self._cancel()
        job = HassJob(self._async_lose, cancel_on_shutdown=True)
        self._cancel = async_call_later(self._hass, patience_s, job)

    @callback
    def _async_lose(self, _now: datetime) -> None:
        self._cancel = None
        self._addon, self.unreadable = None, ""
        self._notify()

    def _notify(self) -> None:
        for listener in tuple(self._listeners):
            listener()
