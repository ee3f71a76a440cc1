"""A camera's capture thread: keeps its detect stream running and tells how it is."""

import logging
import os
import threading
from collections.abc import Callable, Sequence
from typing import Final

from ..concurrency import Backoff, Clock, SystemClock, Worker
from ..config.model import CameraConfig, InputConfig, Role
from ..errors import SourceError
from ..ffmpeg.program import DEFAULT_PROGRAM
from ..frame import Frame
from ..messages import CameraMessage, CameraState
from .frames import FrameSink
from .locate import Locate, as_it_is
from .opener import STALL_S, SourceOpener
from .reader import InputReader
from .route import Open, Route, is_restreamed_as_it_is
from .sink import PacketSink
from .source import Timeouts
from .stream_info import StreamInfo

_LOGGER = logging.getLogger(__name__)

_SAME_FPS: Final = 0.5  # cameras round, and count a little off


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
        program: str = DEFAULT_PROGRAM,
        locate: Locate = as_it_is,
        sinks: Sequence[PacketSink] = (),
        has_audio: bool = False,
    ) -> None:
        """Prepare the thread; both callbacks are called in it and must return soon.

        Messages come with each change of state, not with each try. program is the ffmpeg for arguments that PyAV
        cannot honour: a path, or a name to look for on PATH. locate tells where the input is. sinks get the same
        packets, with has_audio those of the camera's sound too. ValueError: no input has the detect role.
        """
        source = camera.input_for(Role.DETECT)
        if source is None:
            raise ValueError(f"cameras.{camera.name}: no input has the detect role")
        clock = clock or SystemClock()

        def opener(at: InputConfig) -> Open:
            return SourceOpener(
                at,
                camera.output_args.detect,
                camera.fps,
                program=program,
                timeouts=timeouts,
                stall_s=stall_s,
                clock=clock,
                has_audio=has_audio,
            ).open

        self._route = Route(camera.name, source, opener, clock, locate=locate)
        self._may_restream = is_restreamed_as_it_is(camera, source)
        self._camera = camera
        self._has_begun = False
        self._told: set[str] = set()
        self._on_frame = on_frame
        self._on_message = on_message
        self._state = CameraMessage(camera=camera.name, state=CameraState.CONNECTING)
        self._sink = FrameSink(self._take, self._describe, clock, stall_s=stall_s)
        self._reader = InputReader(self._route, [self._sink, *sinks], self._lost, clock, backoff=backoff)
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
    def pid(self) -> int:
        """The process that reads from the camera: ffmpeg, or this one. Any thread may ask."""
        return self._sink.pid or os.getpid()

    @property
    def fps(self) -> float | None:
        """The rate at which frames come, in 1/s: the configured one unless the stream is slower. Any thread may ask."""
        stream_fps = self.stream.fps if self.stream else None
        return min(filter(None, (self._camera.fps, stream_fps)), default=None)

    def use_restream(self, url: str | None) -> None:
        """Read from this address as long as it works, from the camera with None; if the restream is the input's."""
        if self._may_restream:
            self._route.use(url)

    @property
    def restream(self) -> str | None:
        """The restream that is read, None for the camera itself. Any thread may ask."""
        return self._route.restream

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
            self._on_message(self._state)
        self._reader.run(stop)

    def _describe(self, stream: StreamInfo) -> None:
        """Say once each what is not as the configuration has it."""
        width, height = stream.size
        wanted = self._camera.width or width, self._camera.height or height
        if wanted != stream.size:
            self._log_once(f"the detect stream is {width}x{height}, not {wanted[0]}x{wanted[1]} as configured")
        if self._camera.fps and stream.fps and stream.fps < self._camera.fps - _SAME_FPS:
            self._log_once(f"the detect stream has {stream.fps:g} pictures per second, not {self._camera.fps}")
        for note in stream.notes:
            self._log_once(note)
        if stream.reason:
            self._log_once(stream.reason, logging.INFO)

    def _log_once(self, text: str, level: int = logging.WARNING) -> None:
        if text not in self._told:
            self._told.add(text)
            _LOGGER.log(level, "Camera %s: %s", self._camera.name, text)

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
