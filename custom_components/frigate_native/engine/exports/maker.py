"""Makes the file of one export, and its picture."""

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import av
from av.error import FFmpegError
from PIL import Image

from ..disk import DiskSpace
from ..errors import MediaError
from ..frame import Frame
from ..geometry import Size
from ..media.assembly import assemble
from ..media.clip_encoder import ClipEncoder
from ..media.clips_output import ClipsOutput
from ..media.file_names import temporary_path
from ..pictures.compression import to_webp
from .job import Control, ExportJob
from .time_lapse import make_time_lapse

_LEAST_FREE: Final = 10**9  # bytes; on a small disk:
_LEAST_SHARE: Final = 0.05  # of its size, as for clips
_WORK_S: Final = 0.02  # measured: copying takes the interpreter's lock, and threads of cameras wait for it
_BREATH_S: Final = 0.01
_LOOK_S: Final = 0.5
_THUMBNAIL_LINES: Final = 180
_QUALITY: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """The size and length of a file, and what it lacks."""

    size: int
    seconds: float
    problem: str | None = None


def make_export(job: ExportJob, program: str, control: Control) -> Finished:
    """Write the file, which appears complete or not at all. Blocks; MediaError if it cannot be made.

    program is ffmpeg's name or path.
    """
    try:
        job.path.parent.mkdir(parents=True, exist_ok=True)
        _check_space(job.path.parent, job.size / job.speed)
    except OSError as err:
        raise MediaError(f"{job.path.parent} cannot be used: {err.strerror}") from err
    problem = None
    if job.speed == 1:
        encoder = ClipEncoder(ClipsOutput(), program)
        problem = assemble(job.segments, job.span, job.path, _Pace(job, control).step, encoder).problem
    else:
        make_time_lapse(job, program, control)
    return Finished(size=job.path.stat().st_size, seconds=_seconds(job.path), problem=problem)


def draw_thumbnail(video: Path, path: Path) -> None:
    """Write a picture of a film's middle as WebP; MediaError if that fails."""
    try:
        with av.open(str(video)) as container:
            container.seek((container.duration or 0) // 2)
            frame = next(container.decode(video=0))
        size = Size(round(frame.width * _THUMBNAIL_LINES / frame.height), _THUMBNAIL_LINES)
        picture = Image.fromarray(Frame(frame, 0.0, 0).to_rgb(size))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(to_webp(picture, _QUALITY))
    except (OSError, StopIteration, ValueError) as err:
        raise MediaError(f"{video.name} has no picture") from err


class _Pace:
    """Lets other threads work while packets are copied, and reports how much of the file is written."""

    def __init__(self, job: ExportJob, control: Control) -> None:
        self._path = temporary_path(job.path)
        self._size = max(job.size, 1.0)
        self._control = control
        self._breath_s = self._look_s = time.monotonic()

    def step(self) -> None:
        """Called with each packet."""
        now_s = time.monotonic()
        if now_s - self._breath_s < _WORK_S:
            return
        self._control.check()
        if now_s - self._look_s > _LOOK_S:
            self._look_s = now_s
            with suppress(OSError):
                self._control.report(min(self._path.stat().st_size / self._size, 1.0))
        self._control.pause(_BREATH_S)
        self._breath_s = time.monotonic()


def _check_space(folder: Path, size: float) -> None:
    disk = DiskSpace.of(folder)
    needed = size + min(_LEAST_FREE, disk.total * _LEAST_SHARE)
    if disk.free < needed:
        raise MediaError(f"the disk is too full: {disk.free / 1e6:.0f} MB are free, {needed / 1e6:.0f} MB are needed")


def _seconds(path: Path) -> float:
    try:
        with av.open(str(path)) as container:
            return float(container.duration or 0) / av.time_base
    except FFmpegError as err:
        raise MediaError(f"{path.name} cannot be read") from err
