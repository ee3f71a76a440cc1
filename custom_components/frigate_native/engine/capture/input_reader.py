"""Reads one input: connects, passes packets to sinks, reconnects."""

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from typing import Final

from ..concurrency import Backoff, Clock, Deadline
from ..errors import SourceError
from .address_selector import AddressSelector
from .packet_sink import PacketSink

_LOGGER = logging.getLogger(__name__)

_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 60.0
_CHECK_EVERY_S: Final = 0.5
_STABLE_AFTER_S: Final = 30.0  # a connection that lasts this long resets the pause


class InputReader:
    """Reads one input of a camera for all its sinks; `run` is the work of a Worker."""

    def __init__(
        self,
        address: AddressSelector,
        sinks: Sequence[PacketSink],
        on_lost: Callable[[SourceError], None],
        clock: Clock,
        *,
        backoff: Backoff | None = None,
    ) -> None:
        """Prepare. on_lost is called in the reading thread when a connection fails or ends.

        It is not called if a restream fails, since the camera itself is tried next.
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
        """Wait, unless another address becomes the better one."""
        deadline = Deadline(pause_s, self._clock)
        while not deadline.has_passed and not self._address.has_changed():
            if stop.wait(min(deadline.left_s(), _CHECK_EVERY_S)):
                return

    def _read(self, stop: threading.Event) -> None:
        with ExitStack() as stack:  # a sink that fails to end does not keep the source open
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
