"""A camera's further thread: reads an input whose packets are only copied."""

import logging
import threading
from collections.abc import Callable, Sequence

from ..concurrency import Backoff, Clock, Worker
from ..config.model import CameraConfig, InputConfig, Role
from ..errors import SourceError
from .arguments import InputOptions, without_hardware
from .locate import Locate, as_it_is
from .reader import InputReader
from .route import Open, Route, is_restreamed_as_it_is
from .sink import PacketSink
from .source import PacketSource, Source, Timeouts

_LOGGER = logging.getLogger(__name__)


def copies_detect_input(camera: CameraConfig) -> bool:
    """Tell whether a camera's clips come from its detect stream, and its packets from the camera.

    They do not when the ffmpeg program decodes that stream: it hands over pictures only.
    """
    source = camera.input_for(Role.DETECT)
    return (
        source is not None and Role.CLIPS in source.roles and not InputOptions.from_camera(camera, source).unsupported
    )


class CopyCapture:
    """Reads an input that nobody decodes, for as long as it is not stopped; it reconnects as CameraCapture does.

    What its arguments say about decoding has no meaning here, and is no reason to start the ffmpeg program.
    """

    def __init__(
        self,
        camera: CameraConfig,
        role: Role,
        sinks: Sequence[PacketSink],
        on_lost: Callable[[str], None],
        *,
        clock: Clock,
        has_audio: bool = False,
        locate: Locate = as_it_is,
        timeouts: Timeouts | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        """Prepare the thread; on_lost is told in it, for people, why there is no stream. ValueError: no such input."""
        source = camera.input_for(role)
        if source is None:
            raise ValueError(f"cameras.{camera.name}: no input has the {role} role")
        self._camera = camera.name
        self._role = role
        self._on_lost = on_lost
        self._clock = clock
        self._has_audio = has_audio
        self._timeouts = timeouts
        self._problem: str | None = None
        self._route = Route(camera.name, without_hardware(source), self._opener, clock, locate=locate)
        self._may_restream = is_restreamed_as_it_is(camera, source)
        reader = InputReader(self._route, sinks, self._lost, clock, backoff=backoff)
        self._worker = Worker(f"fn:{camera.name}:{role}", reader.run)

    def use_restream(self, url: str | None) -> None:
        """Read from this address as long as it works, from the camera with None; if the restream is the input's."""
        if self._may_restream:
            self._route.use(url)

    def start(self) -> None:
        """Start the thread; once only."""
        self._worker.start()

    def request_stop(self) -> None:
        """Ask the thread to end, without waiting for it."""
        self._worker.request_stop()

    def stop(self, timeout_s: float = 10.0) -> None:
        """Ask the thread to end and wait for it; may be called twice, or before `start`."""
        self._worker.stop(timeout_s)

    def _opener(self, source: InputConfig) -> Open:
        options = InputOptions.from_input(source)
        return lambda stop: self._open(source, options, stop)

    def _open(self, at: InputConfig, options: InputOptions, stop: threading.Event) -> PacketSource:
        source = Source(
            at,
            options,
            stop,
            has_audio=self._has_audio,
            timeouts=self._timeouts,
            clock=self._clock,
        )
        if self._problem is not None:
            _LOGGER.info("Camera %s: the stream for %s runs again", self._camera, self._role)
            self._problem = None
        return source

    def _lost(self, err: SourceError) -> None:
        text = f"the stream for {self._role}: {err}"
        self._on_lost(text)
        if text != self._problem:
            _LOGGER.warning("Camera %s: %s", self._camera, text)
            self._problem = text
