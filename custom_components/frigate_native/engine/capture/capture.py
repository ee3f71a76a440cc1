"""A camera's capture thread: keeps its detect stream running and tells how it is."""

import logging
import threading
from collections.abc import Callable

from ..concurrency import Backoff, Clock, SystemClock, Worker
from ..config.model import CameraConfig, Role
from ..errors import SourceError
from ..frame import Frame
from ..messages import CameraMessage, CameraState
from .arguments import InputOptions
from .frames import STALL_S, FrameSink
from .reader import InputReader
from .source import Timeouts
from .stream_info import StreamInfo

_LOGGER = logging.getLogger(__name__)


class CameraCapture:
    """Captures a camera's detect stream in a thread of its own, for as long as it is not stopped.

    A stream that fails or ends is opened again after 1 s, then 2, 4 ... up to 60 s.
    """

    def __init__(
        self,
        camera: CameraConfig,
        on_frame: Callable[[Frame], None],
        on_message: Callable[[CameraMessage], None],
        *,
        clock: Clock | None = None,
        timeouts: Timeouts | None = None,
        backoff: Backoff | None = None,
        stall_s: float = STALL_S,
    ) -> None:
        """Prepare the thread; both callbacks are called in it and must return soon.

        Messages come with each change of state, not with each try. ValueError: no input has the detect role.
        """
        source = camera.input_for(Role.DETECT)
        if source is None:
            raise ValueError(f"cameras.{camera.name}: no input has the detect role")
        clock = clock or SystemClock()
        options = InputOptions.from_camera(camera, source)
        self._camera = camera
        self._unsupported = options.unsupported
        self._has_begun = False
        self._told: set[str] = set()
        self._on_frame = on_frame
        self._on_message = on_message
        self._state = CameraMessage(camera=camera.name, state=CameraState.CONNECTING)
        self._sink = FrameSink(options, self._take, self._describe, clock, stall_s=stall_s)
        self._reader = InputReader(source, options, [self._sink], self._lost, clock, timeouts=timeouts, backoff=backoff)
        self._worker = Worker(f"fn:{camera.name}:capture", self._run)

    @property
    def state(self) -> CameraMessage:
        """Whether the stream runs, and if not, why; any thread may ask."""
        return self._state

    @property
    def stream(self) -> StreamInfo | None:
        """What the stream is, as of its last picture; None before the first. Any thread may ask."""
        return self._sink.stream

    @property
    def unsupported(self) -> tuple[str, ...]:
        """The input's ffmpeg arguments that cannot be honoured, in the user's words."""
        return self._unsupported

    def start(self) -> None:
        """Start the thread; once only."""
        self._worker.start()

    def request_stop(self) -> None:
        """Ask the thread to end, without waiting for it."""
        self._worker.request_stop()

    def stop(self, timeout_s: float = 10.0) -> None:
        """Ask the thread to end and wait for it; may be called twice, or before `start`."""
        self._worker.stop(timeout_s)

    def _run(self, stop: threading.Event) -> None:
        if not self._has_begun:
            self._has_begun = True
            self._begin()
        self._reader.run(stop)

    def _begin(self) -> None:
        self._on_message(self._state)
        if self._unsupported:
            self._warn_once(f"ffmpeg arguments that have no effect here: {', '.join(self._unsupported)}")

    def _describe(self, stream: StreamInfo) -> None:
        """Say once each what is not as the configuration has it."""
        width, height = stream.size
        wanted = self._camera.width or width, self._camera.height or height
        if wanted != stream.size:
            self._warn_once(f"the detect stream is {width}x{height}, not {wanted[0]}x{wanted[1]} as configured")
        for note in stream.notes:
            self._warn_once(f"{note}; decoding in software")

    def _warn_once(self, text: str) -> None:
        if text not in self._told:
            self._told.add(text)
            _LOGGER.warning("Camera %s: %s", self._camera.name, text)

    def _take(self, frame: Frame) -> None:
        if self._state.state is not CameraState.RUNNING:
            self._running()
        self._on_frame(frame)

    def _running(self) -> None:
        was_failed = self._state.state is CameraState.FAILED
        _LOGGER.log(
            logging.INFO if was_failed else logging.DEBUG, "Camera %s runs: %s", self._camera.name, self._sink.stream
        )
        self._change(CameraMessage(camera=self._camera.name, state=CameraState.RUNNING))

    def _lost(self, err: SourceError) -> None:
        message = CameraMessage(camera=self._camera.name, state=CameraState.FAILED, problem=err.problem, text=str(err))
        if message == self._state:
            return
        _LOGGER.warning("Camera %s: %s", self._camera.name, err)
        self._change(message)

    def _change(self, message: CameraMessage) -> None:
        self._state = message
        self._on_message(message)
