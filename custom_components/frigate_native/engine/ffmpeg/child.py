"""Runs ffmpeg as a child process, reads its pipes and ends it."""

import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final, NamedTuple

_MAX_LINE_BYTES: Final = 1 << 12  # the rest of a longer line is dropped


class Step(NamedTuple):
    """One step of ending a process: a signal, and how long to wait for it to take effect."""

    signal: signal.Signals
    patience_s: float


class FfmpegChild:
    """One process in its own process group, with pipes for its output and its messages."""

    def __init__(
        self, command: Sequence[str], *, environment: Mapping[str, str] | None = None, pass_fds: Sequence[int] = ()
    ) -> None:
        """Start it; OSError if that is not possible. environment is added to this process's own."""
        self._process = subprocess.Popen(  # noqa: S603  # the user's arguments are a list, no shell reads them
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            pass_fds=pass_fds,
            start_new_session=True,
            env={**os.environ, **environment} if environment else None,
        )
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._pipes = self._process.stdout, self._process.stderr
        self.output, self.messages = (pipe.fileno() for pipe in self._pipes)

    @property
    def pid(self) -> int:
        """The ID of the process and of its group."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """The exit code; None while it runs."""
        return self._process.poll()

    def wait(self, timeout_s: float) -> bool:
        """Wait for its end; return whether it has ended."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(max(timeout_s, 0.0))
        return self.exit_code is not None

    def end(self, steps: Sequence[Step], wait: Callable[[float], bool] | None = None) -> None:
        """Send the process group one signal after another until it has ended.

        wait is called with a step's timeout and returns whether to stop there; by default it waits for the process.
        """
        wait = wait or self.wait
        for number, patience_s in steps:
            if wait(0.0):
                return
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, number)
            if wait(patience_s):
                return

    def close(self) -> None:
        """Close its pipes, which also wakes a process that is blocked on writing. May be called twice."""
        for pipe in self._pipes:
            pipe.close()


class LineBuffer:
    """Splits data from a pipe into lines of limited length, at line breaks and carriage returns."""

    def __init__(self) -> None:
        """Start empty."""
        self._rest = b""

    def feed(self, data: bytes) -> list[str]:
        """Return the lines that are now complete. Without data, return the unfinished last line."""
        *lines, rest = (self._rest + (data or b"\n")).replace(b"\r", b"\n").split(b"\n")
        self._rest = rest[:_MAX_LINE_BYTES]
        return [line.decode(errors="replace") for line in lines if line]
