"""An open input of a camera and its packets."""

import logging
import os
import threading
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from typing import Final, Protocol

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError, InvalidDataError
from av.packet import Packet
from av.stream import Discard, Stream
from av.video.stream import VideoStream

from ..concurrency import Clock, SystemClock
from ..config.model import InputConfig
from ..ffmpeg.arguments import STILL_FPS
from ..ffmpeg.failure_reasons import NO_VIDEO, end_reason
from ..redact import redact_url
from .arguments import InputOptions
from .pacing import Pacer
from .source_errors import codec_error, failure_error, opening_error, reading_error
from .stream_info import StreamInfo

_LOGGER = logging.getLogger(__name__)

_MAX_BROKEN_READS: Final = 50  # in a row; a stream does not recover after that many
# They have no index: a time is sought by what the packets say, and the first key frame is missed.
_SOUGHT_BY_BYTE: Final = frozenset({"mpegts", "mpeg"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """How long libav may block, in seconds; each below the 10 s that a camera has to stop.

    Opening has two steps with open_s each: the camera's answer, and the analysis of its streams (RTMP starts with the
    next key frame). A camera that hangs does so in one of them.
    """

    open_s: float = 8.0
    read_s: float = 8.0
    stall_s: float = 20.0  # without a picture, whatever packets come; Frigate 0.8 restarts a camera after as long
    key_frame_s: float = 90.0  # to the first key frame while packets come; "smart" cameras have one a minute


class PacketSource(Protocol):
    """An open input: the camera's own packets, or packets of raw video from the ffmpeg program."""

    path: str
    options: InputOptions  # for decoding the packets
    broken: int  # reads with invalid data

    @property
    def video(self) -> VideoStream:
        """The stream of video packets."""
        ...

    @property
    def has_audio(self) -> bool:
        """Whether the camera sends sound, requested or not."""
        ...

    @property
    def audio(self) -> AudioStream | None:
        """The stream of audio packets; None if there is no sound or it was not requested."""
        ...

    @property
    def pid(self) -> int:
        """The process that reads from the camera."""
        ...

    def packets(self) -> Generator[Packet[Stream]]:
        """Yield packets until the camera is stopped; SourceError if the source ends or fails."""
        ...

    def describe(self, found: StreamInfo) -> StreamInfo:
        """Add to the properties that decoding has shown."""
        ...

    def close(self) -> None:
        """Close the connection, file or process; may be called twice."""
        ...


class Source:
    """An input that PyAV has opened, with the packets of its video stream and, if requested, its sound.

    Belongs to the thread that reads it. Timestamps keep increasing when a file repeats.
    """

    def __init__(
        self,
        source: InputConfig,
        options: InputOptions,
        stop: threading.Event,
        *,
        has_audio: bool = False,
        timeouts: Timeouts | None = None,
        clock: Clock | None = None,
        notes: tuple[str, ...] = (),
    ) -> None:
        """Open it; blocks. SourceError if that fails. has_audio requests the packets of the sound, too.

        notes are added to its StreamInfo.
        """
        self.path = source.path
        self.options = options
        self.broken = 0  # reads with invalid data
        self._notes = notes
        self._stop = stop
        self._timeouts = timeouts or Timeouts()
        self._pacer = Pacer(stop, clock or SystemClock()) if options.is_realtime else None
        self._loops_left = options.loops
        self._offset_s = 0.0
        self._end_s = 0.0
        self._first_s: float | None = None
        self._active_s = 0.0  # when libav was last called
        self._container = self._open()
        try:
            self._video = self._pick_video()
            self._streams = self._pick_streams(has_audio)
        except BaseException:
            self.close()
            raise

    @property
    def video(self) -> VideoStream:
        """The stream of video packets."""
        return self._video

    @property
    def audio(self) -> AudioStream | None:
        """The stream of audio packets; None if there is no sound or it was not requested."""
        return next((stream for stream in self._streams if isinstance(stream, AudioStream)), None)

    @property
    def pid(self) -> int:
        """This process."""
        return os.getpid()

    @property
    def has_audio(self) -> bool:
        """Whether the camera sends sound, requested or not."""
        return bool(self._container.streams.audio)

    def packets(self) -> Generator[Packet[Stream]]:
        """Yield packets until `stop` is set; SourceError if the source ends or fails.

        An empty packet ends each pass through a file, so that a decoder returns the pictures that it still holds.
        """
        while not self._stop.is_set():
            count, begin_s = 0, time.monotonic()
            for packet in self._read():
                if self._stop.is_set():
                    return
                count += packet.size > 0
                self._place_in_time(packet)
                yield packet
            if not count or not self._loops_left:
                raise failure_error(end_reason(self.path), self.path)
            self._loops_left -= self._loops_left > 0
            if count == 1 and self.options.socket_timeout_s is not None:
                self._pause_still(begin_s)
            self._rewind()

    def describe(self, found: StreamInfo) -> StreamInfo:
        """Add the notes from opening it to the properties that decoding has shown."""
        return replace(found, notes=(*self._notes, *found.notes))

    def close(self) -> None:
        """Close the connection or file; may be called twice."""
        self._container.close()

    def _open(self) -> InputContainer:
        self._active_s = time.monotonic()
        try:
            return av.open(
                self.path,
                "r",
                format=self.options.format,
                options=dict(self.options.container),
                timeout=(self._timeouts.open_s, self._timeouts.read_s),
            )
        except FFmpegError as err:
            raise opening_error(err, self.path, is_late=self._is_late(self._timeouts.open_s)) from err

    def _is_late(self, timeout_s: float) -> bool:
        """Return whether an error came so late that a timeout caused it, ours or the protocol's own."""
        own_s = self.options.socket_timeout_s or timeout_s
        return time.monotonic() - self._active_s > min(own_s, timeout_s) * 0.9

    def _pick_video(self) -> VideoStream:
        video = self._container.streams.best("video")
        if not isinstance(video, VideoStream):
            raise failure_error(NO_VIDEO, self.path)
        if video.codec_context is None:
            raise codec_error(self.path, video.codec_tag)
        return video

    def _pick_streams(self, has_audio: bool) -> list[Stream]:
        streams: list[Stream] = [self._video]
        if has_audio:
            streams.extend(self._container.streams.audio[:1])
        for stream in self._container.streams:
            if stream not in streams:
                stream.discard = Discard.all  # not even parsed
        return streams

    def _read(self) -> Iterator[Packet[Stream]]:
        """Yield the packets of one pass; invalid data is skipped."""
        demuxer = self._container.demux(self._streams)
        broken = 0
        while True:
            self._active_s = time.monotonic()
            try:
                packet = next(demuxer, None)
            except FFmpegError as err:
                broken += 1
                self.broken += 1
                is_late = self._is_late(self._timeouts.read_s)
                if not isinstance(err, InvalidDataError) or is_late or broken > _MAX_BROKEN_READS:
                    raise reading_error(err, self.path, is_late=is_late) from err
                demuxer = self._container.demux(self._streams)
                continue
            if packet is None:
                return
            broken = 0
            yield packet

    def _place_in_time(self, packet: Packet[Stream]) -> None:
        """Shift a repeated file's timestamps, and wait until the packet is due."""
        time_base = packet.time_base
        if not packet.size or not time_base or (moment := packet.dts if packet.dts is not None else packet.pts) is None:
            return
        time_s = float(moment * time_base)
        if self._first_s is None:
            self._first_s = time_s
        if self._offset_s:
            shift = round(self._offset_s / float(time_base))
            packet.pts = None if packet.pts is None else packet.pts + shift
            packet.dts = None if packet.dts is None else packet.dts + shift
            time_s += self._offset_s
        self._end_s = max(self._end_s, time_s + float((packet.duration or 0) * time_base))
        if self._pacer is not None:
            self._pacer.wait(time_s)

    def _pause_still(self, begin_s: float) -> None:
        """Fetch a still picture from a server no more often than needed."""
        self._stop.wait(max(1 / (self.options.fps or STILL_FPS) - (time.monotonic() - begin_s), 0.0))

    def _rewind(self) -> None:
        """Return to the start of a file; reopen it if it is not seekable."""
        self._offset_s = self._end_s - (self._first_s or 0.0)
        try:
            if self._container.format.name in _SOUGHT_BY_BYTE:
                self._container.seek(0, unsupported_byte_offset=True)
            else:
                self._container.seek(self._video.start_time or 0, stream=self._video)
        except FFmpegError:
            _LOGGER.debug("%s cannot seek, opening it again", redact_url(self.path))
            self._reopen()

    def _reopen(self) -> None:
        has_audio = len(self._streams) > 1
        self._container.close()
        self._container = self._open()
        self._video = self._pick_video()
        self._streams = self._pick_streams(has_audio)
