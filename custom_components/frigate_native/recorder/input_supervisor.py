"""One input of a camera: its ffmpeg is started, watched and started again for as long as it is wanted."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ..engine.concurrency import Backoff, Clock, Worker
from .command import record_command, segment_time, uses_wall_clock
from .console import Console
from .coverage import Coverage
from .plan import InputPlan, InputState
from .process import ProcessOutput, RecordingProcess
from .segment_cache import MARK, SegmentCache, SegmentRun
from .segment_finalizer import SegmentFinalizer
from .timeline import StreamSegment, Timeline

_LOGGER = logging.getLogger(__name__)

_TICK_S: Final = 0.25
_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 10.0
_LOOK_S: Final = 2.0
_HEALTHY_S: Final = 10.0  # who has run for so long is tried again at once
_RESTREAM_QUIET_S: Final = 3.0  # a broken restream complains each second
_CLOCK_STEP_S: Final = 1.0
_BACKLOG_S: Final = 30.0  # some servers begin with what they have kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """How long a recorder waits, in seconds; first of all for an ffmpeg before it is ended and started again.

    open_s before its first picture, stall_s between two, late_s without a byte written, or beyond two segments' time
    without the end of one.
    look_s is how often the disks are looked at, settle_s how long a stream's first pictures may be late,
    stop_s how long a stop may take; what hangs in the kernel takes a second more.
    """

    open_s: float = 20.0
    stall_s: float = 8.0
    late_s: float = 30.0
    look_s: float = 5.0
    settle_s: float = 3.0
    stop_s: float = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class InputStatus:
    """How an input fares; None for what is not wanted of it."""

    state: InputState = InputState.CONNECTING
    text: str = ""
    is_recording: bool | None = None
    is_restreaming: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecorderContext:
    """What all inputs of a recorder share."""

    cache: SegmentCache
    finalizer: SegmentFinalizer
    coverage: Coverage
    clock: Clock
    timeouts: Timeouts
    ffmpeg: str
    version: Callable[[], int]
    rtmp_url: str | None
    segment_s: float


class InputSupervisor:
    """Keeps one ffmpeg running in a thread of its own."""

    def __init__(self, plan: InputPlan, context: RecorderContext) -> None:
        """Prepare; `start` runs it."""
        self.plan = plan
        self._context = context
        self._logger = _LOGGER.getChild(plan.camera)
        self._status = self._fresh()
        self._worker = Worker(f"fn:{plan.camera}:record", self._work)

    @property
    def status(self) -> InputStatus:
        """How it fares now; any thread."""
        return self._status

    def start(self) -> None:
        """Start the thread; once only."""
        self._worker.start()

    def request_stop(self) -> None:
        """Ask it to end, without waiting."""
        self._worker.request_stop()

    def stop(self, timeout_s: float) -> None:
        """End it and wait."""
        self._worker.stop(timeout_s)

    def _work(self, stop: threading.Event) -> None:
        backoff = Backoff(_FIRST_PAUSE_S, _LONGEST_PAUSE_S)
        while not stop.is_set():
            begin_s = self._context.clock.monotonic()
            has_run, reason = self._run(stop)
            if stop.is_set():
                return
            self._fail(reason)
            if has_run and self._context.clock.monotonic() - begin_s > _HEALTHY_S:
                backoff.reset()
            stop.wait(backoff.next_s())

    def _run(self, stop: threading.Event) -> tuple[bool, str]:
        """Run ffmpeg until it ends; return whether pictures came, and why it ended."""
        try:
            run = self._context.cache.open_run(self.plan.camera, self._context.clock.now())
        except OSError as err:
            return False, f"the folder for recordings in progress cannot be written: {err.strerror}"
        try:
            session = FfmpegSession(self.plan, self._context, run, self._logger)
        except OSError as err:
            run.is_open = False
            return False, f"the program {self._context.ffmpeg} does not run ({err.strerror}); install ffmpeg"
        try:
            reason = session.watch(stop, self._observe)
        finally:
            session.close()
            run.is_open = False
            self._context.finalizer.wake()
        return session.has_run, reason

    def _observe(self, *, has_run: bool, is_recording: bool, restream_error: str) -> None:
        before = self._status
        if not has_run:
            return
        if before.state is InputState.FAILED:
            self._logger.info("Camera %s: records and restreams again as wanted", self.plan.camera)
        self._status = InputStatus(
            state=InputState.RUNNING,
            text=f"the restream fails: {restream_error}" if restream_error else "",
            is_recording=None if self.plan.record is None else is_recording,
            is_restreaming=None if not self._restreams else not restream_error,
        )
        if restream_error and not before.text.startswith("the restream fails"):
            self._logger.warning("Camera %s: %s", self.plan.camera, self._status.text)

    def _fail(self, reason: str) -> None:
        if self._status.text != reason:
            self._logger.warning("Camera %s: %s", self.plan.camera, reason)
        fresh = self._fresh()
        self._status = InputStatus(
            state=InputState.FAILED,
            text=reason,
            is_recording=fresh.is_recording,
            is_restreaming=fresh.is_restreaming,
        )
        if self.plan.record is not None:
            self._context.coverage.blame(self.plan.camera, reason, self._context.clock.now())

    @property
    def _restreams(self) -> bool:
        return self.plan.rtmp is not None and self._context.rtmp_url is not None

    def _fresh(self) -> InputStatus:
        return InputStatus(
            is_recording=None if self.plan.record is None else False,
            is_restreaming=False if self._restreams else None,
        )


class FfmpegSession:
    """One ffmpeg from its start to its end."""

    def __init__(self, plan: InputPlan, context: RecorderContext, run: SegmentRun, logger: logging.Logger) -> None:
        self.has_run = False
        self._context = context
        self._run = run
        self._records = plan.record is not None
        self._segment_s = segment_time(plan.record, context.segment_s) if plan.record is not None else 0.0
        self._keeps_wall_time = uses_wall_clock(plan.input_args)
        self._console = Console(plan.path, logger, context.rtmp_url)
        self._timeline = Timeline()
        self._finished: list[tuple[str, StreamSegment]] = []  # not noted yet
        self._progress: dict[str, str] = {}
        self._process = RecordingProcess(
            lambda progress_fd: record_command(
                context.ffmpeg,
                context.version(),
                plan,
                folder=str(run.folder),
                progress_fd=progress_fd,
                rtmp_url=context.rtmp_url,
                segment_s=context.segment_s,
            ),
            {MARK: str(context.cache.folder), "TZ": "UTC"},
        )
        now_s = context.clock.monotonic()
        self._begin_s = self._picture_s = self._segment_end_s = self._looked_s = self._written_s = now_s
        self._first_picture_s: float | None = None
        self._newest = ("", 0)
        self._is_written = False
        self._restream_error_s = -_RESTREAM_QUIET_S
        self._clock_difference = context.clock.now() - now_s

    def watch(self, stop: threading.Event, observe: Callable[..., None]) -> str:
        """Listen until it ends, hangs or is no longer wanted; return why."""
        while not stop.is_set():
            self._handle_output(self._process.listen(_TICK_S))
            if self._process.has_ended or self._process.exit_code is not None:
                self._process.end(self._handle_output, at_once=True)
                return self._console.reason(self._process.exit_code)
            if reason := self._trouble():
                return reason
            if self._has_settled():
                self._note_finished()
            self._look()
            observe(
                has_run=self.has_run,
                is_recording=self._is_written,
                restream_error=self._restream_error(),
            )
        return ""

    def close(self) -> None:
        """End it if it runs."""
        self._process.end(self._handle_output)
        self._process.close()
        self._note_finished()

    def _handle_output(self, output: ProcessOutput) -> None:
        for line in output.words:
            if self._console.take(line):
                self._restream_error_s = self._context.clock.monotonic()
        for line in output.progress:
            self._take_progress(line)
        for line in output.segments:
            self._take_segment(line)

    def _take_progress(self, line: str) -> None:
        name, _, value = line.partition("=")
        if name in {"frame", "out_time_us"} and self._progress.get(name) != value:
            self._progress[name] = value
            if value.strip() not in {"0", "N/A"}:
                self.has_run = True
                self._picture_s = self._context.clock.monotonic()
                self._first_picture_s = self._first_picture_s or self._picture_s

    def _take_segment(self, line: str) -> None:
        try:
            name, start, end = line.rsplit(",", 2)
            now_s = self._context.clock.monotonic()
            time_range = StreamSegment(
                start=float(start),
                end=float(end),
                arrived=now_s + self._clock_difference,  # of a clock that was set in between, what it was until then
                longest_s=now_s - self._begin_s + _BACKLOG_S,
            )
        except ValueError:
            return
        self._segment_end_s = now_s
        self._finished.append((name, time_range))

    def _has_settled(self) -> bool:
        first_s = self._first_picture_s
        return first_s is not None and self._context.clock.monotonic() - first_s >= self._context.timeouts.settle_s

    def _note_finished(self) -> None:
        """Tell the finalizer when the segments were that were finished since the last time."""
        if not self._finished:
            return
        time_ranges = self._timeline.place(segment for _, segment in self._finished)
        for (name, _), time_range in zip(self._finished, time_ranges, strict=True):
            try:
                self._run.note(name, time_range)
            except OSError as err:
                _LOGGER.warning("%s: times of recordings cannot be kept for a restart: %s", self._run.camera, err)
        self._finished.clear()
        self._context.finalizer.wake()

    def _look(self) -> None:
        """See whether the disk takes what comes; often until the first byte, for that is when recording begins."""
        now_s = self._context.clock.monotonic()
        if not self._records or (self._is_written and now_s - self._looked_s < _LOOK_S):
            return
        self._looked_s = now_s
        if (newest := self._run.newest()) != self._newest:
            self._newest, self._written_s = newest, now_s
            self._is_written = self._is_written or newest[1] > 0

    def _restream_error(self) -> str:
        is_recent = self._context.clock.monotonic() - self._restream_error_s < _RESTREAM_QUIET_S
        return self._console.restream_error if is_recent else ""

    def _trouble(self) -> str:
        """Return why it must be ended; empty while all is well."""
        now_s = self._context.clock.monotonic()
        timeouts = self._context.timeouts
        if now_s - self._picture_s > (timeouts.stall_s if self.has_run else timeouts.open_s):
            return self._console.reason(None)
        if self._records and now_s - self._segment_end_s > 2 * self._segment_s + timeouts.late_s:
            return "no recording was finished in time: the camera sends no keyframes"
        if self._records and self.has_run and now_s - self._written_s > timeouts.late_s:
            return "nothing is written although pictures come: the disk does not answer, or is too slow"
        step = self._context.clock.now() - now_s - self._clock_difference
        if abs(step) > _CLOCK_STEP_S and self._keeps_wall_time:
            return f"the machine's clock was set by {step:+.0f} s; the recording starts again"
        if abs(step) > _CLOCK_STEP_S:
            self._note_finished()
            self._timeline.shift(step)
        self._clock_difference += step
        return ""
