"""What a camera's configuration says about its clips."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ..config.model import Arguments, CameraConfig, Role
from ..ffmpeg.arguments import pairs
from ..ffmpeg.durations import parse_duration

_SEGMENT_S: Final = 10.0
_BOTH: Final = frozenset({"-c", "-codec"})
_VIDEO: Final = _BOTH | {"-c:v", "-codec:v", "-vcodec", "-c:v:0", "-codec:v:0"}
_AUDIO: Final = _BOTH | {"-c:a", "-codec:a", "-acodec", "-c:a:0", "-codec:a:0"}
_FILES: Final = frozenset(  # how ffmpeg would name and cut files, which is done here
    {"-f", "-reset_timestamps", "-strftime", "-break_non_keyframes", "-increment_tc", "-individual_header_trailer"}
)
_COPY: Final = "copy"
_SAME_CODEC: Final = {"libfdk_aac": "aac", "libopus": "opus", "libmp3lame": "mp3"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipsOutput:
    """The clips output of a camera: the length of its segments, whether it has sound, and how clips are encoded.

    video_encoder and audio_encoder are None where streams are copied. words are the arguments for encoding.
    """

    segment_s: float = _SEGMENT_S
    has_audio: bool = False
    video_encoder: str | None = None
    audio_encoder: str | None = None
    words: Arguments = ()

    @classmethod
    def from_arguments(cls, words: Arguments) -> ClipsOutput:
        """Read the arguments of `output_args.clips`."""
        values = dict(pairs(words))
        return cls(
            segment_s=_seconds(values.get("-segment_time") or "") or _SEGMENT_S,
            has_audio="-an" not in words,
            video_encoder=_encoder(words, _VIDEO),
            audio_encoder=_encoder(words, _AUDIO),
            words=tuple(_encoding_words(words)),
        )

    def encodes_sound(self, codec: str) -> bool:
        """Return whether the arguments request another codec for sound of this one."""
        encoder = self.audio_encoder
        return encoder is not None and _SAME_CODEC.get(encoder, encoder) != codec


def can_clip(camera: CameraConfig) -> bool:
    """Return whether a camera has video for clips."""
    return camera.input_for(Role.CLIPS) is not None


def _encoder(words: Arguments, names: frozenset[str]) -> str | None:
    """Return the encoder that the last of these options names."""
    named = [value for name, value in pairs(words) if name in names]
    return named[-1] if named and named[-1] != _COPY else None


def _encoding_words(words: Arguments) -> Iterator[str]:
    for name, value in pairs(words):
        if name not in _FILES and not name.startswith("-segment_"):
            yield name
            if value is not None:
                yield value


def _seconds(text: str) -> float | None:
    value = parse_duration(text)
    return value if value is not None and 1 <= value <= 600 else None
