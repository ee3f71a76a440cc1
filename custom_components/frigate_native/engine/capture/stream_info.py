"""What a camera's stream turned out to be."""

from dataclasses import dataclass

from av.video.stream import VideoStream

from ..geometry import Size

_MAX_FPS = 240.0  # libav guesses from time bases; what is above is no rate


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamInfo:
    """A stream's codec, size in pixels and rate in 1/s (None: it does not say), and how it is decoded.

    decoded_by is the decoder and what it runs on: "h264", "cuda (h264)", "ffmpeg: vaapi (h264)". reason says, for
    people, why that is the ffmpeg program; notes why it is not decoded as its arguments ask.
    """

    codec: str
    size: Size
    fps: float | None
    has_audio: bool
    decoded_by: str
    reason: str = ""
    notes: tuple[str, ...] = ()


def frame_rate(stream: VideoStream) -> float | None:
    """Return the stream's own idea of its rate in 1/s, None when it has none that can be true."""
    rate = stream.average_rate or stream.guessed_rate
    fps = float(rate) if rate else 0.0
    return round(fps, 3) if 0 < fps <= _MAX_FPS else None
