"""Opens an input with PyAV, or with the ffmpeg program if its arguments need that."""

import threading
from dataclasses import replace

from ..concurrency import Clock
from ..errors import SourceError, SourceProblem
from ..ffmpeg.program import DEFAULT_PROGRAM
from .arguments import without_hardware
from .detect_input import DetectInput
from .program_errors import HardwareError
from .program_source import ProgramSource
from .source import PacketSource, Source, Timeouts


class SourceOpener:
    """Opens an input for each connection.

    If hardware decoding fails, the input is decoded in software for the life of the opener, and the notes in
    StreamInfo say why. For one thread.
    """

    def __init__(
        self,
        detect_input: DetectInput,
        *,
        program: str = DEFAULT_PROGRAM,
        timeouts: Timeouts | None = None,
        clock: Clock | None = None,
        has_sound: bool = False,
    ) -> None:
        """Prepare without opening. program is the ffmpeg to use: a path, or a name on PATH.

        has_sound requests the packets of the sound, too; the ffmpeg program does not deliver them.
        """
        self._input = detect_input
        self._program = program
        self._timeouts = timeouts or Timeouts()
        self._clock = clock
        self._has_sound = has_sound
        self._notes: tuple[str, ...] = ()
        self._options = detect_input.options

    def open(self, stop: threading.Event) -> PacketSource:
        """Open the input and return it; blocks. SourceError if that fails."""
        if not self._options.unsupported:
            return self._open_here(stop)
        try:
            return self._open_program(stop)
        except HardwareError as err:
            if not self._give_up_hardware(err.reason):
                raise
        except SourceError as err:
            if err.problem is not SourceProblem.CONFIG or not self._input.source.hwaccel_args:
                raise
            self._give_up_hardware("ffmpeg rejects hwaccel_args or other arguments", is_whole=True)
        return self.open(stop)

    def _open_here(self, stop: threading.Event) -> Source:
        return Source(
            self._input.source,
            self._options,
            stop,
            has_audio=self._has_sound,
            timeouts=self._timeouts,
            clock=self._clock,
            notes=self._notes,
        )

    def _open_program(self, stop: threading.Event) -> ProgramSource:
        return ProgramSource(
            self._input,
            stop,
            program=self._program,
            unsupported=self._options.unsupported,
            timeouts=self._timeouts,
            notes=self._notes,
        )

    def _give_up_hardware(self, reason: str, *, is_whole: bool = False) -> bool:
        """Remove the arguments that select hardware, or all hwaccel_args; False if there are none."""
        source = without_hardware(self._input.source)
        if is_whole:
            source = replace(source, hwaccel_args=())
        if source == self._input.source:
            return False
        self._input = replace(self._input, source=source)
        self._options = self._input.options
        self._notes = (*self._notes, f"{reason}; decoding in software")
        return True
