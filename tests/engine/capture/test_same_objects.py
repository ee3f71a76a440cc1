"""Both ways of decoding lead to the same objects."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from custom_components.frigate_native.engine.capture import read_frames
from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.config.model import Arguments
from custom_components.frigate_native.engine.detection import DetectorPool
from custom_components.frigate_native.engine.geometry import Box, iou
from custom_components.frigate_native.engine.pipeline import Pipeline

FOOTAGE = Path(__file__).parents[2] / "footage" / "vtest.mp4"
FRAMES = 100
BY_FFMPEG: Arguments = ("-vf", "null", "-f", "rawvideo", "-pix_fmt", "yuv420p")

type Persons = list[list[Box]]  # of each frame


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DetectorPool]:
    config = config_from_mapping(_settings(), tmp_path_factory.mktemp("model"))
    pool = DetectorPool(config.detectors, config.model, lambda message: None)
    pool.start()
    yield pool
    pool.stop()


def _settings() -> dict[str, object]:
    source = {"path": str(FOOTAGE), "roles": ["detect"]}
    return {
        "detectors": {"cpu": {"type": "cpu", "num_threads": 1}},
        "cameras": {"campus": {"ffmpeg": {"inputs": [source]}, "fps": 10}},
    }


def _persons(pool: DetectorPool, directory: Path, detect_args: Arguments) -> Persons:
    """Return the boxes of the tracked persons per frame, through all stages."""
    camera = config_from_mapping(_settings(), directory).cameras["campus"]
    found: Persons = []
    pipeline: Pipeline | None = None
    frames = read_frames(FOOTAGE, detect_args=detect_args)
    for frame in islice(frames, FRAMES):
        pipeline = pipeline or Pipeline(
            camera, frame.size, pool, on_message=lambda message: None, on_counts=lambda counts: None
        )
        pipeline.process(frame)
        found.append([tracked.box for tracked in pipeline.objects])
    frames.close()
    return found


def test_pyav_and_ffmpeg_decode_the_same_pictures_at_the_same_times() -> None:
    ours, theirs = read_frames(FOOTAGE), read_frames(FOOTAGE, detect_args=BY_FFMPEG)
    count = 0
    for one, other in islice(zip(ours, theirs, strict=True), FRAMES):
        assert one.index == other.index
        assert one.time == pytest.approx(other.time, abs=0.002)
        assert np.array_equal(one.luma, other.luma)
        count += 1
    ours.close()
    theirs.close()
    assert count == FRAMES


def test_pyav_and_ffmpeg_find_the_same_persons(pool: DetectorPool, tmp_path: Path) -> None:
    ours, theirs = (_persons(pool, tmp_path, arguments) for arguments in ((), BY_FFMPEG))

    assert len(ours) == len(theirs) == FRAMES
    assert sum(map(len, ours)) > FRAMES  # every picture shows a person
    for one, other in zip(ours, theirs, strict=True):
        assert len(one) == len(other)
        for box in one:
            assert max(iou(box, candidate) for candidate in other) > 0.95
