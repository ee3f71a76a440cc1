"""Reads one input of a camera in its own thread, for all its uses."""

import threading
from collections.abc import Sequence
from typing import Final

from ..concurrency import Backoff, Worker
from ..config.model import CameraConfig, InputConfig
from ..context import EngineContext
from ..errors import SourceError
from .address_selector import AddressSelector, Open, has_unchanged_restream
from .arguments import InputOptions, without_hardware
from .detect_input import DetectInput
from .input_reader import InputReader
from .source import PacketSource, Source, Timeouts
from .source_opener import SourceOpener
from .uses import InputUse

_LONGEST_WAIT_S: Final = 60.0  # while the camera is switched off


class InputCapture:
    """Opens an input once one of its uses is enabled and keeps it open until it is stopped or switched off.

    After a connection fails or ends, it reconnects after 1 s, then 2, 4 ... up to 60 s.
    """

    def __init__(
        self,
        camera: CameraConfig,
        source: InputConfig,
        uses: Sequence[InputUse],
        context: EngineContext,
        *,
        timeouts: Timeouts | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        """Prepare the thread. Its name ends in "capture" if it decodes, otherwise in the first use's role."""
        self._camera = camera
        self._uses = tuple(uses)
        self._context = context
        self._timeouts = timeouts or Timeouts()
        self._decodes = any(use.decodes for use in uses)
        self._has_sound = any(use.has_sound for use in uses)
        self._lock = threading.Lock()
        self._may_start = False  # while the camera runs
        self._has_started = False
        self._is_on = True
        self._interrupt = threading.Event()  # set when the input is switched, and when the capture is stopped
        source = source if self._decodes else without_hardware(source)
        self._address = AddressSelector(
            camera.name, source, self._opener, context.clock, resolve_address=context.resolve_address
        )
        self._may_restream = has_unchanged_restream(camera, source)
        sinks = [use.sink for use in uses]
        self._reader = InputReader(self._address, sinks, self._lost, context.clock, backoff=backoff)
        name = "capture" if self._decodes else str(uses[0].role)
        self._worker = Worker(f"fn:{camera.name}:{name}", self._run)

    @property
    def restream(self) -> str | None:
        """The restream that is read; None: the camera itself. Any thread may read it."""
        return self._address.restream

    def use_restream(self, url: str | None) -> None:
        """Read from this restream while it works, if it carries this input; None: from the camera."""
        if self._may_restream:
            self._address.prefer(url)

    def start(self) -> None:
        """Start the thread now, or later when `refresh` finds an enabled use; once only."""
        with self._lock:
            self._may_start = True
        self.refresh()

    def refresh(self) -> None:
        """Start the thread if a use is enabled now. It then runs until the capture is stopped."""
        with self._lock:
            if (
                self._may_start
                and self._is_on
                and not self._has_started
                and any(use.is_enabled() for use in self._uses)
            ):
                self._has_started = True
                self._worker.start()

    def switch(self, *, is_on: bool) -> None:
        """Close the input, or allow it to be opened again; returns at once."""
        with self._lock:
            self._is_on = is_on
            self._interrupt.set()

    def request_stop(self) -> None:
        """Ask the thread to end without waiting for it."""
        self._worker.request_stop()
        with self._lock:
            self._may_start = False
            self._interrupt.set()

    def stop(self, timeout_s: float = 10.0) -> None:
        """Ask the thread to end and wait for it; may be called twice, or before `start`."""
        self.request_stop()
        self._worker.stop(timeout_s)

    def _run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            with self._lock:
                is_on = self._is_on
                if not stop.is_set():  # else leave it set: the capture is being stopped
                    self._interrupt.clear()
            for use in self._uses:
                use.begin()
            if is_on:
                self._reader.run(self._interrupt)
            else:
                self._interrupt.wait(_LONGEST_WAIT_S)

    def _opener(self, at: InputConfig) -> Open:
        """Return a function that opens the input at an address, for each connection."""
        opened = self._decoding_opener(at) if self._decodes else self._copying_opener(at)

        def open_input(stop: threading.Event) -> PacketSource:
            source = opened(stop)
            for use in self._uses:
                use.opened()
            return source

        return open_input

    def _decoding_opener(self, at: InputConfig) -> Open:
        return SourceOpener(
            DetectInput.of(self._camera, at),
            program=self._context.ffmpeg,
            timeouts=self._timeouts,
            clock=self._context.clock,
            has_sound=self._has_sound,
        ).open

    def _copying_opener(self, at: InputConfig) -> Open:
        options = InputOptions.from_input(at)
        return lambda stop: Source(
            at, options, stop, has_audio=self._has_sound, timeouts=self._timeouts, clock=self._context.clock
        )

    def _lost(self, error: SourceError) -> None:
        is_reported = False
        for use in self._uses:
            is_reported = use.lost(error, is_reported=is_reported)


def capture_inputs(camera: CameraConfig, uses: Sequence[InputUse], context: EngineContext) -> list[InputCapture]:
    """Return a capture for each input that the uses need, in their order.

    Each input is opened once, with one exception: an ffmpeg program that decodes the detect stream passes on pictures
    only, so uses that copy packets get a separate connection. ValueError if no input has a use's role.
    """
    groups: dict[tuple[int, bool], list[InputUse]] = {}
    for use in uses:
        groups.setdefault(_group_of(camera, use), []).append(use)
    return [InputCapture(camera, camera.inputs[index], group, context) for (index, _), group in groups.items()]


def _group_of(camera: CameraConfig, use: InputUse) -> tuple[int, bool]:
    source = camera.input_for(use.role)
    if source is None:
        raise ValueError(f"cameras.{camera.name}: no input has the {use.role} role")
    needs_packets = not use.decodes and bool(InputOptions.from_camera(camera, source).unsupported)
    return camera.inputs.index(source), needs_packets
