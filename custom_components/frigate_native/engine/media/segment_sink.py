"""Cuts an input's packets into segments."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, override

from av.audio.stream import AudioStream
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from ..capture.packet_sink import PacketSink
from ..capture.source import PacketSource
from ..concurrency import Clock
from .adts import AdtsPacket, needs_conversion, probed_config, read_adts
from .clips_output import ClipsOutput
from .file_names import segment_name
from .segment import LEAD_S, PLAYABLE_VIDEO, Segment, SegmentMuxer
from .segment_writer import Chunk
from .sound_decoder import SoundDecoder
from .timeline import Track, WallClock

_LOGGER = logging.getLogger(__name__)

_AUDIO: Final = frozenset({"aac", "mp3", "opus"})
_MAX_REFUSED: Final = 3  # in a segment, then without sound: refused packets delay those behind them


@dataclass(slots=True)
class _Open:
    """The segment being written: base_s is the stream's time at its start, end that of its newest picture (epoch)."""

    segment: Segment
    muxer: SegmentMuxer
    base_s: float
    end: float
    audio_config: bytes | None = None
    has_file: bool = False  # at least one part has been accepted
    refused: int = 0  # packets that libav refused


class SegmentSink(PacketSink):
    """Copies packets into segments cut at key frames, in the thread that reads the camera, without blocking it.

    Finished parts go to `offer`, which returns whether it accepts them. After a refusal, the next key frame starts a
    new segment.
    """

    def __init__(
        self,
        camera: str,
        folder: Path,
        output: ClipsOutput,
        *,
        offer: Callable[[Chunk], bool],
        is_enabled: Callable[[], bool],
        on_problem: Callable[[str], None],
        clock: Clock,
    ) -> None:
        """Prepare. on_problem gets a text for people on why nothing can be cached; while not is_enabled, nothing is."""
        self._camera = camera
        self._folder = folder
        self._output = output
        self._offer = offer
        self._is_enabled = is_enabled
        self._on_problem = on_problem
        self._clock = clock
        self._streams: tuple[VideoStream, AudioStream | None] | None = None
        self._video: Track | None = None
        self._audio: Track | None = None
        self._decoder: SoundDecoder | None = None
        self._is_aac = False
        self._is_adts = False  # without a configuration of the stream
        self._audio_config: bytes | None = None  # of ADTS, as far as it is known
        self._wall = WallClock()
        self._open: _Open | None = None
        self._logged: set[str] = set()

    @override
    def begin(self, source: PacketSource) -> None:
        """Start with the streams of a new connection."""
        codec = source.video.codec_context.name
        self._wall.restart()
        if codec not in PLAYABLE_VIDEO and self._output.video_encoder is None:
            mend = "set the camera to H.264 or H.265, or add -c:v libx264 to output_args.clips"
            self._log_once(f"{codec} video cannot be copied into clips; {mend}")
            return
        audio = self._pick_audio(source.audio) if self._output.has_audio else None
        self._streams = source.video, audio
        self._is_aac = audio is not None and audio.codec_context.name == "aac"
        self._is_adts = audio is not None and needs_conversion(audio)
        self._audio_config = probed_config(audio) if audio is not None and self._is_adts else None
        self._video = Track(source.video)
        self._audio = Track(audio) if audio is not None else None

    def _pick_audio(self, audio: AudioStream | None) -> AudioStream | None:
        """Return the sound that clips can have, and prepare to decode it if it cannot be copied."""
        self._decoder = None
        if audio is None or audio.codec_context is None:
            return None
        if audio.codec_context.name not in _AUDIO:
            try:
                self._decoder = SoundDecoder(audio)
            except ValueError as err:
                self._log_once(f"clips have no sound: {err}")
                return None
        return audio

    @override
    def take(self, packet: Packet[Stream]) -> None:
        """Copy one packet."""
        if self._video is None or not packet.size:
            return
        if not self._is_enabled():
            self._close()
            return
        if packet.stream_index == self._video.index:
            self._take_video(self._video, packet)
        elif self._audio is not None and self._open is not None and packet.stream_index == self._audio.index:
            self._take_audio(self._open, packet, self._audio)

    @override
    def end(self) -> None:
        """Close the current segment; the connection has ended."""
        self._close()
        self._streams = self._video = self._audio = None

    def _take_video(self, track: Track, packet: Packet[Stream]) -> None:
        if not track.follows(packet):
            self._close()
            self._wall.restart()
            track.restart()
            if self._audio is not None:
                self._audio.restart()
        if packet.is_keyframe and (self._open is None or self._is_due(self._open, packet, track)):
            self._close()
            self._begin_segment(track, packet)
        if self._open is not None:
            self._mux(self._open, packet, track)

    def _take_audio(self, current: _Open, packet: Packet[Stream], track: Track) -> None:
        if current.refused > _MAX_REFUSED:
            return
        if self._decoder is not None:
            self._decode(current, packet, track, self._decoder)
            return
        if not self._is_aac:
            self._mux(current, packet, track)
            return
        sound = read_adts(bytes(packet))
        if sound is not None:
            self._take_adts(current, packet, track, sound)
        elif self._is_adts:
            self._log_once("clips lack some sound: its AAC has no readable ADTS header")
        else:
            self._mux(current, packet, track)

    def _decode(self, current: _Open, packet: Packet[Stream], track: Track, decoder: SoundDecoder) -> None:
        try:
            data = decoder.decode(packet)
        except FFmpegError as err:
            self._log_once(f"clips lack some sound that cannot be decoded: {err}")
            return
        if data:
            self._mux(current, packet, track, data)

    def _take_adts(self, current: _Open, packet: Packet[Stream], track: Track, sound: AdtsPacket) -> None:
        """Copy sound without its header, which some cameras send although the stream has a configuration."""
        if self._is_adts:
            self._audio_config = sound.config
        if not self._is_adts or current.audio_config == sound.config:
            self._mux(current, packet, track, sound.data)

    def _is_due(self, current: _Open, packet: Packet[Stream], track: Track) -> bool:
        moment = packet.dts if packet.dts is not None else packet.pts
        is_long = moment is not None and moment * track.tick_s - current.base_s >= self._output.segment_s - 0.05
        return is_long or self._wall.is_wrong or packet.has_sidedata("new_extradata")

    def _begin_segment(self, track: Track, packet: Packet[Stream]) -> None:
        now = self._clock.now()
        moment = packet.dts if packet.dts is not None else packet.pts
        base_s = now if moment is None else moment * track.tick_s
        self._wall.see(base_s, now)
        self._wall.begin_segment()
        start = self._wall.time(base_s)
        try:
            muxer = self._new_muxer()
        except (FFmpegError, ValueError) as err:
            self._log_once(f"this stream cannot be copied into clips: {err}")
            return
        path = self._folder / segment_name(self._camera, start)
        segment = Segment(camera=self._camera, path=path, start=start, end=start)
        self._open = _Open(segment, muxer, base_s, start, self._audio_config)

    def _new_muxer(self) -> SegmentMuxer:
        assert self._streams is not None
        video, audio = self._streams
        if self._is_adts and self._audio_config is None:  # known after the first sound; the next segment has it
            audio = None
        return SegmentMuxer(video, audio, self._audio_config, self._decoder)

    def _mux(self, current: _Open, packet: Packet[Stream], track: Track, data: bytes | None = None) -> None:
        now = self._clock.now()
        dts, pts = track.times(packet, now)
        shift = round((LEAD_S - current.base_s) / track.tick_s)
        if dts + shift < 0:
            return
        ready = b""
        try:
            ready = current.muxer.mux(packet, dts + shift, pts + shift, data)
        except (FFmpegError, ValueError) as err:  # libav interleaves: it may refuse a packet given earlier
            current.refused += 1
            what = "some sound or pictures" if self._audio is not None else "a picture"
            self._log_once(f"clips lack {what} that cannot be written: {err}")
        if ready and not self._is_accepted(current, ready):
            self._abandon(current)
        if track is self._video:
            self._wall.see(dts * track.tick_s, now)
            current.end = self._wall.time(dts * track.tick_s + (packet.duration or 0) * track.tick_s)

    def _is_accepted(self, current: _Open, data: bytes) -> bool:
        is_accepted = self._offer(Chunk(current.segment, data, current.end))
        current.has_file = current.has_file or is_accepted
        return is_accepted

    def _abandon(self, current: _Open) -> None:
        """Give up a segment whose next part was refused: anything after the gap would be unreadable."""
        self._open = None
        current.muxer.close()
        if current.has_file:  # otherwise there is no file to close
            self._offer(Chunk(current.segment, b"", current.segment.end, is_last=True))

    def _close(self) -> None:
        current, self._open = self._open, None
        if current is not None:
            self._offer(Chunk(current.segment, current.muxer.close(), current.end, is_last=True))

    def _log_once(self, text: str) -> None:
        self._on_problem(text)
        if text not in self._logged:
            self._logged.add(text)
            _LOGGER.warning("Camera %s: %s", self._camera, text)
