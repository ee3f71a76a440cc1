"""Keeps the ffmpeg process of one input running."""

import logging
import threading
from dataclasses import replace
from typing import Final

from ..engine.concurrency import Backoff, Worker
from .context import RecorderContext
from .ffmpeg_session import FfmpegSession
from .plan import InputPlan, InputState
from .status import InputStatus

_LOGGER = logging.getLogger(__name__)

_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 10.0
_HEALTHY_S: Final = 10.0  # a process that ran for this long is restarted without a longer pause
_ENCODED_SOUND: Final = ("-c:a", "aac")
_RESTREAM_FAILS: Final = "the restream fails: "


class InputSupervisor:
    """Runs one ffmpeg process in its own thread, and starts it again when it ends."""

    def __init__(self, plan: InputPlan, context: RecorderContext) -> None:
        """Prepare; `start` runs it."""
        self.plan = plan
        self._context = context
        self._encodes_sound = False
        self._logger = _LOGGER.getChild(plan.camera)
        self._status = self._initial_status()
        self._worker = Worker(f"fn:{plan.camera}:record", self._run)

    @property
    def status(self) -> InputStatus:
        """The current status; any thread may read it."""
        return self._status

    def start(self) -> None:
        """Start the thread; once only."""
        self._worker.start()

    def request_stop(self) -> None:
        """Ask it to stop, without waiting."""
        self._worker.request_stop()

    def stop(self, timeout_s: float) -> None:
        """Stop it and wait."""
        self._worker.stop(timeout_s)

    def _run(self, stop: threading.Event) -> None:
        backoff = Backoff(_FIRST_PAUSE_S, _LONGEST_PAUSE_S)
        while not stop.is_set():
            start_s = self._context.clock.monotonic()
            has_run, reason = self._run_once(stop)
            if stop.is_set():
                return
            if not reason:
                continue
            self._report_failure(reason)
            if has_run and self._context.clock.monotonic() - start_s > _HEALTHY_S:
                backoff.reset()
            stop.wait(backoff.next_s())

    def _run_once(self, stop: threading.Event) -> tuple[bool, str]:
        """Run ffmpeg until it ends; return whether frames arrived, and why it ended: "" to restart it at once."""
        try:
            run = self._context.cache.open_run(self.plan.camera, self._context.clock.now())
        except OSError as err:
            return False, f"the folder for segments in progress cannot be written: {err.strerror}"
        try:
            session = FfmpegSession(self._used_plan(), self._context, run, self._logger)
        except OSError as err:
            run.is_open = False
            return False, f"the program {self._context.ffmpeg} does not run ({err.strerror}); install ffmpeg"
        try:
            reason = session.watch(stop, self._report_progress)
        finally:
            session.close()
            run.is_open = False
            self._context.finalizer.wake()
        return session.has_run, "" if session.is_unfit and self._encode_sound() else reason

    def _encode_sound(self) -> bool:
        """Encode sound from now on, unless it is; return whether that may help."""
        may_help = not self._encodes_sound and self.plan.record is not None and "-an" not in self.plan.record
        if may_help:
            self._logger.info("Camera %s: MP4 cannot hold its sound; recordings have it as AAC", self.plan.camera)
        self._encodes_sound = may_help
        return may_help

    def _used_plan(self) -> InputPlan:
        if not self._encodes_sound or self.plan.record is None:
            return self.plan
        return replace(self.plan, record=(*self.plan.record, *_ENCODED_SOUND))

    def _report_progress(self, *, has_run: bool, is_recording: bool, restream_error: str) -> None:
        before = self._status
        if not has_run:
            return
        if before.state is InputState.FAILED:
            self._logger.info("Camera %s: recording and restreaming work again", self.plan.camera)
        self._status = InputStatus(
            state=InputState.RUNNING,
            text=f"{_RESTREAM_FAILS}{restream_error}" if restream_error else "",
            is_recording=None if self.plan.record is None else is_recording,
            is_restreaming=None if not self._restreams else not restream_error,
        )
        if restream_error and not before.text.startswith(_RESTREAM_FAILS):
            self._logger.warning("Camera %s: %s", self.plan.camera, self._status.text)

    def _report_failure(self, reason: str) -> None:
        if self._status.text != reason:
            self._logger.warning("Camera %s: %s", self.plan.camera, reason)
        initial = self._initial_status()
        self._status = InputStatus(
            state=InputState.FAILED,
            text=reason,
            is_recording=initial.is_recording,
            is_restreaming=initial.is_restreaming,
        )
        if self.plan.record is not None:
            self._context.coverage.add_reason(self.plan.camera, reason, self._context.clock.now())

    @property
    def _restreams(self) -> bool:
        return self.plan.rtmp is not None and self._context.rtmp_url is not None

    def _initial_status(self) -> InputStatus:
        return InputStatus(
            is_recording=None if self.plan.record is None else False,
            is_restreaming=False if self._restreams else None,
        )
