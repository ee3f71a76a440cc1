"""The recorder in Home Assistant's own process, for installations without the add-on."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from homeassistant.core import HomeAssistant, callback

from ..configuration.entity_source import EntitySources
from ..engine.config.model import Config
from ..recorder import Recorder
from ..recorder.plan import Health, Plan
from ..recorder.starter import RecorderStarter
from ..runtime.blocking import async_call
from ..runtime.ffmpeg_program import ffmpeg_program
from .health_reports import HealthReports
from .plan_builder import build_plan

_CACHE: Final = ".spool-home-assistant"  # the add-on uses another one in the same folder
_INTERVAL_S: Final = 5.0


class LocalRecorder:
    """Runs the same recorder as the add-on in this process, without restreams."""

    def __init__(
        self,
        hass: HomeAssistant,
        config: Callable[[], Config],
        *,
        recordings: Path,
        version: str,
        sources: EntitySources,
        reports: HealthReports,
    ) -> None:
        """Prepare; config is asked and health is reported every five seconds."""
        self._hass = hass
        self._config = config
        self._sources = sources
        self._reports = reports
        self._recorder = Recorder(recordings, recordings / _CACHE, ffmpeg=ffmpeg_program(hass))
        self._starter = RecorderStarter(self._recorder, version)
        self._plan: Plan | None = None
        self._lock = threading.Lock()
        self._is_stopped = False
        self._task: asyncio.Task[None] | None = None

    @callback
    def async_start(self) -> None:
        """Start recording; if a folder cannot be used yet, try again later."""
        self._task = self._hass.async_create_background_task(self._async_run(), "frigate_native recorder")

    async def async_stop(self) -> None:
        """Stop every ffmpeg process; segments in progress are finished."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await async_call(self._hass, self._stop)

    async def _async_run(self) -> None:
        while True:
            config = await self._sources.async_located(self._config())
            plan = build_plan(config, self._hass.config.time_zone, restreams=False)
            health = await self._hass.async_add_executor_job(self._update, plan)
            self._reports.async_receive_local(health)
            await asyncio.sleep(_INTERVAL_S)

    def _update(self, plan: Plan) -> Health:
        with self._lock:
            if not self._is_stopped:
                self._starter.try_start()
                self._apply(plan)
            return self._starter.health()

    def _apply(self, plan: Plan) -> None:
        if plan != self._plan:
            self._plan = plan
            self._recorder.apply(plan)

    def _stop(self) -> None:
        with self._lock:
            self._is_stopped = True
            self._recorder.stop()
