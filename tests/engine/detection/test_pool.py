"""Regions in, detections out: real processes that run the real model."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from custom_components.frigate_native.engine.config.model import ModelConfig
from custom_components.frigate_native.engine.detection import DetectorPool
from custom_components.frigate_native.engine.frame import Rgb
from custom_components.frigate_native.engine.messages import DetectorStats
from tests.engine.detection.pools import Messages, cpu, filler, persons, process_of, running
from tests.processes import open_files
from tests.servers import PATIENCE_S, wait_until

GRAY = 114
SLACK_S = 15.0  # of a busy machine
_TICKS_PER_S = os.sysconf("SC_CLK_TCK")

pytestmark = pytest.mark.xdist_group("pool")


@pytest.fixture(scope="module")
def pool() -> Iterator[DetectorPool]:
    """Give a pool with two detectors."""
    with running(cpu("first"), cpu("second")) as pool:
        yield pool


@pytest.mark.parametrize("runtime", ["litert", "ncnn"])
def test_persons_in_real_footage_are_found(runtime: str, walkers: Rgb) -> None:
    with running(runtime=runtime) as pool:
        (answer,) = pool.detect([filler(walkers)])
    assert answer is not None
    assert persons(answer, least=0.9) == 2
    assert [found.score for found in answer] == sorted((found.score for found in answer), reverse=True)
    for found in answer:
        x1, y1, x2, y2 = found.box
        assert 0 <= x1 < x2 <= 1
        assert 0 <= y1 < y2 <= 1


def test_both_runtimes_see_the_same(walkers: Rgb) -> None:
    answers = []
    for runtime in ("litert", "ncnn"):
        with running(runtime=runtime) as pool:
            answers.append(pool.detect([filler(walkers)])[0])
    assert all(answers)
    first, second = ([found for found in answer or [] if found.score > 0.6] for answer in answers)
    assert [found.label for found in first] == [found.label for found in second]
    for one, other in zip(first, second, strict=True):
        assert one.score == pytest.approx(other.score, abs=0.06)  # int8 against float16
        assert one.box == pytest.approx(other.box, abs=0.03)


def test_answers_come_in_the_order_of_the_regions(pool: DetectorPool, walkers: Rgb) -> None:
    pictures: list[Rgb | int] = [walkers, GRAY, walkers, GRAY, GRAY]
    answers = pool.detect([filler(picture) for picture in pictures])
    assert [persons(answer) for answer in answers] == [2, 0, 2, 0, 0]


def test_no_regions_are_no_answers(pool: DetectorPool) -> None:
    assert pool.detect([]) == []


def test_many_threads_each_get_their_own_answers(pool: DetectorPool, walkers: Rgb) -> None:
    right: list[bool] = []

    def request(wanted: int) -> None:
        fill = filler(walkers if wanted else GRAY)
        for _ in range(5):
            right.extend(answer is not None and persons(answer) == wanted for answer in pool.detect([fill] * 4))

    threads = [threading.Thread(target=request, args=(2 * (index % 2),)) for index in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert right == [True] * 8 * 5 * 4


def test_two_detectors_share_the_work(pool: DetectorPool) -> None:
    before = pool.totals()

    def shares() -> list[int]:
        return [pool.totals()[name].inferences - before[name].inferences for name in ("first", "second")]

    pool.detect([filler(GRAY)] * 40)
    assert sum(shares()) == 40
    wait_until(lambda: pool.detect([filler(GRAY)] * 4) and min(shares()) >= 5)


def test_fill_that_fails_gives_its_slot_back(pool: DetectorPool) -> None:
    def fail(out: Rgb) -> None:
        raise ZeroDivisionError

    for _ in range(50):  # more than there are slots
        with pytest.raises(ZeroDivisionError):
            pool.detect([filler(GRAY), fail])
    assert pool.detect([filler(GRAY)]) == [[]]


def test_stats_are_those_of_the_processes(walkers: Rgb) -> None:
    pool = DetectorPool([cpu()], ModelConfig(), Messages())
    assert pool.stats() == {"cpu": DetectorStats(detection_start=0.0, inference_speed=10.0, pid=0)}
    stop = threading.Event()

    def be_busy() -> None:
        while not stop.is_set():
            pool.detect([filler(walkers)] * 4)

    busy = threading.Thread(target=be_busy)
    pool.start()
    try:
        pool.detect([filler(walkers)])
        totals, stats = pool.totals()["cpu"], pool.stats()["cpu"]
        assert totals.inferences == 1
        assert stats.inference_speed == pytest.approx((90 + totals.inference_s * 1000) / 10, abs=0.01)
        assert stats.detection_start == 0.0
        assert "detector" in Path(f"/proc/{stats.pid}/cmdline").read_text()
        assert Path(f"/proc/{stats.pid}/comm").read_text() == "fn:cpu:detect\n"
        busy.start()
        wait_until(lambda: abs(pool.stats()["cpu"].detection_start - time.time()) < SLACK_S)
    finally:
        stop.set()
        pool.stop()
    busy.join(PATIENCE_S)


def test_detector_is_small_and_quick_to_start() -> None:
    """Measured: 66 MB, 0.3 s of a processor; the limits are those of the smallest machines it is to run on."""
    with running() as pool:
        process = Path(f"/proc/{pool.stats()['cpu'].pid}")
        used_s = sum(map(int, (process / "stat").read_text().rpartition(")")[2].split()[11:13])) / _TICKS_PER_S
        pool.detect([filler(GRAY)] * 10)
        status = (process / "status").read_text().splitlines()
    resident_kb = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
    assert resident_kb < 120_000
    assert 0 < used_s < 3


def test_stop_leaves_no_process_thread_or_file() -> None:
    files, threads = open_files(), threading.active_count()
    with running(cpu("first"), cpu("second")) as pool:
        pool.detect([filler(GRAY)] * 4)
        pids = [stats.pid for stats in pool.stats().values()]
        begin = time.monotonic()
        pool.stop()
        assert time.monotonic() - begin < SLACK_S
    assert pool.detect([filler(GRAY)]) == [None]
    wait_until(lambda: open_files() <= files and threading.active_count() <= threads)
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    assert pool.stats()["first"].pid == 0


def test_stop_releases_waiting_threads() -> None:
    files = open_files()
    with running(watchdog_s=60) as pool:
        os.kill(process_of(pool), signal.SIGSTOP)
        answers: list[object] = []
        waiting = [
            threading.Thread(target=lambda: answers.extend(pool.detect([filler(GRAY)] * 6))) for _ in range(6)
        ]  # more regions than there are slots
        for thread in waiting:
            thread.start()
        time.sleep(0.2)
        pool.stop()
        for thread in waiting:
            thread.join(PATIENCE_S)
        assert answers == [None] * 36
    wait_until(lambda: open_files() <= files)


def test_stop_while_a_region_is_filled_closes_its_slot_later() -> None:
    files = open_files()
    filling, on_wait = threading.Event(), threading.Event()
    answers: list[object] = []

    def fill_slowly(out: Rgb) -> None:
        filling.set()
        on_wait.wait(PATIENCE_S)
        out[:] = np.uint8(1)

    with running() as pool:
        thread = threading.Thread(target=lambda: answers.extend(pool.detect([fill_slowly])))
        thread.start()
        assert filling.wait(PATIENCE_S)
        pool.stop()
        on_wait.set()
        thread.join(PATIENCE_S)
    assert answers == [None]
    wait_until(lambda: open_files() <= files)


def test_pool_that_never_started_stops_and_has_no_statistics() -> None:
    pool = DetectorPool([], ModelConfig(), Messages())
    assert pool.detect([filler(GRAY)]) == [None]
    assert pool.input_size == (300, 300)
    assert pool.labels[0] == "person"
    pool.stop()
    pool.stop()
