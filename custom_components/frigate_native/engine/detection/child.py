"""One detector's process as its supervisor holds it."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections import deque
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from ...detector.protocol import ChildSpec, StatusReader
from ..concurrency import Backoff
from ..errors import DetectorProblem

_LOGGER = logging.getLogger(__name__)

_MAIN: Final = Path(__file__).resolve().parents[2] / "detector" / "__main__.py"
_READ_BYTES = 65536
_LINE_BYTES = 500
_LINES_KEPT = 4
_LINES_A_RUN = 200  # a child that fills its log is not worth more
_END_S = 1.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 60.0
_STABLE_S = 60.0  # a child that ran so long has not failed "again"


class ChildState(StrEnum):
    """Where a child stands."""

    STOPPED = "stopped"  # not running; `due` says until when
    STARTING = "starting"
    WORKING = "working"
    UNREACHABLE = "unreachable"  # runs, but takes no request until it says that it works


class Child:
    """One detector's process, its pipes and what is known of it. The supervisor's thread owns it.

    Any thread may read name and pid.
    """

    def __init__(self, spec: ChildSpec) -> None:
        """Keep how to start it; spec.status_fd is filled in at each start."""
        self.spec = spec
        self.state = ChildState.STOPPED
        self.due = 0.0  # monotonic; when it starts again, or must have started
        self.is_failing = False  # reported as not working
        self.is_on_probation = False  # works again only when it has answered more requests than when it failed
        self.answers = 0
        self.last_problem = ""  # what it said of itself before it ended
        self.reported_problem = ""
        self.reported_kind: DetectorProblem | None = None
        self.status_fd = -1
        self.log_fd = -1
        self._process: subprocess.Popen[bytes] | None = None
        self._reader = StatusReader()
        self._ready_since = 0.0
        self._log = b""
        self._log_lines = 0
        self._last_lines: deque[str] = deque(maxlen=_LINES_KEPT)
        self._failures = 0
        self._backoff = Backoff(_FIRST_PAUSE_S, _LONGEST_PAUSE_S)

    @property
    def name(self) -> str:
        """The detector's name in the configuration."""
        return self.spec.name

    @property
    def pid(self) -> int:
        """The process, 0 when there is none."""
        process = self._process
        return process.pid if process else 0

    @property
    def last_log_lines(self) -> str:
        """The end of what it has written to its log."""
        return "; ".join(self._last_lines)

    def spawn(self, timeout_s: float) -> None:
        """Start the process, which is to be ready within timeout_s; raises OSError."""
        self.status_fd, child_status_fd = os.pipe()
        self.log_fd, child_log_fd = os.pipe()
        try:
            self._process = self._popen(child_status_fd, child_log_fd)
            self._notify(self._process, replace(self.spec, status_fd=child_status_fd))
        except OSError:
            self.end()
            raise
        finally:
            os.close(child_status_fd)
            os.close(child_log_fd)
        for fd in (self.status_fd, self.log_fd):
            os.set_blocking(fd, False)
        self._reader = StatusReader()
        self._log, self._log_lines = b"", 0
        self._last_lines.clear()
        self.state = ChildState.STARTING
        self.due = time.monotonic() + timeout_s

    def read(self) -> bytes:
        """Return what it says of itself; b"" when it has closed the pipe, which it does by ending."""
        return os.read(self.status_fd, _READ_BYTES)

    @property
    def reader(self) -> StatusReader:
        """What cuts its words."""
        return self._reader

    def read_log(self) -> bool:
        """Pass on what it has written to stdout and stderr, line by line; return whether more may come."""
        data = os.read(self.log_fd, _READ_BYTES)
        *lines, rest = (self._log + data).split(b"\n")
        self._log = rest[:_LINE_BYTES]
        for line in lines:
            self._take_line(line)
        return bool(data)

    def become_ready(self) -> None:
        """Note that it works."""
        self.state = ChildState.WORKING
        self._ready_since = time.monotonic()

    def become_unreachable(self) -> None:
        """Note that it waits for another machine."""
        self.state = ChildState.UNREACHABLE
        self.is_on_probation = False

    def end(self, grace_s: float = 0.0) -> str:
        """Kill the process if it still runs after grace_s, close its pipes and return how it ended.

        May be called twice. Takes up to grace_s and a second.
        """
        words = self._reap(grace_s)
        if self.log_fd >= 0:
            self._drain_log()
        self._close_pipes()
        return words

    def schedule_restart(self) -> None:
        """Choose when to start again: at once after a first failure in a while, then with growing pauses."""
        now = time.monotonic()
        was_working = self.state is ChildState.WORKING
        if was_working and now - self._ready_since > _STABLE_S:
            self._failures = 0
            self._backoff.reset()
        self._failures += 1
        is_first = was_working and self._failures == 1
        self.is_on_probation = was_working and not is_first
        self.state = ChildState.STOPPED
        self.due = now if is_first else now + self._backoff.next_s()

    def _popen(self, status_fd: int, log_fd: int) -> subprocess.Popen[bytes]:
        spec = self.spec
        return subprocess.Popen(  # noqa: S603 - our own file
            [sys.executable, "-P", "-X", "faulthandler", str(_MAIN), spec.name],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=log_fd,
            stderr=log_fd,
            pass_fds=(spec.memory_fd, spec.queue_fd, status_fd, *spec.answer_fds),
            start_new_session=True,  # Ctrl-C is for the engine, which then ends its children
            env=_environment(spec.num_threads),
        )

    def _notify(self, process: subprocess.Popen[bytes], spec: ChildSpec) -> None:
        assert process.stdin is not None
        with process.stdin as stdin:
            try:
                stdin.write(spec.to_json())
            except BrokenPipeError:
                _LOGGER.debug("Detector %s ended before it was told what to do", self.name)

    def _reap(self, grace_s: float) -> str:
        process, self._process = self._process, None
        if process is None:
            return "has not started"
        try:
            code = process.wait(grace_s)
        except subprocess.TimeoutExpired:
            process.kill()
            try:
                code = process.wait(_END_S)
            except subprocess.TimeoutExpired:
                return f"cannot be killed (process {process.pid})"
        return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"

    def _drain_log(self) -> None:
        try:
            while self.read_log():
                pass
        except BlockingIOError:
            return

    def _close_pipes(self) -> None:
        for fd in (self.status_fd, self.log_fd):
            if fd >= 0:
                os.close(fd)
        self.status_fd = self.log_fd = -1

    def _take_line(self, line: bytes) -> None:
        text = line[:_LINE_BYTES].decode(errors="replace").strip()
        self._log_lines += 1
        if text and self._log_lines <= _LINES_A_RUN:
            self._last_lines.append(text)
            _LOGGER.debug("Detector %s: %s", self.name, text)


def _environment(num_threads: int) -> dict[str, str]:
    """Return ours with the threads that numeric libraries start by themselves limited.

    Waiting threads sleep: on a busy machine spinning ones made ncnn with two threads three to ten times slower.
    """
    return os.environ | {
        "OMP_NUM_THREADS": str(num_threads),
        "OMP_WAIT_POLICY": "passive",
        "OPENBLAS_NUM_THREADS": "1",
    }
