"""Measure the CPU time of each stage in the camera's thread."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from custom_components.frigate_native.engine import pipeline
from custom_components.frigate_native.engine.events import EventKeeper
from custom_components.frigate_native.engine.motion import MotionDetector
from custom_components.frigate_native.engine.region_detection import RegionDetector
from custom_components.frigate_native.engine.regions import DetectionScheduler
from custom_components.frigate_native.engine.tracking import Tracker

_STAGES: Final[tuple[tuple[str, Any, str], ...]] = (
    ("motion", MotionDetector, "detect"),
    ("regions", DetectionScheduler, "due"),
    ("regions", DetectionScheduler, "sweep"),
    ("regions", DetectionScheduler, "record"),
    ("regions", pipeline, "plan_regions"),
    ("region detection", RegionDetector, "detect"),  # cropping, scaling, requesting; without waiting
    ("tracking", Tracker, "predict"),
    ("tracking", Tracker, "update"),
    ("events", EventKeeper, "update"),
)


class Stages:
    """CPU seconds by stage; reading the clock twice per call costs less than a microsecond."""

    def __init__(self) -> None:
        """Start at zero."""
        self.spent_s: defaultdict[str, float] = defaultdict(float)

    def decoded[T](self, frames: Iterable[T]) -> Iterator[T]:
        """Yield the frames and measure the time to get them."""
        source = iter(frames)
        while True:
            begin = time.thread_time()
            frame = next(source, None)
            self.spent_s["decoding"] += time.thread_time() - begin
            if frame is None:
                return
            yield frame

    @contextmanager
    def counted(self) -> Iterator[None]:
        """Measure the pipeline's stages while the context is open."""
        originals = [(place, name, getattr(place, name)) for _, place, name in _STAGES]
        for (stage, place, name), (*_, function) in zip(_STAGES, originals, strict=True):
            setattr(place, name, self._counting(stage, function))
        try:
            yield
        finally:
            for place, name, function in originals:
                setattr(place, name, function)

    def _counting[**P, T](self, stage: str, function: Callable[P, T]) -> Callable[P, T]:
        def call(*arguments: P.args, **named: P.kwargs) -> T:
            begin = time.thread_time()
            try:
                return function(*arguments, **named)
            finally:
                self.spent_s[stage] += time.thread_time() - begin

        return call
