"""The properties of a camera's stream."""

from dataclasses import dataclass

from av.video.stream import VideoStream

from ..geometry import Size

_MAX_FPS = 240.0  # libav guesses from time bases; above this it is no frame rate


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamInfo:
    """A stream's codec, size in pixels, rate in 1/s (None: unknown), and how it is decoded.

    decoded_by names the decoder and its device: "h264", "cuda (h264)", "ffmpeg: vaapi (h264)". For people, reason says
    why the ffmpeg program decodes it, and notes say why it is not decoded as its arguments request.
    """

    codec: str
    size: Size
    fps: float | None
    has_audio: bool
    decoded_by: str
    reason: str = ""
    notes: tuple[str, ...] = ()


def frame_rate(stream: VideoStream) -> float | None:
    """Return the rate that the stream declares, in 1/s; None if it is missing or implausible."""
    rate = stream.average_rate or stream.guessed_rate
    fps = float(rate) if rate else 0.0
    return round(fps, 3) if 0 < fps <= _MAX_FPS else None
