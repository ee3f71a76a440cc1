"""Draw tracks: one frame, its boxes, and the paths of all objects."""

import colorsys
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

from custom_components.frigate_native.engine.capture import read_frames
from custom_components.frigate_native.engine.geometry import Box

from .tracks import Track

_MAX_WIDTH: Final = 960
_FINER: Final = 2  # drawn this many times larger, for smooth lines
_LINE: Final = 2  # pixels of the result
_MAX_BYTES: Final = 400_000
_BRIGHTNESS: Final = 0.7  # of the frame, so that lines are visible
_GOLDEN: Final = 0.618034  # hue step: neighbours differ as much as possible

type _Colour = tuple[int, int, int]


def draw(video: Path, tracks: Iterable[Track], file: Path) -> None:
    """Write a PNG of at most 400 kB: the frame with most of these tracks, their boxes and their paths."""
    tracks = sorted((track for track in tracks if track.certain), key=lambda track: min(track.certain))
    index = _busiest(tracks)
    frame = next((frame for frame in read_frames(video) if frame.index == index), None)
    if frame is None:
        return
    picture = Image.fromarray(frame.to_rgb()).point([round(value * _BRIGHTNESS) for value in range(256)] * 3)
    width = min(_MAX_WIDTH, frame.size.width)
    scale = width / frame.size.width
    height = round(frame.size.height * scale)
    picture = picture.resize((width * _FINER, height * _FINER), Image.Resampling.LANCZOS)
    pen = ImageDraw.Draw(picture)
    for number, track in enumerate(tracks):
        _draw_track(pen, track, index, scale * _FINER, _colour(number))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(_png(picture.resize((width, height), Image.Resampling.LANCZOS)))


def _busiest(tracks: Sequence[Track]) -> int:
    frames = sorted(frame for track in tracks for frame in track.certain)
    return max(dict.fromkeys(frames), key=frames.count, default=0)


def _draw_track(pen: ImageDraw.ImageDraw, track: Track, index: int, scale: float, colour: _Colour) -> None:
    """Draw an object's path, and its box if it is in the frame."""
    feet = [_feet(track.boxes[frame], scale) for frame in sorted(track.certain)]
    if len(feet) > 1:
        pen.line(feet, fill=colour, width=_LINE * _FINER, joint="curve")
    if index in track.certain:
        x1, y1, x2, y2 = (value * scale for value in track.boxes[index])
        pen.rectangle((x1, y1, x2, y2), outline=colour, width=_LINE * _FINER)


def _feet(box: Box, scale: float) -> tuple[float, float]:
    return (box[0] + box[2]) / 2 * scale, box[3] * scale


def _colour(number: int) -> _Colour:
    red, green, blue = colorsys.hsv_to_rgb(number * _GOLDEN % 1, 0.75, 1)
    return round(red * 255), round(green * 255), round(blue * 255)


def _png(picture: Image.Image) -> bytes:
    """Return the picture with as many colours as the size limit allows."""
    data = b""
    for colours in (256, 128, 64, 32):
        file = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        data = file.getvalue()
        if len(data) <= _MAX_BYTES:
            break
    return data
