"""Starts and stops recording and restreaming for an entry."""

from contextlib import AsyncExitStack

from homeassistant.core import HomeAssistant, callback

from ..data import FrigateNativeData
from ..recording.local_recorder import LocalRecorder
from ..runtime.stop_group import StopGroup
from .recording_repair_issues import async_watch_recorder


@callback
def async_start(
    hass: HomeAssistant, data: FrigateNativeData, stack: AsyncExitStack[None], stop_group: StopGroup
) -> None:
    """Process health reports until the stack is closed, and record within Home Assistant if enabled in the options.

    The local recorder stops with the group, which must be stopped before the stack is closed.
    """
    stack.callback(data.reports.async_stop)
    stack.push_async_callback(data.restreams.async_stop)
    data.restreams.async_start()
    stack.callback(async_watch_recorder(hass, data))
    if data.reports.records_here:
        recorder = LocalRecorder(
            hass,
            data.nvr.current_config,
            recordings=data.paths.recordings,
            version=data.version,
            sources=data.sources,
            reports=data.reports,
        )
        stop_group.add(recorder.async_stop)
        recorder.async_start()
