"""Reads pictures from films of previews."""

from collections.abc import Iterator, Sequence

import av
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from .film_writer import readable
from .films import Film

type TimedPicture = tuple[float, VideoFrame]


def picture_times(films: Sequence[Film], start: float, end: float) -> list[float]:
    """Return when the pictures of a time range were taken; blocks."""
    times: list[float] = []
    for film in films:
        times += [time for time in _times(film) if start <= time <= end]
    return times


def pictures(films: Sequence[Film], start: float, end: float) -> Iterator[TimedPicture]:
    """Yield the pictures of a time range with their times, first the one that is shown when it begins. Blocks."""
    before: TimedPicture | None = None
    for film in films:
        for time, picture in _decoded(film, start, end):
            if time <= start:
                before = time, picture
                continue
            if before is not None:
                yield before
                before = None
            yield time, picture
    if before is not None:
        yield before


def _times(film: Film) -> list[float]:
    try:
        with av.open(str(film.path)) as container:
            packets = readable(container)
            return [film.start + _seconds(packet) for packet in packets]
    except FFmpegError, IndexError:  # it was deleted meanwhile, or has no picture yet
        return []


def _decoded(film: Film, start: float, end: float) -> Iterator[TimedPicture]:
    """Yield the pictures from the last one that is not after start, up to end."""
    try:
        with av.open(str(film.path)) as container:
            stream = container.streams.video[0]
            stream.codec_context.thread_count = 1
            group: list[Packet[Stream]] = []
            for packet in readable(container):
                time = film.start + _seconds(packet)
                if time > end:
                    break
                if packet.is_keyframe and time <= start:
                    group.clear()
                group.append(packet)
            yield from _decode(film, stream, group)
    except FFmpegError, IndexError:
        return


def _decode(film: Film, stream: VideoStream, packets: Sequence[Packet[Stream]]) -> Iterator[TimedPicture]:
    for packet in (*packets, None):
        for picture in stream.codec_context.decode(packet):
            yield film.start + (picture.time or 0.0), picture


def _seconds(packet: Packet[Stream]) -> float:
    return float((packet.pts or 0) * (packet.time_base or 0))
