"""One recording ffmpeg process from its start to its end."""

import logging
import threading
from collections.abc import Callable
from typing import Final

from .command import record_command, segment_time, uses_wall_clock
from .console import Console
from .context import RecorderContext
from .plan import InputPlan
from .process import ProcessOutput, RecordingProcess
from .segment_cache import CACHE_VARIABLE, SegmentRun
from .timeline import StreamSegment, Timeline

_LOGGER = logging.getLogger(__name__)

_TICK_S: Final = 0.25
_FILE_CHECK_S: Final = 2.0
_RESTREAM_QUIET_S: Final = 3.0  # a failing restream logs an error each second
_CLOCK_STEP_S: Final = 1.0
_BACKLOG_S: Final = 30.0  # some servers start with buffered frames


class FfmpegSession:
    """Runs ffmpeg, follows its progress, and notes when each finished segment began and ended."""

    def __init__(self, plan: InputPlan, context: RecorderContext, run: SegmentRun, logger: logging.Logger) -> None:
        """Start ffmpeg; OSError if that is not possible."""
        self.has_run = False
        self._context = context
        self._run = run
        self._records = plan.record is not None
        self._segment_s = segment_time(plan.record) if plan.record is not None else 0.0
        self._uses_wall_clock = uses_wall_clock(plan.input_args)
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
            ),
            {CACHE_VARIABLE: str(context.cache.folder), "TZ": "UTC"},
        )
        now_s = context.clock.monotonic()
        self._start_s = self._frame_s = self._segment_end_s = self._file_check_s = self._written_s = now_s
        self._first_frame_s: float | None = None
        self._newest_file = ("", 0)
        self._is_written = False
        self._restream_error_s = -_RESTREAM_QUIET_S
        self._clock_difference = context.clock.now() - now_s

    @property
    def is_unfit(self) -> bool:
        """Whether it failed since MP4 cannot hold the codec of a recorded stream."""
        return self._console.is_unfit

    def watch(self, stop: threading.Event, report: Callable[..., None]) -> str:
        """Follow ffmpeg until it ends, hangs or is asked to stop; return why."""
        while not stop.is_set():
            self._handle_output(self._process.read(_TICK_S))
            if self._process.has_closed_output or self._process.exit_code is not None:
                self._process.end(self._handle_output, at_once=True)
                return self._console.reason(self._process.exit_code)
            if reason := self._failure():
                return reason
            if self._has_settled():
                self._note_finished()
            self._check_file()
            report(
                has_run=self.has_run,
                is_recording=self._is_written,
                restream_error=self._restream_error(),
            )
        return ""

    def close(self) -> None:
        """End ffmpeg if it is running."""
        self._process.end(self._handle_output)
        self._process.close()
        self._note_finished()

    def _handle_output(self, output: ProcessOutput) -> None:
        for line in output.console:
            if self._console.handle(line):
                self._restream_error_s = self._context.clock.monotonic()
        for line in output.progress:
            self._handle_progress(line)
        for line in output.segments:
            self._handle_segment(line)

    def _handle_progress(self, line: str) -> None:
        name, _, value = line.partition("=")
        if name in {"frame", "out_time_us"} and self._progress.get(name) != value:
            self._progress[name] = value
            if value.strip() not in {"0", "N/A"}:
                self.has_run = True
                self._frame_s = self._context.clock.monotonic()
                self._first_frame_s = self._first_frame_s or self._frame_s

    def _handle_segment(self, line: str) -> None:
        try:
            name, start, end = line.rsplit(",", 2)
            now_s = self._context.clock.monotonic()
            segment = StreamSegment(
                start=float(start),
                end=float(end),
                arrived=now_s + self._clock_difference,  # if the clock was set since, the time before that
                longest_s=now_s - self._start_s + _BACKLOG_S,
            )
        except ValueError:
            return
        self._segment_end_s = now_s
        self._finished.append((name, segment))

    def _has_settled(self) -> bool:
        first_s = self._first_frame_s
        return first_s is not None and self._context.clock.monotonic() - first_s >= self._context.timeouts.settle_s

    def _note_finished(self) -> None:
        """Note when newly finished segments began and ended, and wake the finalizer."""
        if not self._finished:
            return
        time_ranges = self._timeline.place(segment for _, segment in self._finished)
        for (name, _), time_range in zip(self._finished, time_ranges, strict=True):
            try:
                self._run.note(name, time_range)
            except OSError as err:
                _LOGGER.warning("%s: segment times cannot be saved for a restart: %s", self._run.camera, err)
        self._finished.clear()
        self._context.finalizer.wake()

    def _check_file(self) -> None:
        """Check that the segment in progress grows; on every turn until the first byte, when recording begins."""
        now_s = self._context.clock.monotonic()
        if not self._records or (self._is_written and now_s - self._file_check_s < _FILE_CHECK_S):
            return
        self._file_check_s = now_s
        if (newest := self._run.newest()) != self._newest_file:
            self._newest_file, self._written_s = newest, now_s
            self._is_written = self._is_written or newest[1] > 0

    def _restream_error(self) -> str:
        is_recent = self._context.clock.monotonic() - self._restream_error_s < _RESTREAM_QUIET_S
        return self._console.restream_error if is_recent else ""

    def _failure(self) -> str:
        """Return why ffmpeg must be restarted; empty if it works."""
        now_s = self._context.clock.monotonic()
        timeouts = self._context.timeouts
        if now_s - self._frame_s > (timeouts.stall_s if self.has_run else timeouts.open_s):
            return self._console.reason(None)
        if self._records and now_s - self._segment_end_s > 2 * self._segment_s + timeouts.late_s:
            return "no segment was finished in time: the camera sends no keyframes"
        if self._records and self.has_run and now_s - self._written_s > timeouts.late_s:
            return "nothing is written although frames arrive: the disk does not respond or is too slow"
        return self._follow_clock(now_s)

    def _follow_clock(self, now_s: float) -> str:
        """Follow the machine's clock if it was set; return why ffmpeg must be restarted for that."""
        step = self._context.clock.now() - now_s - self._clock_difference
        if abs(step) > _CLOCK_STEP_S:
            if self._uses_wall_clock:
                return f"the machine's clock was set by {step:+.0f} s; recording restarts"
            self._note_finished()
            self._timeline.shift(step)
        self._clock_difference += step
        return ""
