"""The recorder within Home Assistant, for those who run no add-on."""

import asyncio
import threading
from contextlib import suppress
from typing import Final

from homeassistant.core import HomeAssistant, callback

from ..data import FrigateNativeData
from ..engine.errors import MediaError
from ..recorder import Recorder
from ..recorder.plan import Health, Plan
from ..runtime.blocking import async_call
from ..runtime.ffmpeg_program import ffmpeg_program
from .plan_builder import build_plan

_SPOOL: Final = ".spool-home-assistant"  # the add-on has one of its own, in the same folder
_ROUND_S: Final = 5.0


class LocalRecorder:
    """Runs the same recorder as the add-on in this process, without restreams."""

    def __init__(self, hass: HomeAssistant, data: FrigateNativeData) -> None:
        """Prepare; how it goes is reported every five seconds."""
        self._hass = hass
        self._data = data
        recordings = data.paths.recordings
        self._recorder = Recorder(recordings, recordings / _SPOOL, ffmpeg=ffmpeg_program(hass))
        self._plan: Plan | None = None
        self._problem: str | None = None  # why it does not run; empty when it does, None before the first try
        self._lock = threading.Lock()
        self._is_stopped = False
        self._task: asyncio.Task[None] | None = None

    @callback
    def async_start(self) -> None:
        """Record from now on; a folder that cannot be used yet is tried again."""
        self._task = self._hass.async_create_background_task(self._async_run(), "frigate_native recorder")

    async def async_stop(self) -> None:
        """End every ffmpeg; what is being written is finished."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await async_call(self._hass, self._stop)

    async def _async_run(self) -> None:
        while True:
            config = await self._data.sources.async_located(self._data.config)
            plan = build_plan(config, self._hass.config.time_zone, restreams=False)
            health = await self._hass.async_add_executor_job(self._round, plan)
            self._data.reports.async_receive_local(health)
            await asyncio.sleep(_ROUND_S)

    def _round(self, plan: Plan) -> Health:
        with self._lock:
            if not self._is_stopped:
                self._try()
                self._follow(plan)
            return self._health()

    def _try(self) -> None:
        if self._problem == "":
            return
        try:
            self._recorder.start()
        except MediaError as err:
            self._problem = str(err)
        else:
            self._problem = ""

    def _follow(self, plan: Plan) -> None:
        if plan != self._plan:
            self._plan = plan
            self._recorder.apply(plan)

    def _health(self) -> Health:
        total, free = self._recorder.disk()
        refused = (f"Nothing is recorded: {self._problem}",) if self._problem else ()
        return Health(
            version=self._data.version,
            cameras=self._recorder.health(),
            disk_total=total,
            disk_free=free,
            problems=(*self._recorder.problems(), *refused),
        )

    def _stop(self) -> None:
        with self._lock:
            self._is_stopped = True
            self._recorder.stop()
