"""A detector process, from the engine's side."""

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

from ...detector.plain_text import one_line
from ...detector.protocol import ChildSpec, StatusReader
from ..concurrency import Backoff
from ..errors import DetectorProblem

_LOGGER = logging.getLogger(__name__)

_MAIN: Final = Path(__file__).resolve().parents[2] / "detector" / "__main__.py"
_READ_BYTES = 65536
_LINE_BYTES = 500
_LINES_KEPT = 4
_LINES_A_RUN = 200  # the rest of a longer log is dropped
_END_S = 1.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 60.0
_STABLE_S = 60.0  # a failure after this time counts as a first failure


class ChildState(StrEnum):
    """A child process's state."""

    STOPPED = "stopped"  # not running; restarted at `due`
    STARTING = "starting"
    WORKING = "working"
    UNREACHABLE = "unreachable"  # runs, but takes no requests until it reports that it works


class Child:
    """A detector process, its pipes and its state. Owned by the supervisor's thread.

    Any thread may read name and pid.
    """

    def __init__(self, spec: ChildSpec) -> None:
        """Store the start parameters; spec.status_fd is set at each start."""
        self.spec = spec
        self.state = ChildState.STOPPED
        self.due = 0.0  # monotonic; when it is restarted, or must be ready
        self.is_failing = False  # reported as not working
        self.is_on_probation = False  # counts as working again only after it has answered another request
        self.answers = 0
        self.last_problem = ""  # what it reported before it exited
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
        """The process ID, 0 if there is none."""
        process = self._process
        return process.pid if process else 0

    @property
    def last_log_lines(self) -> str:
        """The last lines of its log."""
        return "; ".join(self._last_lines)

    def spawn(self, timeout_s: float) -> None:
        """Start the process, which must be ready within timeout_s; raises OSError."""
        self.status_fd, child_status_fd = os.pipe()
        self.log_fd, child_log_fd = os.pipe()
        try:
            self._process = self._popen(child_status_fd, child_log_fd)
            self._send_parameters(self._process, replace(self.spec, status_fd=child_status_fd))
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
        """Return data from the status pipe; b"" when the process has exited."""
        return os.read(self.status_fd, _READ_BYTES)

    @property
    def reader(self) -> StatusReader:
        """Splits the status pipe's data into messages."""
        return self._reader

    def read_log(self) -> bool:
        """Log its stdout and stderr line by line; return whether more may follow."""
        data = os.read(self.log_fd, _READ_BYTES)
        *lines, rest = (self._log + data).split(b"\n")
        self._log = rest[:_LINE_BYTES]
        for line in lines:
            self._take_line(line)
        return bool(data)

    def become_ready(self) -> None:
        """Note that it is working."""
        self.state = ChildState.WORKING
        self._ready_since = time.monotonic()

    def become_unreachable(self) -> None:
        """Note that its remote detector cannot be reached."""
        self.state = ChildState.UNREACHABLE
        self.is_on_probation = False

    def end(self, grace_s: float = 0.0) -> str:
        """Kill the process if it still runs after grace_s, close its pipes and return how it ended.

        May be called twice. Takes up to grace_s and a second.
        """
        outcome = self._reap(grace_s)
        if self.log_fd >= 0:
            self._drain_log()
        self._close_pipes()
        return outcome

    def schedule_restart(self) -> None:
        """Schedule the restart: immediately after a first failure, then after increasing pauses."""
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
        return subprocess.Popen(  # noqa: S603 - the integration's own file
            [sys.executable, "-P", "-X", "faulthandler", str(_MAIN), spec.name],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=log_fd,
            stderr=log_fd,
            pass_fds=(spec.memory_fd, spec.queue_fd, status_fd, *spec.answer_fds),
            start_new_session=True,  # Ctrl-C reaches only the engine, which then stops its children
            env=_environment(spec.num_threads),
        )

    def _send_parameters(self, process: subprocess.Popen[bytes], spec: ChildSpec) -> None:
        assert process.stdin is not None
        with process.stdin as stdin:
            try:
                stdin.write(spec.to_json())
            except BrokenPipeError:
                _LOGGER.debug("Detector %s exited before it received its parameters", self.name)

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
        text = one_line(line[:_LINE_BYTES].decode(errors="replace"))
        self._log_lines += 1
        if text and self._log_lines <= _LINES_A_RUN:
            self._last_lines.append(text)
            _LOGGER.debug("Detector %s: %s", self.name, text)


def _environment(num_threads: int) -> dict[str, str]:
    """Return the environment with a limit on the threads that numeric libraries start.

    Waiting threads sleep: on a busy machine, spinning threads made ncnn with two threads three to ten times slower.
    """
    return os.environ | {
        "OMP_NUM_THREADS": str(num_threads),
        "OMP_WAIT_POLICY": "passive",
        "OPENBLAS_NUM_THREADS": "1",
    }
