"""The exhaustive search: a model over all tiles of every frame, kept in the user's cache."""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import batched
from pathlib import Path
from typing import Any, Final, NamedTuple

from custom_components.frigate_native.engine.capture import read_frames
from custom_components.frigate_native.engine.detection import DetectorPool
from custom_components.frigate_native.engine.errors import DetectorError
from custom_components.frigate_native.engine.frame import Frame
from custom_components.frigate_native.engine.geometry import Box, Size, clamp, iou
from custom_components.frigate_native.engine.objects import Detection
from custom_components.frigate_native.engine.region_detection.suppression import is_clipped

from .tiles import all_tiles
from .tracks import Sighting

_FORMAT: Final = 1  # of the cached file and the search: increase it when either changes
_MIN_SCORE: Final = 0.3  # the lowest score that detectors return
_SAME_IOU: Final = 0.5
_FRAMES_AT_ONCE: Final = 4
_SAY_EVERY: Final = 100  # frames


class Found(NamedTuple):
    """Everything that a model finds in a file: each frame's time in seconds and sightings."""

    times: list[float]
    sightings: list[list[Sighting]]


def cache_folder() -> Path:
    """Return the cache folder for results."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "frigate_native" / "evaluate"


def search(video: Path, pool: DetectorPool, model: Path, *, is_cached: bool) -> Found:
    """Return everything that a model finds in a file; the pool runs that model.

    is_cached: use the result of an earlier run for the same file and model, or store this one.
    """
    cached = cache_folder() / f"{_digest(video)}-{_digest(model)}-{_FORMAT}.json"
    if is_cached and cached.is_file():
        return _read(cached)
    found = _search(video, pool)
    if is_cached:
        cached.parent.mkdir(parents=True, exist_ok=True)
        _write(cached, found)
    return found


def _search(video: Path, pool: DetectorPool) -> Found:
    found = Found([], [])
    with ThreadPoolExecutor(2) as executor:
        for frames in batched(read_frames(video), _FRAMES_AT_ONCE, strict=False):
            found.sightings.extend(executor.map(partial(_search_frame, pool), frames))
            found.times.extend(frame.time for frame in frames)
            if len(found.times) % _SAY_EVERY < len(frames):
                print(f"{video.name}: {len(found.times)} frames searched for the reference", file=sys.stderr)
    return found


def _search_frame(pool: DetectorPool, frame: Frame) -> list[Sighting]:
    tiles = all_tiles(frame.size, max(pool.input_size))
    answers = pool.detect([partial(frame.crop_rgb, tile) for tile in tiles])
    detections: list[Detection] = []
    for tile, answer in zip(tiles, answers, strict=True):
        if answer is None:
            raise DetectorError("the detector does not answer")
        detections += [
            Detection(label=raw.label, score=raw.score, box=_in_frame(raw.box, tile, frame.size), region=tile)
            for raw in answer
            if raw.score >= _MIN_SCORE
        ]
    return _merged(found for found in detections if not is_clipped(found, frame.size))


def _in_frame(box: Sequence[float], tile: Box, size: Size) -> Box:
    left, top, side = tile[0], tile[1], tile[2] - tile[0]
    x1, y1, x2, y2 = (round(value * side) for value in box)
    return clamp((left + x1, top + y1, left + x2, top + y2), size)


def _merged(detections: Iterable[Detection]) -> list[Sighting]:
    kept: list[Sighting] = []
    for found in sorted(detections, key=lambda found: -found.score):
        if not any(found.label == other.label and iou(found.box, other.box) > _SAME_IOU for other in kept):
            kept.append(Sighting(label=found.label, score=found.score, box=found.box))
    return kept


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()[:16]


def _write(file: Path, found: Found) -> None:
    data = [
        [time, [[seen.label, round(seen.score, 4), seen.box] for seen in sightings]]
        for time, sightings in zip(found.times, found.sightings, strict=True)
    ]
    scratch = file.with_suffix(f".{os.getpid()}")
    scratch.write_text(json.dumps(data), encoding="utf-8")
    scratch.replace(file)


def _read(file: Path) -> Found:
    data: list[Any] = json.loads(file.read_text(encoding="utf-8"))
    return Found([float(time) for time, _ in data], [list(_sightings(rows)) for _, rows in data])


def _sightings(rows: Iterable[Any]) -> Iterator[Sighting]:
    for label, score, (x1, y1, x2, y2) in rows:
        yield Sighting(label=label, score=score, box=(x1, y1, x2, y2))
