"""Joins segments into one clip, from the last key frame before its start to its end."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import av
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from ..errors import MediaError
from .clip_encoder import ClipEncoder
from .clips_output import ClipsOutput
from .file_names import temporary_path
from .files import delete_file
from .lanes import Abandoned
from .segment import INDEX_ONLY, Segment, container_format, copied_stream
from .sound_decoder import RAW_SOUND

_TOUCHING_S: Final = 1.0  # a gap between two segments up to this long is not a gap in the stream
_COPIES: Final = ClipEncoder(ClipsOutput())
_INTERLEAVED_S: Final = 1.5  # sound may follow pictures that are as much later: a fragment, and libav's own delay
_QUICK_START: Final = {"movflags": "faststart"}  # writes the file twice
_INDEX_BYTES: Final = 16_384  # of an MP4 file without packets
_PACKET_BYTES: Final = 48  # in its index at most: its size, place, times, and whether it is a key frame

type _Kind = tuple[object, ...]
"""What must be the same in all parts of a stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRange:
    """Start and end of a clip, in epoch seconds."""

    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AssembledClip(TimeRange):
    """The range that a clip really covers; problem says, for people, that it lacks its sound."""

    problem: str | None = None


def assemble(
    segments: Sequence[Segment],
    requested: TimeRange,
    path: Path,
    check: Callable[[], None] = lambda: None,
    encoder: ClipEncoder = _COPIES,
) -> AssembledClip:
    """Write the clip of a time range and return what it really covers; MediaError if it cannot be made.

    Blocks. The file appears complete or not at all. Segments that are still being written may be included. check is
    called with every packet and raises Abandoned to cancel.
    """
    formats = [found for segment in segments if (found := _read_format(segment, check)) is not None]
    matching = _most_common(formats, requested, lambda each: each.video)
    if not matching:
        raise MediaError("none of the cached video can be read")
    temporary = temporary_path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        clip = _write(_Plan(matching, requested, check), encoder, temporary)
        temporary.replace(path)
    except OSError as err:  # FFmpegError, too
        delete_file(temporary)
        raise MediaError(f"{path.name} cannot be written: {err.strerror}") from err
    except MediaError, Abandoned:
        delete_file(temporary)
        raise
    return clip


def matching_segments(
    segments: Sequence[Segment], requested: TimeRange, check: Callable[[], None] = lambda: None
) -> list[Segment]:
    """Return the segments that can be read and share the most common format of video; blocks."""
    formats = [found for segment in segments if (found := _read_format(segment, check)) is not None]
    return [each.segment for each in _most_common(formats, requested, lambda each: each.video)]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a clip is made of: segments whose video has one format."""

    formats: Sequence[_Format]
    requested: TimeRange
    check: Callable[[], None]

    @property
    def audible(self) -> Sequence[_Format]:
        """The segments that share the most common format of sound."""
        return _most_common(self.formats, self.requested, lambda each: each.sound)


def _write(plan: _Plan, encoder: ClipEncoder, path: Path) -> AssembledClip:
    """Copy the packets, and encode what cannot stay as it is; without sound if only that fails."""
    audible = plan.audible
    sound = audible[0].sound_codec if audible else None
    if not encoder.is_needed(sound):
        return _copy(plan, audible, path)
    copied = path.with_name(f"{path.name.removesuffix('.mp4.part')}.copied.mp4.part")
    try:
        clip = _copy(plan, audible, copied, container_format(has_raw_sound=sound == RAW_SOUND))
        encoder.encode(copied, path, plan.check)
    except MediaError as err:
        if encoder.encodes_video or not audible:
            raise
        return replace(_copy(plan, (), path), problem=f"it has no sound: {err}")
    finally:
        delete_file(copied)
    return clip


@dataclass(frozen=True, slots=True)
class _Format:
    """The formats of a segment's streams; sound is None if it has none. packets is their number, 0 if unknown."""

    segment: Segment
    video: _Kind
    sound: _Kind | None
    sound_codec: str | None
    packets: int


