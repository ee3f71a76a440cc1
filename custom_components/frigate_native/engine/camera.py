"""One camera: its threads, its inputs and their uses."""

import logging
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from .capture import DetectionUse, InputUse, StreamInfo, capture_inputs
from .concurrency import Deadline, Mailbox, Worker
from .config.area_notes import area_notes
from .config.model import CameraConfig
from .config.report import Note
from .context import EngineContext
from .errors import ConfigError, SourceProblem
from .events import ManualEvents
from .events.counts import Count, CountKey
from .frame import Frame
from .geometry import Size
from .messages import AdviceMessage, AdviceTopic, CameraMessage, CameraState, CameraStats, EventMessage, Message
from .pictures import Overlay, Picture
from .pipeline import Pipeline
from .region_detection.region_detector import Detector
from .reviews import ManualReviews
from .stats import Rate

_LOGGER = logging.getLogger(__name__)

_WAIT_S = 0.5
_EVENTS_OUTLIVE_STREAM_S = 10.0  # a camera that reconnects within this time keeps its objects


class Camera:
    """Captures a camera's frames in one thread and processes the newest in another.

    Frames that the second thread has no time for are dropped and counted: real time beats completeness.
    """

    def __init__(
        self,
        config: CameraConfig,
        detector: Detector,
        *,
        on_message: Callable[[Message], None],
        on_counts: Callable[[Mapping[CountKey, Count]], None],
        current_config: Callable[[], CameraConfig],
        context: EngineContext,
        uses: Sequence[InputUse] = (),
    ) -> None:
        """Prepare all threads; `start` runs them. Messages leave from any.

        current_config returns the configuration as its features are switched now. uses are those of the camera's inputs
        beside detection.
        """
        self.config = config
        self._detector = detector
        self._on_message = on_message
        self._on_counts = on_counts
        self._current_config = current_config
        self._clock = clock = context.clock
        self._mailbox: Mailbox[Frame] = Mailbox()
        self._detection = DetectionUse(config, self._on_frame, self._notify, clock)
        self._inputs = capture_inputs(config, (self._detection, *uses), context)
        self._worker = Worker(f"fn:{config.name}:process", self._process)
        self._pipeline: Pipeline | None = None
        self._manual_reviews = ManualReviews(lambda: current_config().review, on_message)
        self.manual_events = ManualEvents(config.name, self._notify_manual, self._newest_frame, clock)
        self._config_error: CameraMessage | None = None  # the configuration does not fit the stream
        self._area_notes: tuple[Note, ...] = ()
        self._captured = Rate(clock)
        self._processed = Rate(clock)
        self._skipped = Rate(clock)
        self._detections = Rate(clock)
        self._dropped = 0

    def start(self) -> None:
        """Start the threads that are needed now; returns at once."""
        self._worker.start()
        for captured in self._inputs:
            captured.start()

    def refresh_inputs(self) -> None:
        """Open inputs that a use needs since it was enabled; they stay open until the camera stops."""
        for captured in self._inputs:
            captured.refresh()

    def switch_inputs(self, *, is_on: bool) -> None:
        """Close all inputs, or allow them to be opened again; returns at once."""
        for captured in self._inputs:
            captured.switch(is_on=is_on)

    def use_restream(self, url: str | None) -> None:
        """Read what this restream carries from its address while it works; None: from the camera."""
        for captured in self._inputs:
            captured.use_restream(url)

    @property
    def restream(self) -> str | None:
        """The restream that the detect stream is read from; None: the camera. Any thread may read it."""
        return self._inputs[0].restream

    def request_stop(self) -> None:
        """Ask all threads to end without waiting for them."""
        for captured in self._inputs:
            captured.request_stop()
        self._worker.request_stop()
        self._mailbox.close()

    def stop(self, timeout_s: float = 10.0) -> None:
        """End all threads within timeout_s; running events end with a last message."""
        self.request_stop()
        deadline = Deadline(timeout_s)
        for captured in self._inputs:
            captured.stop(deadline.left_s())
        self.manual_events.close()
        if self._worker.stop(deadline.left_s()) and self._pipeline is not None:
            self._pipeline.end()

    @property
    def state(self) -> CameraMessage:
        """Whether the stream is running, and if not, why."""
        return self._config_error or self._detection.state

    @property
    def stream(self) -> StreamInfo | None:
        """The properties of the detect stream; None before its first frame. Any thread may read it."""
        return self._detection.stream

    def stats(self) -> CameraStats:
        """Return the camera's rates. For any thread."""
        return CameraStats(
            camera_fps=self._captured.per_second(),
            process_fps=self._processed.per_second(),
            skipped_fps=self._skipped.per_second(),
            detection_fps=self._detections.per_second(),
            pid=os.getpid(),
            capture_pid=self._detection.pid,
        )

    def latest(self) -> tuple[Frame, Overlay] | None:
        """Return the newest processed frame and what was found in it. For any thread."""
        return self._pipeline.latest() if self._pipeline else None

    def best_picture(self, label: str) -> Picture | None:
        """Return the best picture of a label. For any thread."""
        return self._pipeline.best_picture(label) if self._pipeline else None

    def _newest_frame(self) -> Frame | None:
        latest = self.latest()
        return latest[0] if latest else None

    def _on_frame(self, frame: Frame) -> None:
        """Called by the capture thread with each frame."""
        self._captured.add()
        self._mailbox.put(frame)
        dropped = self._mailbox.dropped
        if dropped > self._dropped:
            self._skipped.add(dropped - self._dropped)
            self._dropped = dropped

    def _notify(self, message: CameraMessage | AdviceMessage) -> None:
        if self._config_error is None:
            self._on_message(message)

    def _notify_manual(self, message: EventMessage) -> None:
        camera = self._current_config()
        message = replace(message, before=message.before.expecting(camera), after=message.after.expecting(camera))
        self._on_message(message)
        self._manual_reviews.receive(message)

    def _process(self, stop: threading.Event) -> None:
        last_frame = self._clock.monotonic()
        while not stop.is_set():
            frame = self._mailbox.take(_WAIT_S)
            self.manual_events.expire()
            now = self._clock.monotonic()
            if not self._current_config().enabled:
                self._forget()
            elif frame is not None:
                last_frame = now
                self._process_frame(frame)
            elif self._pipeline is not None and now - last_frame > _EVENTS_OUTLIVE_STREAM_S:
                self._pipeline.end()

    def _forget(self) -> None:
        """End all events and drop the pictures of a camera that was switched off."""
        if self._pipeline is not None:
            self._pipeline.end()
            self._pipeline = None

    def _process_frame(self, frame: Frame) -> None:
        if self._pipeline is None or not self._fits(self._pipeline, frame):
            self._pipeline = self._new_pipeline(frame)
        if self._pipeline is None:
            return
        config = self._current_config()
        self._pipeline.follow(config)
        if config.detect.enabled:
            self._detections.add(self._pipeline.process(frame))
        else:
            self._pipeline.watch(frame)
        self._processed.add()

    def _fits(self, pipeline: Pipeline, frame: Frame) -> bool:
        """Return whether a pipeline can process this frame; it adapts to the same scene in another size."""
        if pipeline.size == frame.size:
            return True
        try:
            if not pipeline.adapt(frame):
                return False
        except ConfigError:  # a new pipeline will say so
            return False
        self._advise_on_areas(frame.size)
        return True

    def _new_pipeline(self, frame: Frame) -> Pipeline | None:
        """Build the stages for the stream's actual size."""
        if self._pipeline is not None:
            self._pipeline.end()
        try:
            pipeline = Pipeline(
                replace(self.config, fps=self._frame_rate()),
                frame.size,
                self._detector,
                on_message=self._on_message,
                on_counts=self._on_counts,
            )
        except ConfigError as err:
            self._refuse(err)
            return None
        self._config_error = None
        self._advise_on_areas(frame.size)
        return pipeline

    def _advise_on_areas(self, size: Size) -> None:
        """Report masks and zones that do nothing, or hide all, in pictures of this size."""
        notes = tuple(area_notes(self.config, size))
        if notes != self._area_notes:
            self._area_notes = notes
            for note in notes:
                _LOGGER.warning("%s", note)
            self._on_message(AdviceMessage(camera=self.config.name, topic=AdviceTopic.AREAS, notes=notes))

    def _frame_rate(self) -> int | None:
        """Return the actual frame rate, which the configuration may not have or have wrong."""
        fps = self._detection.fps
        return max(round(fps), 1) if fps else None

    def _refuse(self, err: ConfigError) -> None:
        message = CameraMessage(
            camera=self.config.name, state=CameraState.FAILED, problem=SourceProblem.CONFIG, text=str(err)
        )
        if message != self._config_error:
            _LOGGER.error("Camera %s: frames cannot be processed: %s", self.config.name, err)
            self._on_message(message)
            self._config_error = message
