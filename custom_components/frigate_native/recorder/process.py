"""A recording ffmpeg process and its three pipes."""

import os
import select
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ..engine.ffmpeg.child import FfmpegChild, LineBuffer, Step

_CHUNK_BYTES: Final = 1 << 16
_GONE_S: Final = 0.5
_EXIT_S: Final = 0.2  # after its pipes have been closed
_TICK_S: Final = 0.1
# The first signal asks ffmpeg to finish its files, the second interrupts a read that does not return.
_ENDING: Final = (Step(signal.SIGINT, 2.5), Step(signal.SIGINT, 1.0), Step(signal.SIGKILL, 3.0))


@dataclass(slots=True, kw_only=True)
class ProcessOutput:
    """New lines: finished segments, progress, and console messages."""

    segments: list[str]
    progress: list[str]
    console: list[str]


class RecordingProcess:
    """One ffmpeg process in its own process group; only for the thread that reads it."""

    def __init__(self, command: Callable[[int], list[str]], environment: Mapping[str, str]) -> None:
        """Start the command for the given progress pipe; OSError if that is not possible."""
        progress, write_end = os.pipe()
        try:
            self._child = FfmpegChild(command(write_end), environment=environment, pass_fds=(write_end,))
        except BaseException:
            os.close(progress)
            raise
        finally:
            os.close(write_end)
        self._segments = _Lines(self._child.output)
        self._console = _Lines(self._child.messages)
        self._progress = _Lines(progress)
        self._poll = select.poll()
        self._open = {lines.fd: lines for lines in (self._segments, self._console, self._progress)}
        for fd in self._open:
            self._poll.register(fd, select.POLLIN)

    @property
    def pid(self) -> int:
        """The ID of the process and of its group."""
        return self._child.pid

    @property
    def exit_code(self) -> int | None:
        """The exit code; None while it runs."""
        return self._child.exit_code

    @property
    def has_closed_output(self) -> bool:
        """Whether all pipes are closed."""
        return not self._open

    def read(self, timeout_s: float) -> ProcessOutput:
        """Return new output after at most timeout_s."""
        for fd, _ in self._poll.poll(timeout_s * 1000):
            if not self._open[fd].read():
                self._poll.unregister(fd)
                del self._open[fd]
        return ProcessOutput(
            segments=self._segments.take(), progress=self._progress.take(), console=self._console.take()
        )

    def end(self, on_output: Callable[[ProcessOutput], None], *, at_once: bool = False) -> None:
        """End the process group; pass on what it still prints, such as its last segment."""
        if self.has_closed_output:  # it is about to exit
            self._child.wait(_GONE_S)

        def has_ended(patience_s: float) -> bool:
            self._read_to_end(on_output, patience_s)
            return self.exit_code is not None and self.has_closed_output

        self._child.end(_ENDING[-1:] if at_once else _ENDING, has_ended)

    def close(self) -> None:
        """Close the pipes; after `end`."""
        self._child.close()
        os.close(self._progress.fd)

    def _read_to_end(self, on_output: Callable[[ProcessOutput], None], patience_s: float) -> None:
        for _ in range(round(patience_s / _TICK_S)):
            if self.has_closed_output:
                break
            on_output(self.read(_TICK_S))
        if patience_s:
            self._child.wait(_EXIT_S)


class _Lines:
    """Splits the data of a pipe into lines."""

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self._buffer = LineBuffer()
        self._lines: list[str] = []

    def read(self) -> bool:
        """Read available data; False at the end."""
        data = os.read(self.fd, _CHUNK_BYTES)
        self._lines += self._buffer.feed(data)
        return bool(data)

    def take(self) -> list[str]:
        lines, self._lines = self._lines, []
        return lines
