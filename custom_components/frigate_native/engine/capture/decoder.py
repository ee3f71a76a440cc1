"""Decodes video packets, in hardware if requested and possible."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from av import CodecContext, VideoCodecContext
from av.codec.codec import Codec
from av.codec.hwaccel import HWAccel
from av.error import FFmpegError, InvalidDataError
from av.packet import Packet
from av.rational import AVRational
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from .arguments import InputOptions
from .aspect import shown_size
from .stream_info import StreamInfo, frame_rate

_SOFTWARE: Final = "decoding in software"
_LARGE_PX: Final = 4_000_000  # above this, one core may be too slow for a main stream at full rate


@dataclass(frozen=True, slots=True)
class _Choice:
    """An open decoder and its display name."""

    context: VideoCodecContext
    name: str


class Decoder:
    """Decodes one connection's video packets; belongs to the thread that reads them.

    The hardware or decoder that the user requested is tried first. If it cannot be opened or fails before the first
    picture, libav's software decoder replaces it: slow pictures are better than none.
    """

    def __init__(self, stream: VideoStream, options: InputOptions) -> None:
        """Choose and open a decoder for this stream."""
        self.broken = 0  # packets that could not be decoded
        self._stream = stream
        self._software = stream.codec_context
        self._options = options
        self._has_decoded = False
        self._container_aspect = _ratio(stream.sample_aspect_ratio)  # while the container is open
        self._notes: list[str] = []
        self._choice = self._named() or self._accelerated() or self._in_software()

    @property
    def name(self) -> str:
        """The decoder's display name, such as "h264", "cuda (h264)" or "h264_qsv"."""
        return self._choice.name

    @property
    def aspect(self) -> Fraction | None:
        """Width to height of the pictures' pixels; None if the stream does not say."""
        return _ratio(self._software.sample_aspect_ratio) or self._container_aspect

    def describe(self, picture: VideoFrame, *, has_audio: bool) -> StreamInfo:
        """Return the stream's properties, with the size of this picture."""
        return StreamInfo(
            codec=self._software.codec.canonical_name,
            size=shown_size(picture, self.aspect),
            fps=frame_rate(self._stream),
            has_audio=has_audio,
            decoded_by=self.name,
            notes=tuple(self._notes),
        )

    @property
    def has_decoded(self) -> bool:
        """Whether a picture has been decoded yet."""
        return self._has_decoded

    def decode(self, packet: Packet[Stream]) -> Iterator[VideoFrame]:
        """Yield the pictures that this packet completes; an empty packet flushes the decoder."""
        try:
            pictures = self._choice.context.decode(packet)
        except FFmpegError as err:
            self.broken += packet.size > 0
            if not isinstance(err, (InvalidDataError, EOFError)):
                self._fall_back(err)
            pictures = []
        if not packet.size:
            self._choice.context.flush_buffers()
        self._has_decoded = self._has_decoded or bool(pictures)
        yield from pictures

    def _named(self) -> _Choice | None:
        """Open the decoder given with `-c:v`, if it matches the stream's codec."""
        name = self._options.decoder
        if name is None or name == self._software.name:
            return None
        if Codec(name, "r").id != self._software.codec.id:
            self._notes.append(f"{name} does not decode {self._software.name}, which this stream is; {_SOFTWARE}")
            return None
        return self._opened(name, None, name)

    def _accelerated(self) -> _Choice | None:
        """Open the device given with `-hwaccel`, if it exists and supports the stream's codec."""
        hardware = self._options.hardware
        if hardware is None:
            return None
        codec = self._software.codec.canonical_name
        # Intel's and AMD's devices have separate decoders; the others accelerate libav's own.
        name = f"{codec}_{hardware.kind}" if hardware.kind in {"qsv", "amf"} else codec
        if not _has_device(name, hardware.kind):
            self._notes.append(f"{hardware.kind} does not decode {codec}; {_SOFTWARE}")
            return None
        return self._opened(name, HWAccel(hardware.kind, hardware.device), f"{hardware.kind} ({codec})")

    def _opened(self, name: str, accel: HWAccel | None, shown: str) -> _Choice | None:
        try:
            context = CodecContext.create(name, "r", accel)
            assert isinstance(context, VideoCodecContext)
            context.extradata = self._software.extradata
            context.width, context.height = self._software.width, self._software.height
            context.pkt_timebase = self._stream.time_base
            _prepared(context, self._options).open(strict=False)
        except (FFmpegError, ValueError) as err:
            reason = err.strerror if isinstance(err, FFmpegError) else err
            self._notes.append(f"decoding by {shown} is not possible here ({reason}); {_SOFTWARE}")
            return None
        return _Choice(context, shown)

    def _in_software(self) -> _Choice:
        return _Choice(_prepared(self._software, self._options), self._software.name)

    def _fall_back(self, err: FFmpegError) -> None:
        if self._choice.context is self._software or self._has_decoded:
            return
        self._notes.append(f"decoding by {self.name} failed ({err.strerror}); {_SOFTWARE}")
        self._choice = self._in_software()


def _has_device(name: str, kind: str) -> bool:
    try:
        configs = Codec(name, "r").hardware_configs
    except ValueError:
        return False
    return any(config.is_supported and config.device_type.name == kind for config in configs)


def _prepared(context: VideoCodecContext, options: InputOptions) -> VideoCodecContext:
    """Set the options that a decoder needs before it opens.

    One thread is cheapest: two take 15 % more CPU at 720p, and frame threads delay by one more picture.
    """
    codec_options = dict(options.codec)
    is_large = context.width * context.height > _LARGE_PX
    threads = codec_options.pop("threads", "2" if is_large else "1")
    context.thread_count = int(threads) if threads.isdigit() else 1
    context.options = codec_options
    return context


def _ratio(found: AVRational | None) -> Fraction | None:
    """Return a ratio; None if it is unknown, which libav writes as 0."""
    return Fraction(found.num, found.den) if found is not None and found.num else None