def _read_format(segment: Segment, check: Callable[[], None]) -> _Format | None:
    """Return the formats of a segment's streams; None if it cannot be read."""
    check()
    try:
        with av.open(str(segment.path), options=INDEX_ONLY) as container:
            video, audio = container.streams.video[0], next(iter(container.streams.audio), None)
            context = video.codec_context
            kind = context.name, context.width, context.height, context.extradata, video.time_base
            if audio is None:
                return _Format(segment, kind, None, None, video.frames)
            packets = video.frames + audio.frames if video.frames and audio.frames else 0
            return _Format(segment, kind, _sound_kind(audio), audio.codec_context.name, packets)
    except FFmpegError, IndexError:
        return None


def _sound_kind(audio: AudioStream) -> _Kind:
    context = audio.codec_context
    return context.name, context.extradata, context.sample_rate, context.channels, audio.time_base


def _most_common(
    formats: Sequence[_Format], requested: TimeRange, kind_of: Callable[[_Format], _Kind | None]
) -> list[_Format]:
    """Return the segments that share the format which covers most of the range."""
    kinds: dict[_Kind, list[_Format]] = {}
    for each in formats:
        if (kind := kind_of(each)) is not None:
            kinds.setdefault(kind, []).append(each)

    def seconds(group: list[_Format]) -> float:
        segments = [each.segment for each in group]
        return sum(min(each.end, requested.end) - max(each.start, requested.start) for each in segments)

    return max(kinds.values(), key=seconds, default=[])


def _copy(plan: _Plan, audible: Sequence[_Format], path: Path, form: str = "mp4") -> AssembledClip:
    heard = {each.segment.path for each in audible}
    with ExitStack() as stack:
        output = stack.enter_context(av.open(str(path), "w", format=form, options=_output_options(plan.formats)))
        clip = _Clip(output, plan.requested, plan.check)
        with av.open(str((audible or plan.formats)[0].segment.path), options=INDEX_ONLY) as container:
            clip.declare(container, has_sound=bool(audible))
        for each in plan.formats:
            try:
                source = av.open(str(each.segment.path), options=INDEX_ONLY)
            except FileNotFoundError:  # retention has deleted it meanwhile
                continue
            with source:
                clip.add(each.segment, source, has_sound=each.segment.path in heard)
            if clip.is_complete:
                break
        return clip.span()


def _output_options(formats: Sequence[_Format]) -> dict[str, str]:
    """Write the index at the beginning: into reserved space if its size is known."""
    if not all(each.packets for each in formats):
        return _QUICK_START
    return {"moov_size": str(_INDEX_BYTES + _PACKET_BYTES * sum(each.packets for each in formats))}


