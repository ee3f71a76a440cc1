"""Runs the ffmpeg program once, in the background of everything else."""

import logging
import os
import select
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final

from ..concurrency import Deadline
from ..errors import MediaError
from .child import FfmpegChild, LineBuffer, Step
from .lines import LineReader
from .program import find_program

_LOGGER = logging.getLogger(__name__)

_TICK_S: Final = 0.2
_READ_BYTES: Final = 1 << 16
_MOST_ERRORS: Final = 10
_ENDING: Final = (Step(signal.SIGTERM, 1.0), Step(signal.SIGKILL, 2.0))
_CONSOLE: Final = ("-nostdin", "-nostats", "-hide_banner", "-y", "-loglevel", "level+error", "-progress", "pipe:1")
_TIME: Final = "out_time_us="


def run_ffmpeg(
    program: str,
    words: Sequence[str],
    check: Callable[[], None],
    *,
    nice: int,
    longest_s: float,
    on_progress: Callable[[float], None] = lambda _: None,
) -> None:
    """Run a command to its end; blocks. MediaError if it fails or takes too long.

    check is called regularly and may raise to end it; on_progress gets the written seconds.
    """
    found = find_program(program)
    if found is None:
        raise MediaError(f"the program {program} was not found")
    try:
        child = FfmpegChild([found, *_CONSOLE, *words])
    except OSError as err:
        raise MediaError(f"{found} cannot be started: {err.strerror}") from err
    try:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, child.pid, nice)
        errors = _Console(child, on_progress).read(check, longest_s)
    finally:
        child.end(_ENDING)
        child.close()
    if child.exit_code != 0:
        raise MediaError(f"ffmpeg cannot encode it: {errors[0] if errors else f'it exits with {child.exit_code}'}")


class _Console:
    """What a child prints: its errors, and how far it is."""

    def __init__(self, child: FfmpegChild, on_progress: Callable[[float], None]) -> None:
        self._child = child
        self._on_progress = on_progress
        self._reader = LineReader("", _LOGGER)
        self._errors: list[str] = []
        self._buffers = {child.output: LineBuffer(), child.messages: LineBuffer()}

    def read(self, check: Callable[[], None], longest_s: float) -> list[str]:
        """Read until the process has ended and return its errors."""
        deadline, is_open = Deadline(longest_s), {self._child.output, self._child.messages}
        while is_open:
            check()
            if deadline.has_passed:
                return [f"not finished after {longest_s:.0f} s"]
            for pipe in select.select(list(is_open), [], [], _TICK_S)[0]:
                data = os.read(pipe, _READ_BYTES)
                for line in self._buffers[pipe].feed(data):
                    self._take(line, is_message=pipe == self._child.messages)
                if not data:
                    is_open.discard(pipe)
        self._child.wait(deadline.left_s())
        return self._errors

    def _take(self, line: str, *, is_message: bool) -> None:
        if is_message:
            is_error, text = self._reader.read(line)
            if is_error and len(self._errors) < _MOST_ERRORS:
                self._errors.append(text)
        elif line.startswith(_TIME):
            with suppress(ValueError):  # N/A at first
                self._on_progress(int(line.removeprefix(_TIME)) / 1e6)
