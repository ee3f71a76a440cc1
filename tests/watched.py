"""A capture whose frames and messages tests can check."""

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from custom_components.frigate_native.engine.capture import DetectionUse, InputCapture
from custom_components.frigate_native.engine.capture.source import Timeouts
from custom_components.frigate_native.engine.concurrency import Backoff
from custom_components.frigate_native.engine.config.model import (
    CameraConfig,
    CameraFfmpegConfig,
    InputConfig,
    OutputArguments,
    Role,
)
from custom_components.frigate_native.engine.context import EngineContext
from custom_components.frigate_native.engine.errors import SourceProblem
from custom_components.frigate_native.engine.frame import Frame
from custom_components.frigate_native.engine.messages import AdviceMessage, CameraMessage, CameraState

CREDENTIALS = "gatekeeper:s3cret"
SECRETS = ("gatekeeper", "s3cret")
PATIENT = Timeouts(open_s=20.0, read_s=15.0)  # for cameras that respond, on a busy machine
QUICK = Timeouts(open_s=4.0, read_s=3.0)  # nginx starts with a key frame; the sample has one every 2 s


class Watched:
    """A capture and what it reported."""

    def __init__(
        self,
        path: str,
        input_args: str = "",
        *,
        hwaccel_args: str = "",
        detect: str = "-f rawvideo -pix_fmt yuv420p",
        rtmp: str = "",
        program: str = "ffmpeg",
        stall_s: float = 20.0,
        timeouts: Timeouts = PATIENT,
        backoff: Backoff | None = None,
        **camera: int,
    ) -> None:
        source = InputConfig(
            path=path,
            roles=frozenset({Role.DETECT, Role.RTMP} if rtmp else {Role.DETECT}),
            hwaccel_args=tuple(hwaccel_args.split()),
            input_args=tuple(input_args.split()),
        )
        outputs = OutputArguments(detect=tuple(detect.split()), record=(), clips=(), rtmp=tuple(rtmp.split()))
        sizes: dict[str, Any] = dict(camera)
        config = CameraConfig(name="back", ffmpeg=CameraFfmpegConfig(inputs=(source,), output_args=outputs), **sizes)
        self.frames: list[Frame] = []
        self.threads: set[str] = set()
        self.messages: list[CameraMessage] = []
        timeouts = replace(timeouts, stall_s=stall_s)
        context = EngineContext(ffmpeg=program)
        self.advice: list[AdviceMessage] = []
        self.detection = DetectionUse(config, self._on_frame, self._on_message, context.clock, timeouts)
        backoff = backoff or Backoff(0.05, 0.2)
        self.capture = InputCapture(config, source, [self.detection], context, timeouts=timeouts, backoff=backoff)

    @property
    def states(self) -> list[tuple[CameraState, SourceProblem | None]]:
        return [(message.state, message.problem) for message in self.messages]

    @property
    def reported(self) -> str:
        return "".join(message.text for message in self.messages)

    def runs(self) -> bool:
        return self.detection.state.state is CameraState.RUNNING

    def has_failed(self) -> bool:
        return self.detection.state.state is CameraState.FAILED

    def has_reported(self, problem: SourceProblem) -> bool:
        """Return whether it has ever failed this way; a busy machine can cause other failures first."""
        return (CameraState.FAILED, problem) in self.states

    def text_of(self, problem: SourceProblem) -> str:
        """Return the text of the first failure of this kind."""
        return next(message.text for message in self.messages if message.problem is problem)

    def _on_message(self, message: CameraMessage | AdviceMessage) -> None:
        if isinstance(message, AdviceMessage):
            self.advice.append(message)
        else:
            self.messages.append(message)

    def _on_frame(self, frame: Frame) -> None:
        self.threads.add(threading.current_thread().name)
        self.frames.append(frame)


type Watch = Callable[..., Watched]
