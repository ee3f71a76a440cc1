"""Encodes a clip with the ffmpeg program, where its video or sound cannot be copied."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from ..ffmpeg.program import DEFAULT_PROGRAM
from ..ffmpeg.task import run_ffmpeg
from .clips_output import ClipsOutput
from .sound_decoder import RAW_SOUND

_LONGEST_S: Final = 1800.0  # a slow computer needs several times a clip's length
_NICE: Final = 10  # detection comes first
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
        words = ("-i", str(source), *self._words(), *_FINISHED, str(target))
        run_ffmpeg(self._program, words, check, nice=_NICE, longest_s=_LONGEST_S)

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
