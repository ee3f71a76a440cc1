"""Run one camera's whole path over a file, as fast as possible, without dropping frames."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import av

from custom_components.frigate_native.engine.capture import read_frames
from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.config.model import Config
from custom_components.frigate_native.engine.detection import DetectorPool
from custom_components.frigate_native.engine.frame import Rgb
from custom_components.frigate_native.engine.messages import EventMessage, EventType, Message
from custom_components.frigate_native.engine.pipeline import Pipeline

from .cpu import child_cpu_s, own_cpu_s
from .stages import Stages

_SATURATING_REQUESTS = 200
_REQUESTS_AT_ONCE = 4
_CAMERA = "benchmark"


@dataclass(frozen=True, kw_only=True)
class Setup:
    """The detector type, its runtime (None: the fastest available) and threads, and the tracked labels."""

    detector: str
    runtime: str | None
    threads: int
    labels: tuple[str, ...]


@dataclass(kw_only=True)
class _Tally:
    """A file's results."""

    frames: int = 0
    events: Counter[str] = field(default_factory=Counter)
    ids: set[str] = field(default_factory=set)

    def receive(self, message: Message) -> None:
        """Count ended events: every confirmed object has one."""
        if isinstance(message, EventMessage) and message.type is EventType.END:
            self.events[message.after.label] += 1


@dataclass(frozen=True, kw_only=True)
class _Spent:
    """CPU time, inference time and number of inferences since the detector started."""

    cpu_s: float
    inference_s: float
    inference_cpu_s: float
    inferences: int


def run_offline(video: Path, setup: Setup, boxes: TextIO | None) -> dict[str, Any]:
    """Return the figures of one file; `boxes` gets each frame's tracked objects as a JSON line."""
    stages = Stages()
    config = _config(video, setup)
    with _running_pool(config, setup) as pool:
        efficiency = _efficiency(pool)
        before, started = _spent(pool, setup), time.perf_counter()
        with stages.counted():
            tally = _process(video, config, pool, boxes, stages)
        wall_s = time.perf_counter() - started
        after = _spent(pool, setup)
    frames = max(tally.frames, 1)
    cpu_s = after.cpu_s - before.cpu_s
    inferences = after.inferences - before.inferences
    inference_s = after.inference_s - before.inference_s
    without_s = cpu_s - (after.inference_cpu_s - before.inference_cpu_s)
    return {
        "video": str(video),
        "frames": tally.frames,
        "wall_s": round(wall_s, 2),
        "cpu_s": round(cpu_s, 2),
        "cpu_ms_per_frame": round(cpu_s * 1000 / frames, 2),
        "inferences": inferences,
        "inferences_per_frame": round(inferences / frames, 2),
        "inference_ms": round(inference_s * 1000 / max(inferences, 1), 2),
        "cpu_ms_per_frame_without_inference": round(without_s * 1000 / frames, 2),
        "stages_cpu_ms_per_frame": {
            name: round(spent_s * 1000 / frames, 2) for name, spent_s in stages.spent_s.items()
        },
        "decode_cpu_ms_per_frame": round(_decode_cpu_s(video) * 1000 / frames, 2),
        "events": dict(tally.events),
        "tracked_ids": len(tally.ids),
        "detector_efficiency": round(efficiency, 3),
    }


def _config(video: Path, setup: Setup) -> Config:
    camera = {
        "ffmpeg": {"inputs": [{"path": str(video), "roles": ["detect"]}]},
        "objects": {"track": list(setup.labels)},
    }
    detector = {"type": setup.detector, "num_threads": setup.threads}
    data = {"detectors": {"benchmark": detector}, "cameras": {_CAMERA: camera}}
    return config_from_mapping(data, video.parent, {})


@contextmanager
def _running_pool(config: Config, setup: Setup) -> Iterator[DetectorPool]:
    pool = DetectorPool(config.detectors, config.model, lambda message: None, runtime=setup.runtime)
    pool.start()
    try:
        yield pool
    finally:
        pool.stop()


def _process(video: Path, config: Config, pool: DetectorPool, boxes: TextIO | None, stages: Stages) -> _Tally:
    tally = _Tally()
    pipeline: Pipeline | None = None
    for frame in stages.decoded(read_frames(video)):
        if pipeline is None or pipeline.size != frame.size:
            pipeline = Pipeline(
                config.cameras[_CAMERA],
                frame.size,
                pool,
                on_message=tally.receive,
                on_counts=lambda counts: None,
            )
        pipeline.process(frame)
        tally.frames += 1
        tally.ids.update(tracked.id for tracked in pipeline.objects)
        if boxes is not None:
            boxes.write(_boxes_line(frame.index, pipeline) + "\n")
    if pipeline is not None:
        pipeline.end()
    return tally


def _boxes_line(index: int, pipeline: Pipeline) -> str:
    """Return a frame's objects; the last member of each is false if its latest detection did not find it.

    Between two detections (above about five frames per second), an object counts as seen where it is expected.
    """
    objects = [
        [tracked.id, tracked.label, round(tracked.score, 4), list(tracked.box), not tracked.is_missing]
        for tracked in pipeline.objects
    ]
    return json.dumps({"frame": index, "objects": objects})


def _spent(pool: DetectorPool, setup: Setup) -> _Spent:
    children_s = sum(child_cpu_s(stats.pid) for stats in pool.stats().values())
    totals = pool.totals().values()
    inference_s = sum(total.inference_s for total in totals)
    return _Spent(
        cpu_s=own_cpu_s() + children_s,
        inference_s=inference_s,
        inference_cpu_s=min(inference_s * setup.threads, children_s),
        inferences=sum(total.inferences for total in totals),
    )


def _efficiency(pool: DetectorPool) -> float:
    """Return the model's own time by the time from submission to answer, with always a request waiting."""
    begin, started = _inference_s(pool), time.perf_counter()
    for _ in range(_SATURATING_REQUESTS // _REQUESTS_AT_ONCE):
        pool.detect([_gray] * _REQUESTS_AT_ONCE)
    return (_inference_s(pool) - begin) / (time.perf_counter() - started)


def _inference_s(pool: DetectorPool) -> float:
    return sum(total.inference_s for total in pool.totals().values())


def _gray(out: Rgb) -> None:
    out.fill(128)


def _decode_cpu_s(video: Path) -> float:
    """Return the CPU of decoding alone, in seconds: what no pipeline can do without."""
    begin = own_cpu_s()
    with av.open(str(video)) as container:
        stream = container.streams.video[0]
        stream.thread_count = 1
        for _ in container.decode(stream):
            pass
    return own_cpu_s() - begin
