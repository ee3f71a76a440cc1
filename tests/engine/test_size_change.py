"""A camera that changes the size of its pictures within a stream."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from av.video.frame import VideoFrame

from custom_components.frigate_native.engine.capture import read_frames
from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.detection import DetectorPool
from custom_components.frigate_native.engine.frame import Frame
from custom_components.frigate_native.engine.messages import EventMessage, EventType, Message
from custom_components.frigate_native.engine.motion import is_same_scene
from custom_components.frigate_native.engine.pipeline import Pipeline

FOOTAGE = Path(__file__).parents[1] / "footage" / "vtest.mp4"
SETTINGS = {
    "detectors": {"cpu": {"type": "cpu", "num_threads": 1}},
    "cameras": {
        "campus": {
            "ffmpeg": {"inputs": [{"path": str(FOOTAGE), "roles": ["detect"]}]},
            "fps": 10,
            "zones": {"left": {"coordinates": "0,0,0.5,0,0.5,1,0,1"}},
        }
    },
}


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DetectorPool]:
    config = config_from_mapping(SETTINGS, tmp_path_factory.mktemp("model"))
    pool = DetectorPool(config.detectors, config.model, lambda message: None)
    pool.start()
    yield pool
    pool.stop()


def resized(frame: Frame, width: int, height: int) -> Frame:
    picture = VideoFrame.from_ndarray(frame.to_rgb(), format="rgb24").reformat(width, height, format="yuv420p")
    return Frame(picture, frame.time, frame.index)


def test_objects_keep_their_identity_when_the_same_scene_is_scaled(pool: DetectorPool, tmp_path: Path) -> None:
    camera = config_from_mapping(SETTINGS, tmp_path).cameras["campus"]
    messages: list[Message] = []
    pipeline: Pipeline | None = None
    known: list[dict[str, tuple[float, ...]]] = []
    frames = read_frames(FOOTAGE)
    for frame in islice(frames, 90):
        shown = resized(frame, 1152, 864) if 40 <= frame.index < 60 else frame
        pipeline = pipeline or Pipeline(
            camera, shown.size, pool, on_message=messages.append, on_counts=lambda counts: None
        )
        assert pipeline.size == shown.size or pipeline.adapt(shown)
        pipeline.process(shown)
        width = shown.size.width
        known.append(
            {each.id: tuple(edge / width for edge in each.box) for each in pipeline.objects if not each.is_missing}
        )
    frames.close()

    for change in (40, 60):
        assert len(known[change - 1]) > 2
        for each, box in known[change - 1].items():
            assert known[change][each] == pytest.approx(box, abs=0.05)
    ended = [each for each in messages if isinstance(each, EventMessage) and each.type is EventType.END]
    assert not ended
    assert pipeline is not None
    latest = pipeline.latest()
    assert latest is not None
    assert max(x for x, _ in latest[1].zones[0].coordinates) == pytest.approx(384, abs=1)


def gray(values: np.ndarray, width: int, height: int) -> Frame:
    rgb = np.repeat(values.astype(np.uint8)[:, :, None], 3, axis=2)
    return Frame(VideoFrame.from_ndarray(rgb, format="rgb24").reformat(width, height, format="yuv420p"), 0.0, 0)


def test_another_scene_or_shape_is_not_the_same() -> None:
    first, other, turned = (frame for frame in islice(read_frames(FOOTAGE), 3))
    assert is_same_scene(first, resized(other, 384, 288))
    assert is_same_scene(first, resized(other, 352, 264))
    assert not is_same_scene(first, resized(turned, 512, 288))
    mirrored = gray(turned.luma[:, ::-1], 384, 288)
    assert not is_same_scene(first, mirrored)
    dark = gray(np.full((96, 160), 20), 160, 96)
    assert is_same_scene(dark, gray(np.full((48, 80), 21), 80, 48))
    assert not is_same_scene(dark, gray(np.full((48, 80), 120), 80, 48))
