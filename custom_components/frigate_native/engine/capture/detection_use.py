"""Use of an input for detection: decodes frames and reports the camera's state."""

import logging
import os
from collections.abc import Callable
from typing import Final

from ..concurrency import Clock
from ..config.model import CameraConfig, Role
from ..config.report import Note, NoteKind
from ..errors import SourceError
from ..frame import Frame
from ..messages import AdviceMessage, AdviceTopic, CameraMessage, CameraState
from .frame_sink import FrameSink
from .source import Timeouts
from .stream_info import StreamInfo

_LOGGER = logging.getLogger(__name__)

_SAME_FPS: Final = 0.5  # cameras round their rate


class DetectionUse:
    """Decodes a camera's detect stream and reports each change of the camera's state.

    on_frame and on_message are called in the capture thread and must return soon.
    """

    role: Final = Role.DETECT
    has_sound: Final = False
    decodes: Final = True

    def __init__(
        self,
        camera: CameraConfig,
        on_frame: Callable[[Frame], None],
        on_message: Callable[[CameraMessage | AdviceMessage], None],
        clock: Clock,
        timeouts: Timeouts | None = None,
    ) -> None:
        """Prepare; the first message comes when the thread starts."""
        self._camera = camera
        self._on_frame = on_frame
        self._on_message = on_message
        self._has_begun = False
        self._logged: set[str] = set()
        self._advised: tuple[str, ...] = ()
        self._state = CameraMessage(camera=camera.name, state=CameraState.CONNECTING)
        self.sink = FrameSink(self._take, self._describe, self._wait, clock, timeouts or Timeouts())

    @property
    def state(self) -> CameraMessage:
        """Whether the stream is running, and if not, why. Any thread may read it."""
        return self._state

    @property
    def stream(self) -> StreamInfo | None:
        """The stream's properties as of the last picture; None before the first. Any thread may read it."""
        return self.sink.stream

    @property
    def pid(self) -> int:
        """The process that reads from the camera: ffmpeg or this one. Any thread may read it."""
        return self.sink.pid or os.getpid()

    @property
    def fps(self) -> float | None:
        """The frame rate in 1/s: as configured unless the stream is slower. Any thread may read it."""
        stream_fps = self.stream.fps if self.stream else None
        return min(filter(None, (self._camera.fps, stream_fps)), default=None)

    def is_enabled(self) -> bool:
        """Return True: pictures are shown even while detection is off."""
        return True

    def begin(self) -> None:
        """Report that there is no connection yet."""
        message = CameraMessage(camera=self._camera.name, state=CameraState.CONNECTING)
        if message != self._state or not self._has_begun:
            self._has_begun = True
            self._change(message)

    def opened(self) -> None:
        """Do nothing: the stream counts as running from its first picture."""

    def lost(self, error: SourceError, *, is_reported: bool) -> bool:
        """Report a failure if it is new."""
        message = CameraMessage(
            camera=self._camera.name, state=CameraState.FAILED, problem=error.problem, text=str(error)
        )
        if message != self._state:
            _LOGGER.warning("Camera %s: %s", self._camera.name, error)
            self._change(message)
        return True

    def _describe(self, stream: StreamInfo) -> None:
        """Log each difference from the configuration once."""
        width, height = stream.size
        expected = self._camera.width or width, self._camera.height or height
        if expected != stream.size:
            self._log_once(
                f"the detect stream is {width}x{height}, not {expected[0]}x{expected[1]} as configured; "
                "masks, zones and areas are scaled to it"
            )
        if self._camera.fps and stream.fps and stream.fps < self._camera.fps - _SAME_FPS:
            self._log_once(f"the detect stream has {stream.fps:g} frames per second, not {self._camera.fps}")
        for note in stream.notes:
            self._log_once(note)
        self._advise(stream)
        if stream.reason:
            self._log_once(stream.reason, logging.INFO)

    def _advise(self, stream: StreamInfo) -> None:
        """Report why the stream is not decoded as its arguments request, or that it is now."""
        if stream.notes == self._advised:
            return
        self._advised = stream.notes
        place = f"cameras.{self._camera.name}.ffmpeg.hwaccel_args"
        notes = tuple(Note(NoteKind.ATTENTION, place, text) for text in stream.notes)
        self._on_message(AdviceMessage(camera=self._camera.name, topic=AdviceTopic.HARDWARE, notes=notes))

    def _wait(self, reason: str) -> None:
        """Report why a connection has no picture yet."""
        _LOGGER.info("Camera %s: %s", self._camera.name, reason)
        if self._state.state is not CameraState.RUNNING:
            self._change(CameraMessage(camera=self._camera.name, state=CameraState.CONNECTING, text=reason))

    def _log_once(self, text: str, level: int = logging.WARNING) -> None:
        if text not in self._logged:
            self._logged.add(text)
            _LOGGER.log(level, "Camera %s: %s", self._camera.name, text)

    def _take(self, frame: Frame) -> None:
        if self._state.state is not CameraState.RUNNING:
            self._running()
        self._on_frame(frame)

    def _running(self) -> None:
        level = logging.INFO if self._state.state is CameraState.FAILED else logging.DEBUG
        _LOGGER.log(level, "Camera %s runs: %s", self._camera.name, self.sink.stream)
        self._change(CameraMessage(camera=self._camera.name, state=CameraState.RUNNING))

    def _change(self, message: CameraMessage) -> None:
        self._state = message
        self._on_message(message)
