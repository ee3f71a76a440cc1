"""Figures of one entry while its cameras run."""

import time
from array import array
from collections.abc import Iterable
from typing import Any, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from custom_components.frigate_native.const import SIGNAL_EVENT
from custom_components.frigate_native.engine.messages import EventMessage, EventType, Message
from custom_components.frigate_native.engine.nvr import Nvr

from . import engine

_TICK_S: Final = 0.01


class Measurement:
    """Measures from its creation to `finish`; runs in the event loop."""

    def __init__(self, hass: HomeAssistant, nvr: Nvr) -> None:
        """Start measuring."""
        self._loop = hass.loop
        self._nvr = nvr
        self._lags_s = array("d")
        self._latencies_s = array("d")
        self._fresh: set[int] = set()
        self._processed = engine.processed.total()
        self._dropped = engine.dropped_frames(nvr)
        self._began = time.monotonic()
        self._ends = [nvr.subscribe(self._note_fresh), async_dispatcher_connect(hass, SIGNAL_EVENT, self._receive)]
        self._due = self._loop.time() + _TICK_S
        self._timer = self._loop.call_at(self._due, self._tick)

    def finish(self) -> dict[str, Any]:
        """Stop and return the figures."""
        for end in self._ends:
            end()
        self._timer.cancel()
        stats = self._nvr.stats()
        return {
            "measured_s": round(time.monotonic() - self._began, 1),
            "loop_lag_ms": _summary(self._lags_s, 0.5, 0.99) | {"max": _ms(max(self._lags_s))},
            "frames_processed": engine.processed.total() - self._processed,
            "frames_dropped": engine.dropped_frames(self._nvr) - self._dropped,
            "messages": len(self._latencies_s),
            "latency_ms": _summary(self._latencies_s, 0.5, 0.95),
            "detections_per_s": stats.detection_fps,
            "inference_ms": {name: detector.inference_speed for name, detector in stats.detectors.items()},
            "detector_pids": [detector.pid for detector in stats.detectors.values()],
        }

    def _tick(self) -> None:
        """Record the loop's lag. Below a millisecond it is normal: asyncio rounds waits up to whole milliseconds."""
        now = self._loop.time()
        self._lags_s.append(now - self._due)
        self._due = now + _TICK_S
        self._timer = self._loop.call_at(self._due, self._tick)

    def _note_fresh(self, message: Message) -> None:
        """Remember a message about the current frame; called by the camera's thread."""
        if (
            isinstance(message, EventMessage)
            and message.type is not EventType.END
            and message.after.frame_time == engine.frame_times.get(message.after.camera)
        ):
            self._fresh.add(id(message.after))  # the message itself is replaced by one without its picture

    @callback
    def _receive(self, _entry_id: str, _topic: str, message: EventMessage) -> None:
        """Record the time since a message's frame was decoded."""
        if id(message.after) in self._fresh:
            self._fresh.remove(id(message.after))
            self._latencies_s.append(time.time() - message.after.frame_time)


def _summary(values_s: Iterable[float], *shares: float) -> dict[str, float]:
    """Return percentiles in milliseconds; empty without values."""
    ordered = sorted(values_s)
    if not ordered:
        return {}
    return {f"p{share * 100:.0f}": _ms(ordered[round(share * (len(ordered) - 1))]) for share in shares}


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)
