"""Detector pools for tests: real processes, the real model, real footage."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import numpy as np
import pytest

from custom_components.frigate_native.engine.config.model import DetectorConfig, DetectorType, ModelConfig
from custom_components.frigate_native.engine.detection import DetectorPool, RawDetection
from custom_components.frigate_native.engine.frame import Frame, Rgb
from custom_components.frigate_native.engine.messages import DetectorMessage
from tests.servers import PATIENCE_S, wait_until

FOOTAGE = Path(__file__).parents[2] / "footage" / "vtest.mp4"
MODELS = Path(__file__).parents[3] / "custom_components" / "frigate_native" / "models"
WALKERS = (450, 138, 750, 438)  # two persons in the footage's first picture
_SIDE = 300


class Messages:
    """All that a pool has told, in order."""

    def __init__(self) -> None:
        self._arrived = threading.Condition()
        self._all: list[DetectorMessage] = []

    def __call__(self, message: DetectorMessage) -> None:
        with self._arrived:
            self._all.append(message)
            self._arrived.notify_all()

    def wait_for(self, *, is_working: bool) -> DetectorMessage:
        """Take the first message of this kind that has come or comes; fail when none does."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: self._has(is_working), PATIENCE_S), self._all
            found = next(message for message in self._all if message.is_working is is_working)
            self._all.remove(found)
            return found

    @property
    def all(self) -> list[DetectorMessage]:
        """Return those that have come and were not waited for."""
        with self._arrived:
            return list(self._all)

    def _has(self, is_working: bool) -> bool:
        return any(message.is_working is is_working for message in self._all)


def cpu(name: str = "cpu", num_threads: int = 1) -> DetectorConfig:
    """Return a CPU detector of one thread."""
    return DetectorConfig(name=name, type=DetectorType.CPU, num_threads=num_threads)


@contextmanager
def running(
    *detectors: DetectorConfig,
    model: ModelConfig | None = None,
    messages: Callable[[DetectorMessage], None] | None = None,
    runtime: str | None = None,
    watchdog_s: float = 30.0,
) -> Iterator[DetectorPool]:
    """Give a pool that runs, one CPU detector unless others are given; stop it in the end."""
    pool = DetectorPool(
        detectors or (cpu(),),
        model or ModelConfig(),
        messages or Messages(),
        runtime=runtime,
        watchdog_s=watchdog_s,
    )
    pool.start()
    try:
        yield pool
    finally:
        pool.stop()


def first_crop() -> Rgb:
    """Return WALKERS of the first picture, (300, 300, 3)."""
    with av.open(str(FOOTAGE)) as container:
        picture = next(container.decode(video=0))
    crop = np.empty((_SIDE, _SIDE, 3), np.uint8)
    Frame(picture, 0.0, 0).crop_rgb(WALKERS, crop)
    return crop


def filler(picture: Rgb | int) -> Callable[[Rgb], None]:
    """Return what fills a slot with this picture or gray."""

    def fill(out: Rgb) -> None:
        out[:] = picture

    return fill


def persons(answer: list[RawDetection] | None, least: float = 0.6) -> int:
    """Return how many persons an answer holds."""
    assert answer is not None
    return sum(found.label == "person" and found.score >= least for found in answer)


def sees_walkers(pool: DetectorPool, walkers: Rgb) -> bool:
    """Return whether a pool answers rightly now; while a machine is away, or busy, it may not."""
    (answer,) = pool.detect([filler(walkers)])
    return answer is not None and persons(answer) == 2


def process_of(pool: DetectorPool, name: str = "cpu") -> int:
    """Return a detector's process, once it has one: a signal to process 0 would end the tests."""
    wait_until(lambda: pool.stats()[name].pid)
    pid = pool.stats()[name].pid
    assert pid
    return pid


def hide_package(package: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a package's import fail in child processes as one without a wheel for the machine does."""
    (folder / package).mkdir(parents=True)
    (folder / package / "__init__.py").write_text("raise ImportError('no build for this machine')\n")
    monkeypatch.setenv("PYTHONPATH", str(folder))
