"""Segments: files with a few seconds of one camera's video."""

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import av
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from .sound_decoder import RAW_SOUND, SoundDecoder

_LOGGER = logging.getLogger(__name__)

LEAD_S: Final = 1.0  # from a segment's timestamp 0 to its first picture, since sound may arrive later and be older
PLAYABLE_VIDEO: Final = frozenset({"h264", "hevc"})
"""Browsers play the first from MP4, and some the second."""
INDEX_ONLY: Final = {"probesize": "32", "skip_frame": "all"}
"""Options to open a segment for copying: its index says all, and decoding 1080p video takes 50 ms."""
_OPTIONS: Final = {
    "movflags": "empty_moov+default_base_moof+frag_keyframe+frag_discont+skip_trailer",
    "frag_duration": "1000000",  # us; what a power cut may lose
    "use_editlist": "0",  # with the next and frag_discont: times in the file are those of the packets
    "avoid_negative_ts": "disabled",
    "flush_packets": "1",
    "max_interleave_delta": "500000",  # us; missing sound delays pictures no longer than this
}


@dataclass(slots=True, kw_only=True)
class Segment:
    """One file: its video from start to end, in epoch seconds, as far as it is on disk. Its writer updates it.

    lead_s is how long after timestamp 0 its first picture is.
    """

    camera: str
    path: Path
    start: float
    end: float
    size: int = 0
    lead_s: float = LEAD_S


@dataclass(slots=True)
class _Memory:
    """A buffer that libav writes to."""

    parts: list[bytes] = field(default_factory=list)

    def write(self, data: bytes) -> int:
        """Called by libav."""
        self.parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        """Return and remove what was written since the last call."""
        data = b"".join(self.parts)
        self.parts.clear()
        return data


class SegmentMuxer:
    """Makes one segment in memory, as fragmented MP4 or QuickTime: every part it returns can be read at once.

    For the thread that reads the camera. The streams are only read in the constructor.
    """

    def __init__(
        self,
        video: VideoStream,
        audio: AudioStream | None,
        audio_config: bytes | None = None,
        decoder: SoundDecoder | None = None,
    ) -> None:
        """Prepare a file with these streams; FFmpegError or ValueError when it cannot hold them.

        audio_config is the AudioSpecificConfig of a stream that does not hold it. With a decoder, packets of sound hold
        what it returns.
        """
        self._memory = _Memory()
        self._container = av.open(
            self._memory, "w", format=container_format(has_raw_sound=decoder is not None), options=_OPTIONS
        )
        self._streams: dict[int, Stream] = {}
        try:
            self._add(video)
            if audio is not None and decoder is not None:
                raw = self._container.add_stream(RAW_SOUND, rate=decoder.rate, layout=decoder.layout)
                self._streams[audio.index] = raw
            elif audio is not None:
                self._add(audio)
                if audio_config is not None:
                    self._streams[audio.index].codec_context.extradata = audio_config
        except BaseException:
            self._container.close()
            raise

    def mux(self, packet: Packet[Stream], dts: int, pts: int, data: bytes | None = None) -> bytes:
        """Copy a packet with these times, in its own time base; return what is ready to be written, usually nothing.

        data replaces what the packet holds.
        """
        # Muxing changes a packet, and others use it too.
        copy: Packet[Stream] = Packet(bytes(packet) if data is None else data)
        copy.dts, copy.pts, copy.duration = dts, pts, packet.duration
        copy.time_base = packet.time_base
        copy.is_keyframe = packet.is_keyframe
        copy.stream = self._streams[packet.stream_index]
        if packet.has_sidedata("new_extradata"):
            copy.set_sidedata(packet.get_sidedata("new_extradata"))
        self._container.mux_one(copy)
        return self._memory.take()

    def close(self) -> bytes:
        """End the file; return the rest of it, or what there is when libav cannot end it."""
        try:
            self._container.close()
        except FFmpegError, ValueError:
            _LOGGER.debug("A segment was not ended properly", exc_info=True)
        return self._memory.take()

    def _add(self, stream: VideoStream | AudioStream) -> None:
        self._streams[stream.index] = copied_stream(self._container, stream)


def container_format(*, has_raw_sound: bool) -> str:
    """Return the format of a file with copied video: MP4, or QuickTime, which also holds decoded sound."""
    return "mov" if has_raw_sound else "mp4"


def copied_stream(container: OutputContainer, template: VideoStream | AudioStream) -> Stream:
    """Add a stream for copied packets of another one."""
    stream: VideoStream | AudioStream = container.add_stream_from_template(template, opaque=True)
    if template.codec_context.name == "hevc":
        stream.codec_context.codec_tag = "hvc1"  # Apple's players accept no other
    return stream
