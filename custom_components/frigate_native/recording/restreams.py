"""Where cameras' restreams can be played, for the engine and for Home Assistant's own live view."""

import asyncio
import logging
import re
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from ..engine.nvr import Nvr
from ..recorder.plan import Health
from .health_reports import HealthReports
from .plan_builder import restreamed_cameras

_LOGGER = logging.getLogger(__name__)

_APPLICATION: Final = "live"
_HOST: Final = re.compile(r"[\w.\-]+|\[[0-9A-Fa-f:.]+\]")
_CONNECT_S: Final = 3.0
_STEADY_REPORTS: Final = 3  # that one after an interruption must be good; the first time one is enough

type _Target = tuple[str, int]  # host and port


class Restreams:
    """Follows the add-on's reports; for the event loop.

    A restream is used as soon as the add-on says that it runs and its port can be reached from here, and given up
    with the first report that says otherwise. Once it has been given up it has to run for three reports.
    """

    def __init__(self, hass: HomeAssistant, nvr: Nvr, reports: HealthReports, *, is_used: bool) -> None:
        """Prepare; without is_used there is none, whatever the add-on says."""
        self._hass = hass
        self._nvr = nvr
        self._reports = reports
        self._urls: dict[str, str | None] = dict.fromkeys(restreamed_cameras(nvr.config) if is_used else ())
        self._good: dict[str, int] = dict.fromkeys(self._urls, _STEADY_REPORTS)  # reports in a row
        self._counted: Health | None = None
        self._reached: _Target | None = None
        self._refused: _Target | None = None  # told in the log
        self._trial: asyncio.Task[None] | None = None
        self._listeners: list[Callable[[], None]] = []
        self._end: CALLBACK_TYPE | None = None

    @callback
    def async_start(self) -> None:
        """Follow the reports until `async_stop`."""
        self._end = self._reports.async_listen(self._async_look)

    async def async_stop(self) -> None:
        """Follow them no more."""
        if self._end:
            self._end()
        self._end = None
        if self._trial:
            self._trial.cancel()
            with suppress(asyncio.CancelledError):
                await self._trial

    @callback
    def url(self, camera: str) -> str | None:
        """Return where a camera's restream can be played, None while it cannot."""
        return self._urls.get(camera)

    @callback
    def async_listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call a listener when a restream comes or goes; return how to end that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def _async_look(self) -> None:
        target = self._target()
        if target is None:
            self._reached = None
        elif target != self._reached and (self._trial is None or self._trial.done()):
            self._trial = self._hass.async_create_background_task(self._async_try(target), "frigate_native restreams")
        self._count()
        self._choose(target)

    def _target(self) -> _Target | None:
        addon, host = self._reports.addon, self._reports.addon_host
        if addon is None or addon.rtmp_port is None or host is None:
            return None
        host = f"[{host}]" if ":" in host and not host.startswith("[") else host
        return (host, addon.rtmp_port) if _HOST.fullmatch(host) else None

    async def _async_try(self, target: _Target) -> None:
        """Find out whether the RTMP server can be reached: the name may be known only elsewhere, the port closed."""
        host, port = target
        try:
            async with asyncio.timeout(_CONNECT_S):
                _, writer = await asyncio.open_connection(host.strip("[]"), port)
        except (OSError, UnicodeError) as err:  # a TimeoutError is the first, a name that cannot be one the second
            if self._refused != target:
                _LOGGER.warning(
                    "The add-on's RTMP server cannot be reached at %s:%d (%s), so cameras are not read from their"
                    " restreams; open its port, or set RTMP_HOST there",
                    host,
                    port,
                    str(err) or type(err).__name__,
                )
            self._refused = target
            return
        writer.close()
        self._reached, self._refused = target, None
        self._choose(self._target())

    def _count(self) -> None:
        if self._counted is self._reports.addon:
            return
        self._counted = self._reports.addon
        for camera in self._urls:
            health = self._reports.restreaming(camera)
            if health is not None and health.is_restreaming:
                self._good[camera] += 1
            elif self._urls[camera] is not None or self._good[camera] < _STEADY_REPORTS:
                self._good[camera] = 0

    def _choose(self, target: _Target | None) -> None:
        has_changed = False
        for camera, old in self._urls.items():
            health = self._reports.restreaming(camera)
            is_up = (
                target is not None
                and target == self._reached
                and health is not None
                and health.is_restreaming is True
                and self._good[camera] >= _STEADY_REPORTS
            )
            url = f"rtmp://{target[0]}:{target[1]}/{_APPLICATION}/{camera}" if target is not None and is_up else None
            if url != old:
                self._urls[camera] = url
                self._nvr.use_restream(camera, url)
                has_changed = True
        for listener in tuple(self._listeners) if has_changed else ():
            listener()
