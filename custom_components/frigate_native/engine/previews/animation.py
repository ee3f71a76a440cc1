"""Short films and moving pictures made of a preview."""

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Final

import av
from av.error import FFmpegError
from av.video.frame import VideoFrame
from PIL import Image

from ..errors import MediaError
from ..frame import Frame
from ..media.file_names import temporary_path
from .reading import TimedPicture

_SPEED: Final = 8.0
_SHORTEST_S: Final = 0.06
_LONGEST_S: Final = 0.5  # of a picture, however long nothing moved
_MOST: Final = 120  # pictures
_TICKS: Final = 1000
_COLORS: Final = 128
_ENCODE: Final = {"preset": "veryfast", "crf": "26", "profile": "baseline"}


class AnimationKind(StrEnum):
    """The file formats, by their suffixes."""

    GIF = "gif"
    MP4 = "mp4"


def write_animation(pictures: Sequence[TimedPicture], path: Path, kind: AnimationKind) -> None:
    """Write pictures one after the other, eight times as fast as they were taken. Blocks; MediaError if it fails."""
    chosen = pictures[:: max(-(-len(pictures) // _MOST), 1)]
    if not chosen:
        raise MediaError("there is no preview of that time")
    temporary = temporary_path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind is AnimationKind.GIF:
            _write_gif(chosen, temporary)
        else:
            _write_mp4(chosen, temporary)
        temporary.replace(path)
    except (OSError, FFmpegError, ValueError) as err:
        temporary.unlink(missing_ok=True)
        raise MediaError(f"the preview cannot be written: {err}") from err


def _durations(pictures: Sequence[TimedPicture]) -> list[float]:
    """Return for how long each picture is shown."""
    passed = [(after - before) / _SPEED for (before, _), (after, _) in pairwise(pictures)]
    return [min(max(seconds, _SHORTEST_S), _LONGEST_S) for seconds in (*passed, _LONGEST_S)]


def _write_gif(pictures: Sequence[TimedPicture], path: Path) -> None:
    images = [_image(time, picture) for time, picture in pictures]
    durations = [round(seconds * 1000) for seconds in _durations(pictures)]
    with path.open("wb") as file:
        images[0].save(file, "GIF", save_all=True, append_images=images[1:], duration=durations, loop=0)


def _image(time: float, picture: VideoFrame) -> Image.Image:
    image = Image.fromarray(Frame(picture, time, 0).to_rgb())
    return image.quantize(_COLORS, Image.Quantize.FASTOCTREE)  # 8 ms; with the usual method 50


def _write_mp4(pictures: Sequence[TimedPicture], path: Path) -> None:
    with av.open(str(path), "w", format="mp4", options={"movflags": "faststart"}) as output:
        stream = output.add_stream("libx264", rate=int(_SPEED), options=_ENCODE)
        first = pictures[0][1]
        stream.width, stream.height, stream.pix_fmt = first.width, first.height, "yuv420p"
        stream.codec_context.time_base = Fraction(1, _TICKS)
        shown_s = 0.0
        # The last picture comes twice, as a film ends when its last picture begins.
        for (_, picture), duration_s in zip((*pictures, pictures[-1]), (*_durations(pictures), 0.0), strict=True):
            scaled = picture.reformat(stream.width, stream.height, format="yuv420p")
            scaled.pts, scaled.time_base = round(shown_s * _TICKS), Fraction(1, _TICKS)
            scaled.pict_type = 0
            for packet in stream.encode(scaled):
                output.mux_one(packet)
            shown_s += duration_s
        for packet in stream.encode(None):
            output.mux_one(packet)
