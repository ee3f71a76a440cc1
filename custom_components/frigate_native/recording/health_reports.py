"""Health reports of the recorders of an entry."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from ..recorder.plan import CameraHealth, Health

_TIMEOUT_S: Final = 30.0  # the add-on reports every ten seconds unless configured otherwise
_LONGEST_INTERVAL_S: Final = 310.0  # the longest that can be configured
_MISSED: Final = 2.5  # intervals without a report


class HealthReports:
    """The latest reports about one entry's cameras; for the event loop.

    Reports come from the add-on and from the recorder in Home Assistant. Which one records is fixed.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        """Initialize without reports."""
        self.records_here = False
        self.unreadable = ""
        self._hass = hass
        self._addon: Health | None = None
        self._addon_host: str | None = None
        self._here: Health | None = None
        self._received_s: float | None = None
        self._listeners: list[Callable[[], None]] = []
        self._cancel: CALLBACK_TYPE | None = None

    @property
    def addon(self) -> Health | None:
        """The add-on's newest report; None if it is overdue."""
        return self._addon

    @property
    def here(self) -> Health | None:
        """The latest report of the recorder in Home Assistant; None without one."""
        return self._here

    @property
    def addon_host(self) -> str | None:
        """The name or address of the add-on."""
        return (self._addon and self._addon.rtmp_host) or self._addon_host

    @property
    def recorder_health(self) -> Health | None:
        """The latest report of the recorder that records; None without one."""
        return self._here if self.records_here else self._addon

    @property
    def problems(self) -> tuple[str, ...]:
        """Problems of the recorders as a whole, as sentences for people."""
        return tuple(problem for health in (self._here, self._addon) if health for problem in health.problems)

    @callback
    def recording(self, camera: str) -> CameraHealth | None:
        """Return the health of a camera's recording; None without a report."""
        return health.cameras.get(camera) if (health := self.recorder_health) else None

    @callback
    def restreaming(self, camera: str) -> CameraHealth | None:
        """Return the health of a camera's restream; None without a report."""
        return self._addon.cameras.get(camera) if self._addon else None

    @callback
    def async_listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call a listener after each report and when the add-on stops reporting; return a function that ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def async_receive_addon(self, health: Health, host: str | None) -> None:
        """Receive a report of the add-on from a host."""
        self._addon, self._addon_host, self.unreadable = health, host, ""
        self._wait_for_next()
        self._notify()

    @callback
    def async_receive_unreadable(self, problem: str) -> None:
        """Receive an invalid report of the add-on; earlier reports no longer count."""
        self._addon, self.unreadable = None, problem
        self._wait_for_next()
        self._notify()

    @callback
    def async_receive_local(self, health: Health) -> None:
        """Receive a report of the recorder in Home Assistant."""
        self._here = health
        self._notify()

    @callback
    def async_start(self, *, records_here: bool) -> None:
        """Wait for reports until `async_stop`; with records_here, those of the add-on about recording are ignored."""
        self.records_here = records_here
        self._here = self._here if records_here else None
        if self._addon:
            self._wait(_TIMEOUT_S)

    @callback
    def async_stop(self) -> None:
        """Stop waiting for reports."""
        if self._cancel:
            self._cancel()
        self._cancel = None

    def _wait_for_next(self) -> None:
        now_s = time.monotonic()
        interval_s = now_s - self._received_s if self._received_s is not None else 0.0
        self._received_s = now_s
        timeout_s = max(_TIMEOUT_S, interval_s * _MISSED) if interval_s <= _LONGEST_INTERVAL_S else _TIMEOUT_S
        self._wait(timeout_s)

    def _wait(self, timeout_s: float) -> None:
        if self._cancel:
            self._cancel()
        job = HassJob(self._async_lose, cancel_on_shutdown=True)
        self._cancel = async_call_later(self._hass, timeout_s, job)

    @callback
    def _async_lose(self, _now: datetime) -> None:
        self._cancel = None
        self._addon, self.unreadable = None, ""
        self._notify()

    def _notify(self) -> None:
        for listener in tuple(self._listeners):
            listener()
