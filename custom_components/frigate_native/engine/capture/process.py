"""A decoding ffmpeg as a readable file, with a limit on how long a read may block."""

import os
import select
import signal
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from ..concurrency import Deadline
from ..ffmpeg.child import FfmpegChild, Step
from .console import Console

try:
    from fcntl import F_SETPIPE_SZ, fcntl
except ImportError:  # only Linux can make a pipe larger
    fcntl = None  # type: ignore[assignment]

_TICK_MS: Final = 200  # delay until a request to stop is noticed
_PIPE_BYTES: Final = 1 << 20  # most of a picture, for fewer switches between the processes
_CHUNK_BYTES: Final = 1 << 16
_EXIT_S: Final = 2.0
_ENDING: Final = (Step(signal.SIGTERM, 2.0), Step(signal.SIGKILL, 3.0))


class FfmpegProcess:
    """One ffmpeg in its own process group; belongs to the thread that reads it."""

    def __init__(
        self, command: Sequence[str], console: Console, stop: threading.Event, silence_s: float, patience_s: float = 0.0
    ) -> None:
        """Start it; OSError if that fails. `read` gives up after silence_s without output.

        For patience_s, messages count as output: ffmpeg reports each picture that it cannot decode yet.
        """
        self.silence_s = silence_s
        self._patience = Deadline(patience_s)
        self.is_silent = False
        self._console = console
        self._stop = stop
        self._child = FfmpegChild(command)
        self._output, self._messages = self._child.output, self._child.messages
        self._has_messages = True  # until its end
        self._poll = select.poll()
        for pipe in (self._output, self._messages):
            self._poll.register(pipe, select.POLLIN)
        if fcntl is not None:
            with suppress(OSError):  # the system limits the total size of a user's pipes
                fcntl(self._output, F_SETPIPE_SZ, _PIPE_BYTES)

    @property
    def pid(self) -> int:
        """The ID of the process and of its group."""
        return self._child.pid

    @property
    def exit_code(self) -> int | None:
        """The exit code; None while it runs."""
        return self._child.exit_code

    def read(self, size: int) -> bytes:
        """Return available output; nothing at its end, after `stop`, or after too long a silence."""
        silence = Deadline(self.silence_s)
        while not self._stop.is_set():
            ready = {pipe for pipe, _ in self._poll.poll(_TICK_MS)}
            if self._messages in ready:
                self._read_messages()
                if not self._patience.has_passed:
                    silence = Deadline(self.silence_s)
            if self._output in ready:
                return os.read(self._output, size)
            if silence.has_passed:
                self.is_silent = True
                break
        return b""

    def end_patience(self) -> None:
        """Count only output from now on."""
        self._patience = Deadline(0.0)

    def wait_for_exit(self) -> None:
        """Wait briefly for a process that has closed its output to exit, and read its last messages."""
        deadline = Deadline(_EXIT_S)
        with suppress(KeyError):
            self._poll.unregister(self._output)
        while self._has_messages and not deadline.has_passed and not self._stop.is_set():
            if self._poll.poll(_TICK_MS):
                self._read_messages()
        self._child.wait(deadline.left_s())
        self._console.end()

    def stop(self) -> None:
        """Terminate it and everything it started, then kill what is left; may be called twice."""
        self._child.close()  # before the signals, to wake a process that is blocked on writing
        self._child.end(_ENDING)

    def _read_messages(self) -> None:
        words = os.read(self._messages, _CHUNK_BYTES)
        if words:
            self._console.feed(words)
        else:
            self._has_messages = False
            self._poll.unregister(self._messages)
