"""What a camera's configuration says about its clips."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ..config.model import Arguments, CameraConfig, Role
from ..ffmpeg.durations import parse_duration

_SEGMENT_S: Final = 10.0
_CODEC_OPTIONS: Final = frozenset({"-c", "-codec", "-c:v", "-codec:v", "-vcodec", "-c:a", "-codec:a", "-acodec"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipsOutput:
    """The clips output of a camera: the length of its segments, and whether it has sound.

    notes list arguments that have no effect.
    """

    segment_s: float = _SEGMENT_S
    has_audio: bool = False
    notes: tuple[str, ...] = ()

    @classmethod
    def from_arguments(cls, words: Arguments) -> ClipsOutput:
        """Read the arguments of `output_args.clips`."""
        values = dict(pairwise(words))
        asked = [f"{name} {value}" for name, value in values.items() if name in _CODEC_OPTIONS and value != "copy"]
        return cls(
            segment_s=_seconds(values.get("-segment_time", "")) or _SEGMENT_S,
            has_audio="-an" not in words,
            notes=tuple(f"output_args.clips: {option} has no effect, since clips are not encoded" for option in asked),
        )


def can_clip(camera: CameraConfig) -> bool:
    """Return whether a camera has video for clips."""
    return camera.input_for(Role.CLIPS) is not None


def _seconds(text: str) -> float | None:
    value = parse_duration(text)
    return value if value is not None and 1 <= value <= 600 else None
