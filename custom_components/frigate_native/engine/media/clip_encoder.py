"""Encodes a clip with the ffmpeg program, where its video or sound cannot be copied."""

import logging
import os
import select
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from ..concurrency import Deadline
from ..errors import MediaError
from ..ffmpeg.child import FfmpegChild, LineBuffer, Step
from ..ffmpeg.lines import LineReader
from ..ffmpeg.program import DEFAULT_PROGRAM, find_program
from .clips_output import ClipsOutput
from .sound_decoder import RAW_SOUND

_LOGGER = logging.getLogger(__name__)

_LONGEST_S: Final = 1800.0  # a slow computer needs several times a clip's length
_TICK_S: Final = 0.2
_NICE: Final = 10  # detection comes first
_READ_BYTES: Final = 1 << 16
_MOST_ERRORS: Final = 10
_ENDING: Final = (Step(signal.SIGTERM, 1.0), Step(signal.SIGKILL, 2.0))
_CONSOLE: Final = ("-nostdin", "-nostats", "-hide_banner", "-y", "-loglevel", "level+error")
_FINISHED: Final = ("-movflags", "+faststart", "-f", "mp4")


class ClipEncoder:
    """Encodes a camera's clips as its `output_args.clips` say, and sound that MP4 cannot hold as AAC."""

    def __init__(self, output: ClipsOutput, program: str = DEFAULT_PROGRAM) -> None:
        """Prepare; program is ffmpeg's name or path."""
        self._output = output
        self._program = program

    @property
    def encodes_video(self) -> bool:
        """Whether video is encoded, whatever its codec."""
        return self._output.video_encoder is not None

    def is_needed(self, sound: str | None) -> bool:
        """Return whether a clip with sound of this codec (None: without) must be encoded."""
        is_other = sound is not None and (sound == RAW_SOUND or self._output.encodes_sound(sound))
        return self.encodes_video or is_other

    def encode(self, source: Path, target: Path, check: Callable[[], None]) -> None:
        """Encode a file; blocks. MediaError if that fails; check is called regularly and may raise."""
        program = find_program(self._program)
        if program is None:
            raise MediaError(f"the program {self._program} was not found")
        try:
            child = FfmpegChild([program, *_CONSOLE, "-i", str(source), *self._words(), *_FINISHED, str(target)])
        except OSError as err:
            raise MediaError(f"{program} cannot be started: {err.strerror}") from err
        try:
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, child.pid, _NICE)
            errors = _wait(child, check)
        finally:
            child.end(_ENDING)
            child.close()
        if child.exit_code != 0:
            raise MediaError(f"ffmpeg cannot encode it: {errors[0] if errors else f'it exits with {child.exit_code}'}")

    def _words(self) -> Iterator[str]:
        """Return the arguments after the source; an option that is given twice has its last value."""
        output = self._output
        yield from output.words
        if output.video_encoder is None:
            yield from ("-c:v", "copy")
        elif "-pix_fmt" not in output.words:
            yield from ("-pix_fmt", "yuv420p")  # browsers play no other; MJPEG has others
        if output.audio_encoder is None:
            yield from ("-c:a", "aac")


def _wait(child: FfmpegChild, check: Callable[[], None]) -> list[str]:
    """Wait for the end of the process and return its errors."""
    deadline, lines, reader = Deadline(_LONGEST_S), LineBuffer(), LineReader("", _LOGGER)
    errors: list[str] = []
    while True:
        check()
        if deadline.has_passed:
            return [f"not finished after {_LONGEST_S:.0f} s"]
        if not select.select([child.messages], [], [], _TICK_S)[0]:
            continue
        data = os.read(child.messages, _READ_BYTES)
        read = [reader.read(line) for line in lines.feed(data)]
        errors = (errors + [text for is_error, text in read if is_error])[:_MOST_ERRORS]
        if not data:
            child.wait(deadline.left_s())
            return errors
