"""Starts and stops recording and restreaming for an entry."""

import asyncio
from contextlib import AsyncExitStack

from homeassistant.core import HomeAssistant, callback

from ..data import FrigateNativeData
from ..recording.local_recorder import LocalRecorder
from ..runtime.blocking import async_call
from .recording_repair_issues import async_watch_recorder


@callback
def async_start(hass: HomeAssistant, data: FrigateNativeData, stack: AsyncExitStack[None]) -> None:
    """Follow health reports until the stack is closed, and record here if the entry's options say so."""
    stack.callback(data.reports.async_stop)
    stack.push_async_callback(data.restreams.async_stop)
    data.restreams.async_start()
    stack.callback(async_watch_recorder(hass, data))
    if data.reports.records_here:
        recorder = LocalRecorder(
            hass,
            data.config,
            recordings=data.paths.recordings,
            version=data.version,
            sources=data.sources,
            reports=data.reports,
        )
        stack.push_async_callback(_async_stop_both, hass, data, recorder)
        recorder.async_start()


async def _async_stop_both(hass: HomeAssistant, data: FrigateNativeData, recorder: LocalRecorder) -> None:
    """Stop the recorder and the cameras in parallel, since each may take seconds."""
    await asyncio.gather(recorder.async_stop(), async_call(hass, data.nvr.stop))
