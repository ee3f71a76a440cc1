"""Addresses of the restreams, for the engine and for Home Assistant's live view."""

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
_STEADY_REPORTS: Final = 3  # good reports needed after an interruption; the first time, one is enough

type _Target = tuple[str, int]  # host and port


class Restreams:
    """Follows the add-on's reports; for the event loop.

    A restream is used once the add-on reports it as running and its port can be reached. It is no longer used after
    the first report to the contrary; then three good reports are needed before it is used again.
    """

    def __init__(self, hass: HomeAssistant, nvr: Nvr, reports: HealthReports, *, is_used: bool) -> None:
        """Prepare; without is_used, restreams are ignored."""
        self._hass = hass
        self._nvr = nvr
        self._reports = reports
        self._urls: dict[str, str | None] = dict.fromkeys(restreamed_cameras(nvr.config) if is_used else ())
        self._good: dict[str, int] = dict.fromkeys(self._urls, _STEADY_REPORTS)  # reports in a row
        self._counted: Health | None = None
        self._reached: _Target | None = None
        self._refused: _Target | None = None  # already logged
        self._trial: asyncio.Task[None] | None = None
        self._listeners: list[Callable[[], None]] = []
        self._end: CALLBACK_TYPE | None = None

    @callback
    def async_inherit(self, other: Restreams) -> None:
        """Call the listeners of another one, which has stopped; they can still unsubscribe from that one."""
        self._listeners = other._listeners

    @callback
    def async_start(self) -> None:
        """Follow the reports until `async_stop`."""
        self._end = self._reports.async_listen(self._async_update)

    async def async_stop(self) -> None:
        """Stop following the reports."""
        if self._end:
            self._end()
        self._end = None
        if self._trial:
            self._trial.cancel()
            with suppress(asyncio.CancelledError):
                await self._trial

    @callback
    def url(self, camera: str) -> str | None:
        """Return the address of a camera's restream; None if it cannot be played."""
        return self._urls.get(camera)

    @callback
    def async_listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call a listener when a restream starts or stops; return a function that ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @callback
    def _async_update(self) -> None:
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
        """Check whether the RTMP server can be reached; its name may be unknown here, or its port closed."""
        host, port = target
        try:
            async with asyncio.timeout(_CONNECT_S):
                _, writer = await asyncio.open_connection(host.strip("[]"), port)
        except (OSError, UnicodeError) as err:  # TimeoutError is an OSError; UnicodeError means an invalid host name
            if self._refused != target:
                _LOGGER.warning(
                    "The add-on's RTMP server cannot be reached at %s:%d (%s), so cameras are read"
                    " directly; open its port, or set RTMP_HOST in the add-on",
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
