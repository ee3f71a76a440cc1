"""Measure how several detectors share a queue with several cameras: how much faster two are than one."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import av

from custom_components.frigate_native.engine.config.model import DetectorConfig, DetectorType, ModelConfig
from custom_components.frigate_native.engine.detection import DetectorPool
from custom_components.frigate_native.engine.frame import Frame, Rgb

_CAMERAS = 4
_REGIONS_A_FRAME = 3
_FRAMES = 40
_ROUNDS = 5


@dataclass(frozen=True, kw_only=True)
class _Run:
    """One run's results."""

    detectors: int
    inferences_s: float
    efficiency: float  # share of the detectors' time that was inference
    start_s: float
    resident_mb: float  # of the largest detector

    def to_payload(self) -> dict[str, Any]:
        return {
            "inferences_s": round(self.inferences_s, 1),
            "efficiency": round(self.efficiency, 3),
            "start_s": round(self.start_s, 2),
            "resident_mb": round(self.resident_mb),
        }


def run_pools(video: Path, maximum: int, seconds: float, *, runtime: str | None, threads: int) -> dict[str, Any]:
    """Return the figures of one to `maximum` CPU detectors, and how much faster the maximum is than one.

    Numbers of detectors alternate, and the best round of each counts: other load only slows things down.
    """
    rounds = [
        [_run(video, count, seconds / _ROUNDS, runtime, threads) for count in range(1, maximum + 1)]
        for _ in range(_ROUNDS)
    ]
    best = (max(same, key=lambda run: run.inferences_s) for same in zip(*rounds, strict=True))
    runs = {run.detectors: run for run in best}
    scaling = runs[maximum].inferences_s / runs[1].inferences_s
    return {
        "video": video.name,
        "detectors": {count: run.to_payload() for count, run in runs.items()},
        "scaling": round(scaling, 2),
    }


def _run(video: Path, count: int, seconds: float, runtime: str | None, threads: int) -> _Run:
    configs = [DetectorConfig(name=f"cpu{n}", type=DetectorType.CPU, num_threads=threads) for n in range(count)]
    pool = DetectorPool(configs, ModelConfig(), lambda _message: None, runtime=runtime)
    cameras = [list(_fills(video, shift)) for shift in range(_CAMERAS)]
    begin = time.monotonic()
    pool.start()
    start_s = time.monotonic() - begin
    try:
        _request(pool, cameras, 1.0)
        before = _totals(pool)
        begin = time.monotonic()
        _request(pool, cameras, seconds)
        wall_s = time.monotonic() - begin
        done, busy_s = (after - first for after, first in zip(_totals(pool), before, strict=True))
        resident_mb = max(_resident_mb(stats.pid) for stats in pool.stats().values())
    finally:
        pool.stop()
    return _Run(
        detectors=count,
        inferences_s=done / wall_s,
        efficiency=busy_s / wall_s / count,
        start_s=start_s,
        resident_mb=resident_mb,
    )


def _request(pool: DetectorPool, cameras: list[list[Callable[[Rgb], None]]], seconds: float) -> None:
    """Let every camera request its regions, frame by frame, without pauses."""
    until = time.monotonic() + seconds

    def watch(fills: list[Callable[[Rgb], None]]) -> None:
        regions = cycle(fills)
        while time.monotonic() < until:
            pool.detect(list(islice(regions, _REGIONS_A_FRAME)))

    threads = [threading.Thread(target=watch, args=(fills,)) for fills in cameras]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _fills(video: Path, shift: int) -> Iterator[Callable[[Rgb], None]]:
    """Yield functions that crop and scale regions of 300 to 480 pixels, as a camera does."""
    with av.open(str(video)) as container:
        for index, picture in enumerate(islice(container.decode(video=0), _FRAMES)):
            frame = Frame(picture, 0.0, index)
            side = min(300 + 60 * (index % 4), picture.width, picture.height)
            left = (picture.width - side) * ((index + shift) % 5) // 4
            top = (picture.height - side) * ((index + shift) % 3) // 2
            yield partial(frame.crop_rgb, (left, top, left + side, top + side))


def _totals(pool: DetectorPool) -> tuple[float, float]:
    totals = pool.totals().values()
    return sum(each.inferences for each in totals), sum(each.inference_s for each in totals)


def _resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
