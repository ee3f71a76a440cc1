"""Reads every frame of a file, for the benchmark and tests."""

import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final

from av.packet import Packet
from av.stream import Stream
from av.video.frame import VideoFrame

from ..concurrency import SystemClock
from ..config.model import Arguments, InputConfig, Role
from ..errors import SourceError, SourceProblem
from ..frame import Frame
from .aspect import with_square_pixels
from .decoder import Decoder
from .detect_input import DetectInput
from .pacing import Pacer
from .source import PacketSource
from .source_opener import SourceOpener

BASE_TIME: Final = 1_600_000_000.0  # time of a file's first frame; fixed so that runs are comparable


def read_frames(
    source: InputConfig | Path | str,
    *,
    detect_args: Arguments = (),
    realtime: bool = False,
    base_time: float = BASE_TIME,
) -> Generator[Frame]:
    """Yield all frames of a file without dropping any, as fast as the caller takes them or in real time.

    frame.time is base_time plus the seconds since the first frame; frame.index counts from 0. detect_args are ffmpeg
    arguments for the detect output. SourceError if the file cannot be read. To close the file early, close the
    generator.
    """
    if not isinstance(source, InputConfig):
        source = InputConfig(path=str(source), roles=frozenset({Role.DETECT}))
    stop = threading.Event()
    pacer = Pacer(stop, SystemClock()) if realtime else None
    opened = SourceOpener(DetectInput(source=source, detect_args=detect_args)).open(stop)
    try:
        for frame in _frames(opened, base_time):
            if pacer is not None:
                pacer.wait(frame.time)
            yield frame
    finally:
        stop.set()
        opened.close()


def _frames(source: PacketSource, base_time: float) -> Iterator[Frame]:
    first_s: float | None = None
    for index, picture in enumerate(_pictures(source)):
        time_s = picture.time or 0.0
        first_s = time_s if first_s is None else first_s
        yield Frame(picture, base_time + time_s - first_s, index)


def _pictures(source: PacketSource) -> Iterator[VideoFrame]:
    decoder = Decoder(source.video, source.options)
    for packet in _all_packets(source):
        for picture in decoder.decode(packet):
            yield with_square_pixels(picture, decoder.aspect)


def _all_packets(source: PacketSource) -> Iterator[Packet[Stream]]:
    try:
        yield from source.packets()
    except SourceError as err:
        if err.problem is not SourceProblem.ENDED:
            raise
