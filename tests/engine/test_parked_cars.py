"""The sample's two parked cars, in thirty seconds with people who pass them: one run of the real pipeline."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.capture import read_frames
from custom_components.frigate_native.engine.geometry import Box
from custom_components.frigate_native.engine.messages import Message, ReviewMessage
from custom_components.frigate_native.engine.objects import TrackedObject
from custom_components.frigate_native.engine.pipeline import Pipeline
from custom_components.frigate_native.engine.regions import DetectionScheduler
from tests.engine.builders import camera_config
from tests.engine.detection.pools import running

FOOTAGE = Path(__file__).parents[1] / "footage" / "vtest.mp4"
FRAMES = 150  # at five frames a second
STATIONARY_FROM = 51  # frames: ten seconds, and the first one
INTERVAL = 50

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("parked-cars")]


@dataclass
class Run:
    """What became of the cars: the frames in which each is known and stationary, looks for it alone, and reviews."""

    frames: Counter[str] = field(default_factory=Counter)
    stationary: Counter[str] = field(default_factory=Counter)
    looks: Counter[str] = field(default_factory=Counter)
    reviewed: set[str] = field(default_factory=set)

    def receive(self, message: Message) -> None:
        if isinstance(message, ReviewMessage):
            self.reviewed |= {*message.after.labels}

    def count(self, objects: Sequence[TrackedObject]) -> None:
        cars = [tracked for tracked in objects if tracked.label == "car"]
        self.frames.update(tracked.id for tracked in cars)
        self.stationary.update(tracked.id for tracked in cars if tracked.is_stationary)

    def watch(self, scheduler: DetectionScheduler, monkeypatch: pytest.MonkeyPatch) -> None:
        original = scheduler.due

        def due(
            now: float, motion: Sequence[Box], objects: Sequence[TrackedObject], *, is_blind: bool = False
        ) -> list[Box]:
            boxes = original(now, motion, objects, is_blind=is_blind)
            self.looks.update(tracked.id for tracked in objects if tracked.is_stationary and tracked.box in boxes)
            return boxes

        monkeypatch.setattr(scheduler, "due", due)


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    result, camera = Run(), camera_config(labels=("person", "car"), fps=5)
    with running() as pool, pytest.MonkeyPatch.context() as monkeypatch:
        pipeline: Pipeline | None = None
        for frame in islice(read_frames(FOOTAGE), 0, 2 * FRAMES, 2):
            if pipeline is None:
                pipeline = Pipeline(camera, frame.size, pool, on_message=result.receive, on_counts=lambda counts: None)
                result.watch(pipeline._scheduler, monkeypatch)
            pipeline.process(frame)
            result.count(pipeline.objects)
        yield result


def test_parked_cars_keep_their_identities(run: Run) -> None:
    assert len(run.frames) == 2
    assert min(run.frames.values()) > FRAMES - 5


def test_parked_cars_are_stationary_in_time(run: Run) -> None:
    assert set(run.stationary) == set(run.frames)
    assert min(run.stationary.values()) > FRAMES - STATIONARY_FROM - 5


def test_no_detection_is_spent_on_a_parked_car_beyond_its_interval(run: Run) -> None:
    assert all(run.looks[car] <= FRAMES // INTERVAL for car in run.stationary)


def test_parked_cars_are_not_reviewed(run: Run) -> None:
    assert "person" in run.reviewed
    assert "car" not in run.reviewed
