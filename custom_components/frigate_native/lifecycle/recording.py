"""Starts an entry's side of recording and restreaming, and stops it again."""

import asyncio
from contextlib import AsyncExitStack

from homeassistant.core import HomeAssistant, callback

from ..data import FrigateNativeData
from ..recording.local_recorder import LocalRecorder
from ..runtime.blocking import async_call
from .recording_repair_issues import async_watch_recorder


@callback
def async_start(hass: HomeAssistant, data: FrigateNativeData, stack: AsyncExitStack[None]) -> None:
    """Follow reports until the stack is closed, and record in here if the entry's options want it."""
    stack.callback(data.reports.async_stop)
    stack.push_async_callback(data.restreams.async_stop)
    data.restreams.async_start()
    stack.callback(async_watch_recorder(hass, data))
    if data.reports.records_here:
        recorder = LocalRecorder(hass, data)
        stack.push_async_callback(_async_stop_both, hass, data, recorder)
        recorder.async_start()


async def _async_stop_both(hass: HomeAssistant, data: FrigateNativeData, recorder: LocalRecorder) -> None:
    """Stop recorder and cameras side by side: either may wait for seconds, for what hangs."""
    await asyncio.gather(recorder.async_stop(), async_call(hass, data.nvr.stop))
