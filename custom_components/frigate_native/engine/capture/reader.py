"""Reads one input for ever: connects, hands packets to sinks, connects again."""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Final

from ..concurrency import Backoff, Clock
from ..errors import SourceError
from .sink import PacketSink
from .source import PacketSource

_LOGGER = logging.getLogger(__name__)

_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 60.0
_GOOD_AFTER_S: Final = 30.0  # a connection that lasted so long makes the next pause a short one


class InputReader:
    """One input of a camera, opened once whatever it is used for; `run` is a Worker's work."""

    def __init__(
        self,
        open_source: Callable[[threading.Event], PacketSource],
        sinks: Sequence[PacketSink],
        on_lost: Callable[[SourceError], None],
        clock: Clock,
        *,
        backoff: Backoff | None = None,
    ) -> None:
        """Prepare; on_lost is told, in the reading thread, why each connection failed or ended."""
        self._open_source = open_source
        self._sinks = sinks
        self._on_lost = on_lost
        self._clock = clock
        self._backoff = backoff or Backoff(_FIRST_PAUSE_S, _LONGEST_PAUSE_S)

    def run(self, stop: threading.Event) -> None:
        """Read until `stop` is set."""
        while not stop.is_set():
            begin_s = self._clock.monotonic()
            try:
                self._read(stop)
            except SourceError as err:
                if not stop.is_set():
                    self._on_lost(err)
            if stop.is_set():
                return
            if self._clock.monotonic() - begin_s >= _GOOD_AFTER_S:
                self._backoff.reset()
            pause_s = self._backoff.next_s()
            _LOGGER.debug("Connecting again in %.0f s", pause_s)
            stop.wait(pause_s)

    def _read(self, stop: threading.Event) -> None:
        source = self._open_source(stop)
        begun: list[PacketSink] = []
        try:
            for sink in self._sinks:
                sink.begin(source)
                begun.append(sink)
            with closing(source.packets()) as packets:
                for packet in packets:
                    for sink in self._sinks:
                        sink.take(packet)
        finally:
            for sink in reversed(begun):
                sink.end()
            source.close()
