"""Which way an input is opened: by PyAV, or by the ffmpeg program where PyAV cannot do what the arguments ask."""

import threading
from typing import Final

from ..concurrency import Clock
from ..config.model import Arguments, InputConfig
from ..ffmpeg.program import DEFAULT_PROGRAM
from .arguments import InputOptions, without_hardware
from .program_problems import HardwareError
from .program_source import ProgramSource
from .source import PacketSource, Source, Timeouts

STALL_S: Final = 20.0  # Frigate 0.8 restarts a camera after as long


class SourceOpener:
    """Opens an input again and again, each time by the best way that has not failed yet.

    Hardware that cannot be had costs its camera no picture: from then on it is decoded in software, and the
    StreamInfo's notes say why. That lasts as long as the opener. For one thread.
    """

    def __init__(
        self,
        source: InputConfig,
        detect_args: Arguments = (),
        fps: float | None = None,
        *,
        program: str = DEFAULT_PROGRAM,
        timeouts: Timeouts | None = None,
        stall_s: float = STALL_S,
        clock: Clock | None = None,
        has_audio: bool = False,
    ) -> None:
        """Prepare, open nothing. program is the ffmpeg to use: a path, or a name that is looked for on PATH.

        With has_audio the packets of the camera's sound come too, unless that program reads it.
        """
        self._source = source
        self._detect_args = detect_args
        self._fps = fps
        self._program = program
        self._timeouts = timeouts or Timeouts()
        self._stall_s = stall_s
        self._clock = clock
        self._has_audio = has_audio
        self._notes: tuple[str, ...] = ()
        self._options = self._understand()

    def open(self, stop: threading.Event) -> PacketSource:
        """Return the input, opened; blocks. SourceError says why that is not possible."""
        if not self._options.unsupported:
            return self._open_here(stop)
        try:
            return self._open_program(stop)
        except HardwareError as err:
            if not self._give_up_hardware(err):
                raise
        return self.open(stop)

    def _understand(self) -> InputOptions:
        return InputOptions.from_input(self._source, self._detect_args, self._fps)

    def _open_here(self, stop: threading.Event) -> Source:
        return Source(
            self._source,
            self._options,
            stop,
            has_audio=self._has_audio,
            timeouts=self._timeouts,
            clock=self._clock,
            notes=self._notes,
        )

    def _open_program(self, stop: threading.Event) -> ProgramSource:
        return ProgramSource(
            self._source,
            self._detect_args,
            self._fps,
            stop,
            program=self._program,
            unsupported=self._options.unsupported,
            timeouts=self._timeouts,
            stall_s=self._stall_s,
            notes=self._notes,
        )

    def _give_up_hardware(self, err: HardwareError) -> bool:
        """Go on without the arguments that ask for hardware; False when there are none."""
        source = without_hardware(self._source)
        if source == self._source:
            return False
        self._source = source
        self._options = self._understand()
        self._notes = (*self._notes, f"{err.reason}; decoding in software")
        return True