class _Clip:
    """The file being written. Times without a unit are epoch seconds."""

    def __init__(self, output: OutputContainer, requested: TimeRange, check: Callable[[], None]) -> None:
        self.is_complete = False
        self._check = check
        self._output = output
        self._requested = requested
        self._streams: dict[int, Stream] = {}
        self._last: dict[int, int] = {}  # decoding times, in ticks, by stream
        self._start: float | None = None  # when its first picture is decoded
        self._zero: float = 0.0  # when its first picture is shown
        self._end: float = 0.0

    def declare(self, container: InputContainer, *, has_sound: bool) -> None:
        """Use the stream formats of this segment."""
        sound = container.streams.audio[:1] if has_sound else ()
        streams: list[VideoStream | AudioStream] = [container.streams.video[0], *sound]
        for stream in streams:
            copied = copied_stream(self._output, stream)
            copied.time_base = stream.time_base
            self._streams[stream.index] = copied

    def add(self, segment: Segment, container: InputContainer, *, has_sound: bool) -> None:
        """Copy the part of a segment that belongs to the range; its sound only if it has the declared format."""
        part = _Part(segment, container)
        for packet in _readable(container):
            self._check()
            time = part.time(packet)
            if packet.stream_index != part.index:
                if has_sound and time < self._requested.end:
                    self._take_sound(part, packet)
            elif not self.is_complete:
                self._pick_video(part, packet)
            if self.is_complete and time > self._requested.end + _INTERLEAVED_S:
                return
        if self._start is None and part.end > self._requested.start:
            self._begin(part)

    def span(self) -> AssembledClip:
        """Return the range that the clip covers; MediaError if it is empty."""
        if self._start is None:
            raise MediaError("the cached video has no picture to start with")
        return AssembledClip(start=self._start, end=self._end)

    def _pick_video(self, part: _Part, packet: Packet[Stream]) -> None:
        """Hold what precedes the range since the last key frame, and copy what is in it."""
        if not part.is_placed:
            part.follow(packet, self._end if self._start is not None else None)
        time = part.time(packet)
        if time >= self._requested.end:
            if self._start is None:
                self._begin(part)
            self.is_complete = True
        elif self._start is None:
            if time >= self._requested.start and part.held:
                self._begin(part)
                self._mux_video(part, packet)
            else:
                part.hold(packet)
        else:
            part.is_used = True
            self._mux_video(part, packet)

    def _take_sound(self, part: _Part, packet: Packet[Stream]) -> None:
        if part.is_used:
            self._mux(part, packet)
        elif part.held:
            part.held.append(packet)

    def _begin(self, part: _Part) -> None:
        """Start with what was held; the first packet is a key frame."""
        if not part.held:
            return
        first = part.held[0]
        self._start = part.time(first)
        self._zero = self._start + part.delay_s(first)
        part.is_used = True
        for packet in part.held:
            if packet.stream_index == part.index:
                self._mux_video(part, packet)
            else:
                self._mux(part, packet)
        part.held.clear()

    def _mux_video(self, part: _Part, packet: Packet[Stream]) -> None:
        self._end = part.time(packet) + part.duration_s(packet)
        self._mux(part, packet)

    def _mux(self, part: _Part, packet: Packet[Stream]) -> None:
        stream = self._streams.get(packet.stream_index)
        if stream is None or packet.dts is None or packet.pts is None:
            return
        shift = round((part.zero - self._zero) / part.ticks_s[packet.stream_index])
        dts = packet.dts + shift
        last = self._last.get(packet.stream_index)
        if last is not None:
            dts = max(dts, last + 1)
        self._last[packet.stream_index] = dts
        packet.pts, packet.dts = max(packet.pts + shift, dts), dts
        packet.stream = stream
        self._output.mux_one(packet)


class _Part:
    """One segment as part of a clip; `zero` is the epoch time of its timestamp 0, `ticks_s` by stream."""

    def __init__(self, segment: Segment, container: InputContainer) -> None:
        self.index = container.streams.video[0].index
        self.ticks_s = {each.index: float(each.time_base or 1) for each in container.streams}
        self.zero = segment.start - segment.lead_s
        self.end = segment.start  # of what is held
        self.held: list[Packet[Stream]] = []
        self.is_placed = False
        self.is_used = False
        self._step_s = 0.0
        self._before: float | None = None

    def follow(self, first: Packet[Stream], end: float | None) -> None:
        """Continue where the previous segment ends, unless there is a gap."""
        self.is_placed = True
        if end is not None and self.time(first) - end < _TOUCHING_S:
            self.zero += end - self.time(first)

    def hold(self, packet: Packet[Stream]) -> None:
        """Keep a picture that may be needed; a key frame replaces those before it."""
        self.end = self.time(packet) + self.duration_s(packet)
        if packet.is_keyframe:
            self.held.clear()
        if packet.is_keyframe or self.held:
            self.held.append(packet)

    def time(self, packet: Packet[Stream]) -> float:
        """Return when a packet is decoded, in epoch seconds."""
        return self.zero + (packet.dts or 0) * self.ticks_s[packet.stream_index]

    def delay_s(self, packet: Packet[Stream]) -> float:
        """Return how much later a picture is shown than decoded."""
        return ((packet.pts or 0) - (packet.dts or 0)) * self.ticks_s[packet.stream_index]

    def duration_s(self, packet: Packet[Stream]) -> float:
        """Return how long a picture is shown: its own duration, or else that of the previous one."""
        time = self.time(packet)
        if self._before is not None:
            self._step_s = max(time - self._before, 0.0)
        self._before = time
        return (packet.duration or 0) * self.ticks_s[packet.stream_index] or self._step_s


def _readable(container: InputContainer) -> Iterator[Packet[Stream]]:
    """Yield packets up to the end, or to where the file was cut off."""
    try:
        for packet in container.demux():
            if packet.is_corrupt:
                return
            if packet.size:
                yield packet
    except FFmpegError:
        return
