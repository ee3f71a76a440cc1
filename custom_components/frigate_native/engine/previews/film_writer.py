"""Writes a film of a preview while its hour lasts."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream

from ..config.model import PreviewQuality
from ..errors import MediaError
from ..frame import Frame
from ..geometry import Size
from ..media.file_names import temporary_path
from ..media.segment import copied_stream
from .films import Film, PreviewFolder, hour_end

_SIDE: Final = 180  # the shorter side
_TICKS: Final = 1000  # per second
_KEY_FRAMES: Final = "40"  # pictures from one to the next, as in Frigate
_FACTORS: Final = {  # x264's constant rate factor
    PreviewQuality.VERY_LOW: "36",
    PreviewQuality.LOW: "33",
    PreviewQuality.MEDIUM: "30",
    PreviewQuality.HIGH: "27",
    PreviewQuality.VERY_HIGH: "24",
}
_READABLE: Final = {  # every picture can be read as soon as the next one is there
    "movflags": "empty_moov+default_base_moof+frag_every_frame",
    "flush_packets": "1",
}


class FilmWriter:
    """One film of a camera. For one thread; OSError (FFmpegError, too) if it cannot be written."""

    def __init__(self, folder: PreviewFolder, camera: str, first: Frame, quality: PreviewQuality) -> None:
        """Begin a film with this picture."""
        self._folder = folder
        self._camera = camera
        self.size = first.size
        self.start = self.end = round(first.time, 3)
        self._path = folder.unfinished_path(camera, self.start)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._small = small_size(first.size)
        self._output = av.open(str(self._path), "w", format="mp4", options=_READABLE)
        try:
            self._stream = self._output.add_stream("libx264", rate=1, options=_options(quality))
            self._stream.width, self._stream.height = self._small
            self._stream.pix_fmt = "yuv420p"
            self._stream.codec_context.time_base = Fraction(1, _TICKS)
            self._stream.codec_context.thread_count = 1
            self.add(first)
        except BaseException:
            self._output.close()
            raise

    def fits(self, frame: Frame) -> bool:
        """Return whether a picture continues this film: of the same size, later, and in the same hour."""
        is_later = frame.time > self.end or frame.time == self.start
        return frame.size == self.size and is_later and frame.time < hour_end(self.start)

    def add(self, frame: Frame) -> None:
        """Encode a picture."""
        picture = frame.scaled(self._small)
        picture.pts = round((frame.time - self.start) * _TICKS)
        picture.time_base = Fraction(1, _TICKS)
        picture.pict_type = 0  # the encoder decides
        for packet in self._stream.encode(picture):
            self._output.mux_one(packet)
        self.end = round(frame.time, 3)

    def finish(self) -> Film | None:
        """End the film and make it one that browsers seek in; None if it has no picture."""
        self.close()
        return finish_film(self._folder, Film(camera=self._camera, path=self._path, start=self.start, end=self.end))

    def close(self) -> None:
        """End the file as it is."""
        try:
            for packet in self._stream.encode(None):
                self._output.mux_one(packet)
        finally:
            self._output.close()


def finish_film(folder: PreviewFolder, unfinished: Film) -> Film | None:
    """Replace an unfinished film by a finished one, or delete it if it has no picture. Blocks."""
    temporary = temporary_path(unfinished.path.with_name("finished.mp4"))
    try:
        last_s = _remux(unfinished.path, temporary)
    except (FFmpegError, IndexError) as err:
        temporary.unlink(missing_ok=True)
        if isinstance(err, OSError) and err.strerror and "No space" in err.strerror:
            raise
        last_s = None
    if last_s is None:
        unfinished.path.unlink(missing_ok=True)
        return None
    end = round(unfinished.start + last_s, 3)
    path = folder.finished_path(unfinished.camera, unfinished.start, end)
    temporary.replace(path)
    unfinished.path.unlink(missing_ok=True)
    return Film(camera=unfinished.camera, path=path, start=unfinished.start, end=end)


def _remux(source: Path, target: Path) -> float | None:
    """Copy a film into a file with an index at its beginning; return the time of its last picture."""
    last: float | None = None
    with (
        av.open(str(source)) as container,
        av.open(str(target), "w", format="mp4", options={"movflags": "faststart"}) as output,
    ):
        stream = container.streams.video[0]
        copied = copied_stream(output, stream)
        for packet in readable(container):
            last = float(packet.pts * packet.time_base) if packet.pts is not None and packet.time_base else last
            packet.stream = copied
            output.mux_one(packet)
    return last


def readable(container: InputContainer) -> Iterator[Packet[Stream]]:
    """Yield the packets of a film up to where it is written."""
    try:
        for packet in container.demux():
            if packet.size and packet.pts is not None and not packet.is_corrupt:
                yield packet
    except FFmpegError:
        return


def small_size(size: Size) -> Size:
    """Return the size of a film's pictures."""
    scale = min(_SIDE / min(size), 1.0)
    return Size(*(max(int(side * scale / 2 + 0.5) * 2, 2) for side in size))  # the encoder takes even sides only


def check_encoder() -> None:
    """Raise MediaError if PyAV cannot encode films."""
    try:
        av.Codec("libx264", "w")
    except (FFmpegError, ValueError) as err:
        raise MediaError("there is no H.264 encoder (libx264)") from err


def _options(quality: PreviewQuality) -> dict[str, str]:
    return {
        "preset": "veryfast",
        "tune": "zerolatency",
        "profile": "baseline",
        "crf": _FACTORS[quality],
        "g": _KEY_FRAMES,
    }
