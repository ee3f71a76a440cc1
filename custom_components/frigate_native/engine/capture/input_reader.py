"""Reads one input for ever: connects, hands packets to sinks, connects again."""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from typing import Final

from ..concurrency import Backoff, Clock
from ..errors import SourceError
from .address_selector import AddressSelector
from .packet_sink import PacketSink

_LOGGER = logging.getLogger(__name__)

_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 60.0
_CHECK_EVERY_S: Final = 0.5
_STABLE_AFTER_S: Final = 30.0  # a connection that lasted so long makes the next pause a short one


class InputReader:
    """One input of a camera, opened once whatever it is used for; `run` is a Worker's work."""

    def __init__(
        self,
        address: AddressSelector,
        sinks: Sequence[PacketSink],
        on_lost: Callable[[SourceError], None],
        clock: Clock,
        *,
        backoff: Backoff | None = None,
    ) -> None:
        """Prepare; on_lost is told, in the reading thread, why each connection failed or ended.

        It is not when another way to the same pictures is left.
        """
        self._address = address
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
                if not stop.is_set() and not self._address.leave_restream(err):
                    self._on_lost(err)
            if stop.is_set():
                return
            if self._address.has_changed():
                continue
            if self._clock.monotonic() - begin_s >= _STABLE_AFTER_S:
                self._backoff.reset()
            pause_s = self._backoff.next_s()
            _LOGGER.debug("Connecting again in %.0f s", pause_s)
            self._pause(stop, pause_s)

    def _pause(self, stop: threading.Event, pause_s: float) -> None:
        """Wait, but no longer than for another way to be there."""
        end_s = self._clock.monotonic() + pause_s
        while (left_s := end_s - self._clock.monotonic()) > 0 and not self._address.has_changed():
            if stop.wait(min(left_s, _CHECK_EVERY_S)):
                return

    def _read(self, stop: threading.Event) -> None:
        with ExitStack() as stack:  # what cannot be ended keeps nothing else from being closed
            source = self._address.open(stop)
            stack.callback(source.close)
            for sink in self._sinks:
                sink.begin(source)
                stack.callback(sink.end)
            packets = stack.enter_context(closing(source.packets()))
            for packet in packets:
                if self._address.has_changed():
                    return
                for sink in self._sinks:
                    sink.take(packet)
