"""A recording ffmpeg process and its three pipes."""

import os
import select
import signal
import subprocess
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

_CHUNK_BYTES: Final = 1 << 16
_LONGEST_LINE: Final = 1 << 12
_GONE_S: Final = 0.5
# The first signal asks ffmpeg to finish its files, the second interrupts a read that does not return.
_ENDING: Final = ((signal.SIGINT, 2.5), (signal.SIGINT, 1.0), (signal.SIGKILL, 3.0))


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
            self._process = subprocess.Popen(  # noqa: S603  # the user's arguments are a list, no shell reads them
                command(write_end),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                pass_fds=(write_end,),
                start_new_session=True,
                env={**os.environ, **environment},
            )
        except BaseException:
            os.close(progress)
            raise
        finally:
            os.close(write_end)
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._segments = _Lines(self._process.stdout.fileno())
        self._console = _Lines(self._process.stderr.fileno())
        self._progress = _Lines(progress)
        self._poll = select.poll()
        self._open = {lines.fd: lines for lines in (self._segments, self._console, self._progress)}
        for fd in self._open:
            self._poll.register(fd, select.POLLIN)

    @property
    def pid(self) -> int:
        """The ID of the process and of its group."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """The exit code; None while it runs."""
        return self._process.poll()

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
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_GONE_S)
        for number, patience_s in _ENDING[-1:] if at_once else _ENDING:
            if self.exit_code is not None and self.has_closed_output:
                break
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, number)
            self._read_to_end(on_output, patience_s)

    def close(self) -> None:
        """Close the pipes; after `end`."""
        for stream in (self._process.stdout, self._process.stderr):
            assert stream is not None
            stream.close()
        os.close(self._progress.fd)

    def _read_to_end(self, on_output: Callable[[ProcessOutput], None], patience_s: float) -> None:
        steps = round(patience_s / 0.1)
        for _ in range(steps):
            if self.has_closed_output:
                break
            on_output(self.read(0.1))
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(0.2)


class _Lines:
    """Splits the data of a pipe into lines."""

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self._rest = b""
        self._lines: list[str] = []

    def read(self) -> bool:
        """Read available data; False at the end."""
        data = os.read(self.fd, _CHUNK_BYTES)
        *lines, self._rest = (self._rest + data).replace(b"\r", b"\n").split(b"\n")
        self._rest = self._rest[:_LONGEST_LINE]
        if not data and self._rest:
            lines.append(self._rest)
            self._rest = b""
        self._lines += [line.decode(errors="replace") for line in lines if line]
        return bool(data)

    def take(self) -> list[str]:
        lines, self._lines = self._lines, []
        return lines
