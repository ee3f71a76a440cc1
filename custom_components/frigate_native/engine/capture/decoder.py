"""From packets to pictures: which decoder, on what, and what it made of the stream."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from av import CodecContext, VideoCodecContext
from av.codec.codec import Codec
from av.codec.hwaccel import HWAccel
from av.error import FFmpegError, InvalidDataError
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from ..geometry import Size
from .arguments import InputOptions
from .stream_info import StreamInfo, frame_rate

_SOFTWARE: Final = "decoding in software"
_LARGE_PX: Final = 4_000_000  # above it one core may be too slow for a main stream's full rate


@dataclass(frozen=True, slots=True)
class _Choice:
    """A decoder that opened, and how people call it."""

    context: VideoCodecContext
    name: str


class Decoder:
    """Decodes one connection's video packets; belongs to the thread that reads them.

    Hardware or a decoder that the user asked for is tried first. What does not work, at once or with the first
    pictures, is replaced by libav's own software decoder: slow pictures are better than none.
    """

    def __init__(self, stream: VideoStream, options: InputOptions) -> None:
        """Choose and open a decoder for this stream."""
        self.broken = 0  # packets that gave no picture
        self._stream = stream
        self._software = stream.codec_context
        self._options = options
        self._has_decoded = False
        self._notes: list[str] = []
        self._choice = self._named() or self._accelerated() or self._in_software()

    @property
    def name(self) -> str:
        """How it is decoded: "h264", "cuda (h264)", "h264_qsv" and so on."""
        return self._choice.name

    def describe(self, picture: VideoFrame, *, has_audio: bool) -> StreamInfo:
        """Return what the stream is, its size being that of this picture."""
        return StreamInfo(
            codec=self._software.codec.canonical_name,
            size=Size(picture.width, picture.height),
            fps=frame_rate(self._stream),
            has_audio=has_audio,
            decoded_by=self.name,
            notes=tuple(self._notes),
        )

    @property
    def has_decoded(self) -> bool:
        """Whether a picture has come out yet."""
        return self._has_decoded

    def decode(self, packet: Packet[Stream]) -> Iterator[VideoFrame]:
        """Yield the pictures that this packet completes; an empty one brings those still held back."""
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
        """Open the decoder that `-c:v` names, if it is for this stream's codec."""
        name = self._options.decoder
        if name is None or name == self._software.name:
            return None
        if Codec(name, "r").id != self._software.codec.id:
            self._notes.append(f"{name} does not decode {self._software.name}, which this stream is; {_SOFTWARE}")
            return None
        return self._opened(name, None, name)

    def _accelerated(self) -> _Choice | None:
        """Open the device that `-hwaccel` names, if it is there and knows this stream's codec."""
        hardware = self._options.hardware
        if hardware is None:
            return None
        codec = self._software.codec.canonical_name
        # Intel's and AMD's devices have decoders of their own, the others serve libav's.
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
    """Set what must be set before a decoder opens.

    One thread costs least: two take 15 % more CPU at 720p, and frame threads a picture more of delay.
    """
    codec_options = dict(options.codec)
    is_large = context.width * context.height > _LARGE_PX
    threads = codec_options.pop("threads", "2" if is_large else "1")
    context.thread_count = int(threads) if threads.isdigit() else 1
    context.options = codec_options
    return context
