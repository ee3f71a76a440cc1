"""Segments that tests make of small videos, as if a camera had sent them."""

import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import override

import av
from av.video.stream import VideoStream

from custom_components.frigate_native.engine.capture.arguments import InputOptions
from custom_components.frigate_native.engine.capture.source import Source
from custom_components.frigate_native.engine.concurrency import Clock
from custom_components.frigate_native.engine.config.model import InputConfig, Role
from custom_components.frigate_native.engine.errors import SourceError
from custom_components.frigate_native.engine.media.assembly import TimeRange
from custom_components.frigate_native.engine.media.clips_output import ClipsOutput
from custom_components.frigate_native.engine.media.segment import Segment
from custom_components.frigate_native.engine.media.segment_sink import SegmentSink
from custom_components.frigate_native.engine.media.segment_writer import Chunk
from tests.engine.builders import START
from tests.footage_clips import picture

SOUND = ClipsOutput(segment_s=2.0, has_audio=True)


class FakeClock(Clock):
    """A clock that tests set."""

    def __init__(self, time: float = START) -> None:
        self.time = time

    @override
    def now(self) -> float:
        return self.time

    @override
    def monotonic(self) -> float:
        return self.time - START


@dataclass
class Camera:
    """A sink and the files that its chunks become at once; `refuses` makes it a disk that is too slow."""

    folder: Path
    output: ClipsOutput = field(default_factory=lambda: ClipsOutput(segment_s=2.0))
    clock: FakeClock = field(default_factory=FakeClock)
    segments: list[Segment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    offered: list[Chunk] = field(default_factory=list)
    refuses: bool = False
    is_enabled: bool = True

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        self.sink = SegmentSink(
            "back",
            self.folder,
            self.output,
            offer=self.offer,
            is_enabled=lambda: self.is_enabled,
            on_problem=self.problems.append,
            clock=self.clock,
        )

    def offer(self, chunk: Chunk) -> bool:
        self.offered.append(chunk)
        if self.refuses:
            return False
        if chunk.data:
            if chunk.segment not in self.segments:
                self.segments.append(chunk.segment)
            with chunk.segment.path.open("ab") as file:
                file.write(chunk.data)
            chunk.segment.size += len(chunk.data)
            chunk.segment.end = chunk.end
        return True

    def play(self, video: Path, *, begin: float = START, late_s: float = 0.0, most: int = 10_000) -> None:
        """Connect at this time and send the video in real time, each packet late by as much."""
        source = open_source(video)
        self.sink.begin(source)
        try:
            for count, packet in enumerate(source.packets()):
                if count >= most:
                    break
                moment = packet.dts if packet.dts is not None else packet.pts
                if moment is not None and packet.time_base is not None:
                    self.clock.time = begin + float(moment * packet.time_base) + late_s
                self.sink.take(packet)
        except SourceError:
            pass
        self.sink.end()
        source.close()


def open_source(video: Path) -> Source:
    """Open a video as a camera's input."""
    source = InputConfig(path=str(video), roles=frozenset({Role.CLIPS}))
    return Source(source, InputOptions.from_input(source), threading.Event(), has_audio=True)


def grays(path: Path) -> list[int]:
    """Return how bright each picture of a video is, at its lower left."""
    return [gray for _, gray in timed_grays(path)]


def timed_grays(path: Path) -> Iterator[tuple[float, int]]:
    """Yield the time and the brightness of each picture."""
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            assert frame.time is not None
            yield frame.time, int(frame.to_ndarray(format="gray")[80, 10])


def write_sound(path: Path, *words: str) -> Path:
    """Write 8 s of video with sound, AAC by default, 10 pictures and one key frame a second."""
    inputs = ["-f", "lavfi", "-i", "testsrc=r=10:s=160x96:d=8", "-f", "lavfi", "-i", "sine=d=8"]
    codecs = ["-c:v", "libx264", "-g", "10", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    subprocess.run(["ffmpeg", "-v", "error", *inputs, *codecs, *words, str(path)], check=True)
    return path


def sound_times(path: Path) -> Iterator[float]:
    """Yield when each packet of sound is heard."""
    with av.open(str(path)) as container:
        for packet in container.demux(audio=0):
            if packet.size and packet.pts is not None and packet.time_base is not None:
                yield float(packet.pts * packet.time_base)


def complaints(path: Path) -> str:
    """Return what ffmpeg says about a file's pictures and sound."""
    words = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "null", "-"]
    return subprocess.run(words, capture_output=True, check=True, text=True).stderr


def span(start_s: float, end_s: float) -> TimeRange:
    return TimeRange(start=START + start_s, end=START + end_s)


def write_steady(path: Path, count: int, *, codec: str = "libx264", b_frames: int = 0, width: int = 160) -> Path:
    """Write a video of 10 pictures a second, each a little brighter, with a key frame each second and no others."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=10, options=_ENCODER[codec] | {"bf": str(b_frames)})
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, 96, "yuv420p"
        for index in range(count):
            container.mux(stream.encode(picture(40 + index, (width, 96))))
        container.mux(stream.encode(None))
    return path


_ENCODER = {
    "libx264": {"g": "10", "sc_threshold": "0"},
    "libx265": {"x265-params": "keyint=10:min-keyint=10:scenecut=0:open-gop=0:log-level=none"},
}
