"""A packet sink that decodes frames for detection."""

import logging
from collections.abc import Callable
from fractions import Fraction
from typing import Final, override

from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame

from ..concurrency import Clock
from ..errors import SourceError
from ..frame import Frame
from .aspect import shown_size, with_square_pixels
from .decoder import Decoder
from .pacing import RateLimit
from .packet_sink import PacketSink
from .source import PacketSource, Timeouts
from .source_errors import no_key_frame_error, stalled_error, undecodable_error
from .stream_info import StreamInfo

_LOGGER = logging.getLogger(__name__)

_LATE_KEY_FRAME_S: Final = 3.0  # most cameras send one every 1 to 2 s
_TICK_S: Final = 1e-4  # separates the times of pictures that are decoded together


class FrameSink(PacketSink):
    """Decodes an input's video and passes on frames at the configured rate, in the capture thread."""

    def __init__(
        self,
        on_frame: Callable[[Frame], None],
        on_stream: Callable[[StreamInfo], None],
        on_waiting: Callable[[str], None],
        clock: Clock,
        timeouts: Timeouts,
    ) -> None:
        """Prepare. on_stream gets the stream's properties before the first frame and after a change of size.

        on_waiting gets a text for people when a connection's first key frame is late.
        """
        self.stream: StreamInfo | None = None
        self._on_frame = on_frame
        self._on_stream = on_stream
        self._clock = clock
        self._on_waiting = on_waiting
        self._timeouts = timeouts
        self._has_key_frame = False  # in this connection
        self._is_waiting = False
        self._limit = RateLimit(None)
        self._connection: tuple[PacketSource, Decoder] | None = None
        self._is_described = False
        self._pictures = 0
        self._last_picture_s = 0.0
        self._last_time = 0.0

    @override
    def begin(self, source: PacketSource) -> None:
        """Choose a decoder for a new connection."""
        self._connection = source, Decoder(source.video, source.options)
        self._limit = RateLimit(source.options.fps)
        self._is_described = self._has_key_frame = self._is_waiting = False
        self._last_picture_s = self._clock.monotonic()

    @override
    def take(self, packet: Packet[Stream]) -> None:
        """Decode one packet; SourceError if no picture was decoded for too long."""
        assert self._connection is not None
        source, decoder = self._connection
        now_s, time = self._clock.monotonic(), self._clock.now()
        is_video = packet.stream_index == source.video.index
        for picture in decoder.decode(packet) if is_video else ():  # sound does not count as a sign of life
            self._last_picture_s = now_s
            self._describe(picture, source, decoder)
            self._hand_on(picture, decoder.aspect, now_s, time)
        if is_video and packet.is_keyframe and not self._has_key_frame:
            self._has_key_frame, self._last_picture_s = True, now_s
        self._check_silence(now_s - self._last_picture_s, source, decoder)

    @override
    def end(self) -> None:
        """Release the decoder."""
        if self._connection is not None:
            source, decoder = self._connection
            _LOGGER.debug("Connection ended; broken reads and packets: %d, %d", source.broken, decoder.broken)
        self._connection = None

    @property
    def pid(self) -> int | None:
        """The process that reads from the camera; None while disconnected. Any thread may read it."""
        connection = self._connection
        return connection[0].pid if connection else None

    def _check_silence(self, silence_s: float, source: PacketSource, decoder: Decoder) -> None:
        """Raise SourceError if no picture was decoded for too long."""
        if decoder.has_decoded or self._has_key_frame:
            if silence_s > self._timeouts.stall_s:
                raise self._silence(source, decoder)
        elif silence_s > self._timeouts.key_frame_s:
            raise no_key_frame_error(source.path, silence_s)
        elif silence_s > _LATE_KEY_FRAME_S and not self._is_waiting:
            self._is_waiting = True
            self._on_waiting("connected between two key frames; the first picture comes with the next one")

    def _silence(self, source: PacketSource, decoder: Decoder) -> SourceError:
        if decoder.has_decoded:
            return stalled_error(source.path, self._timeouts.stall_s)
        return undecodable_error(source.path, source.video.codec_context.name)

    def _describe(self, picture: VideoFrame, source: PacketSource, decoder: Decoder) -> None:
        """Report the stream's properties with its first picture and when its size changes."""
        size = shown_size(picture, decoder.aspect)
        if self.stream is not None and self._is_described and self.stream.size == size:
            return
        self.stream = source.describe(decoder.describe(picture, has_audio=source.has_audio))
        self._is_described = True
        self._on_stream(self.stream)

    def _hand_on(self, picture: VideoFrame, aspect: Fraction | None, now_s: float, time: float) -> None:
        index = self._pictures
        self._pictures += 1
        if self._limit.admits(now_s):
            self._last_time = max(time, self._last_time + _TICK_S)
            self._on_frame(Frame(with_square_pixels(picture, aspect), self._last_time, index))
