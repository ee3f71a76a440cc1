"""What goes wrong with detector processes, done to real ones."""

import contextlib
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.config.model import DetectorConfig, DetectorType
from custom_components.frigate_native.engine.detection import DetectorPool
from custom_components.frigate_native.engine.errors import DetectorError
from custom_components.frigate_native.engine.frame import Rgb
from tests.engine.detection.pools import MODELS, Messages, cpu, filler, hide_package, persons, process_of, running
from tests.processes import open_files
from tests.servers import PATIENCE_S, wait_until

GRAY = 114
QUICK_WATCHDOG_S = 3.0
SLACK_S = 15.0  # of a busy machine


@contextlib.contextmanager
def load(pool: DetectorPool, walkers: Rgb) -> Iterator[list[bool]]:
    """Ask without a pause meanwhile; give the list of whether each request was answered (and rightly)."""
    answered: list[bool] = []
    stop = threading.Event()

    def request() -> None:
        while not stop.is_set():
            for answer in pool.detect([filler(walkers)] * 2):
                answered.append(answer is not None)
                assert answer is None or persons(answer) == 2

    threads = [threading.Thread(target=request) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield answered
    finally:
        stop.set()
        for thread in threads:
            thread.join(PATIENCE_S)
            assert not thread.is_alive()


def test_killed_detector_answers_again(walkers: Rgb) -> None:
    messages = Messages()
    with running(messages=messages) as pool, load(pool, walkers) as answered:
        wait_until(lambda: len(answered) > 4)
        os.kill(process_of(pool), signal.SIGKILL)
        failed = messages.wait_for(is_working=False)
        assert failed.detector == "cpu"
        assert "SIGKILL" in failed.text
        count = len(answered)
        wait_until(lambda: len(answered) > count + 4)
        messages.wait_for(is_working=True)
    assert all(answered)  # the request that it held was queued again


def test_other_detector_continues_without_losing_a_request(walkers: Rgb) -> None:
    with running(cpu("first"), cpu("second")) as pool, load(pool, walkers) as answered:
        for _ in range(3):
            wait_until(lambda: len(answered) > 4)
            pid = process_of(pool, "first")
            os.kill(pid, signal.SIGKILL)
            wait_until(lambda pid=pid: pool.stats()["first"].pid not in {0, pid})  # type: ignore[misc]
    assert all(answered)


def test_detector_that_dies_often_rests_longer(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("custom_components.frigate_native.engine.detection.child._FIRST_PAUSE_S", 4.0)
    messages = Messages()
    with running(messages=messages, watchdog_s=10.0) as pool, caplog.at_level(logging.WARNING):
        os.kill(process_of(pool), signal.SIGKILL)
        messages.wait_for(is_working=True)
        os.kill(process_of(pool), signal.SIGKILL)
        messages.wait_for(is_working=False)
        messages.wait_for(is_working=False)
        assert pool.detect([filler(GRAY)]) == [None]  # at once, while nobody can answer
        wait_until(lambda: pool.stats()["cpu"].pid != 0)
        wait_until(lambda: pool.detect([filler(GRAY)]) == [[]])
        messages.wait_for(is_working=True)  # it has proved itself
    assert len([record for record in caplog.records if "SIGKILL" in record.message]) == 2


def test_stopped_detector_is_replaced(walkers: Rgb) -> None:
    messages = Messages()
    with running(messages=messages, watchdog_s=QUICK_WATCHDOG_S) as pool:
        pid = process_of(pool)
        os.kill(pid, signal.SIGSTOP)
        begin = time.monotonic()
        pool.detect([filler(GRAY)])
        assert time.monotonic() - begin < QUICK_WATCHDOG_S + SLACK_S
        wait_until(lambda: persons((pool.detect([filler(walkers)]) or [None])[0] or []) == 2)
        assert "has taken no request" in messages.wait_for(is_working=False).text
        messages.wait_for(is_working=True)
        assert pool.stats()["cpu"].pid != pid


def test_detector_that_hangs_in_a_detection_is_replaced(walkers: Rgb) -> None:
    messages = Messages()
    with (
        running(cpu("first"), cpu("second"), messages=messages, watchdog_s=QUICK_WATCHDOG_S) as pool,
        load(pool, walkers) as answered,
    ):
        wait_until(lambda: len(answered) > 4)
        wait_until(lambda: _stop_amid_detection(pool, "first"))
        assert "hung in a detection" in messages.wait_for(is_working=False).text
        messages.wait_for(is_working=True)
        count = len(answered)
        wait_until(lambda: len(answered) > count + 4)
    assert answered.count(False) <= 1  # what it held; its second try may have come too late


def _stop_amid_detection(pool: DetectorPool, name: str) -> bool:
    pid = process_of(pool, name)
    os.kill(pid, signal.SIGSTOP)
    if pool.stats()[name].detection_start:
        return True
    os.kill(pid, signal.SIGCONT)
    return False


def test_invalid_data_among_the_answers_is_skipped(walkers: Rgb) -> None:
    messages = Messages()
    with running(messages=messages) as pool:
        pid = process_of(pool)
        assert _write_to_pipes_of(pid, b"\xffgarbage" * 50) > 16
        wait_until(lambda: persons((pool.detect([filler(walkers)]) or [None])[0] or []) == 2)
        assert "sent invalid data" in messages.wait_for(is_working=False).text  # in the status pipe
        messages.wait_for(is_working=True)
        assert [persons(answer) for answer in pool.detect([filler(walkers)] * 20)] == [2] * 20
        assert pool.stats()["cpu"].pid != pid


def _write_to_pipes_of(pid: int, data: bytes) -> int:
    """Write to every pipe that a process can write to, but those of its log; return how many there were."""
    written = 0
    for link in Path(f"/proc/{pid}/fd").iterdir():
        if int(link.name) > 2 and str(link.readlink()).startswith("pipe:"):
            with contextlib.suppress(OSError):
                fd = os.open(link, os.O_WRONLY | os.O_NONBLOCK)
                flags = int(Path(f"/proc/{pid}/fdinfo/{link.name}").read_text().split()[3], 8)
                if flags & os.O_ACCMODE == os.O_WRONLY:
                    os.write(fd, data)
                    written += 1
                os.close(fd)
    return written


def test_detector_that_sends_invalid_data_is_restarted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fake_runtime(tmp_path, monkeypatch)
    messages = Messages()
    with running(messages=messages, watchdog_s=QUICK_WATCHDOG_S, runtime="litert") as pool:
        assert pool.detect([filler(GRAY)]) == [[]]
        (tmp_path / "invalid_answer").touch()
        assert pool.detect([filler(GRAY)]) == [None]
        (tmp_path / "invalid_answer").unlink()
        assert "sent invalid data" in messages.wait_for(is_working=False).text
        messages.wait_for(is_working=True)
        assert pool.detect([filler(GRAY)]) == [[]]


def _fake_runtime(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give child processes a LiteRT that sees nothing, and spoils what its process writes while a file is there."""
    (folder / "ai_edge_litert").mkdir()
    (folder / "ai_edge_litert" / "__init__.py").touch()
    (folder / "ai_edge_litert" / "interpreter.py").write_text(f"""
import pathlib, sys
import numpy as np

class Interpreter:
    def __init__(self, **options): pass
    def allocate_tensors(self): pass
    def set_tensor(self, index, values): pass
    def get_input_details(self):
        return [dict(index=0, shape=[1, 300, 300, 3], dtype=np.uint8)]
    def get_output_details(self):
        return [dict(index=index, name=name, shape=[1, 1917, size], dtype=np.float32, quantization=(0.0, 0))
                for index, name, size in ((1, "boxes", 4), (2, "scores", 91))]
    def get_tensor(self, index):
        return np.zeros((1, 1917, 4 if index == 1 else 91), np.float32)
    def invoke(self):
        if pathlib.Path({str(folder / "invalid_answer")!r}).exists():
            worker = sys.modules["frigate_native.detector.worker"]
            worker.pack_answer = lambda sequence, rows: b"no answer at all" * 3
""")
    monkeypatch.setenv("PYTHONPATH", str(folder))


def test_detector_ends_when_the_engine_dies() -> None:
    program = """
import sys, time
import types
package = types.ModuleType("frigate_native")
package.__path__ = [sys.argv[1]]
sys.modules["frigate_native"] = package
from frigate_native.engine.config.model import DetectorConfig, DetectorType, ModelConfig
from frigate_native.engine.detection import DetectorPool
pool = DetectorPool([DetectorConfig(name="cpu", type=DetectorType.CPU)], ModelConfig(), print)
pool.start()
print(pool.stats()["cpu"].pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen(
        [sys.executable, "-c", program, str(MODELS.parent)], stdout=subprocess.PIPE, text=True
    ) as engine:
        assert engine.stdout is not None
        pid = int(engine.stdout.readline())
        assert Path(f"/proc/{pid}").exists()
        engine.kill()
    wait_until(lambda: not _runs(pid))


def _runs(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def test_failing_detector_beside_a_working_one_is_reported(walkers: Rgb) -> None:
    messages = Messages()
    coral = DetectorConfig(name="coral", type=DetectorType.EDGETPU)
    with running(cpu(), coral, messages=messages) as pool:
        failed = messages.wait_for(is_working=False)
        assert failed.detector == "coral"
        assert "detectors.coral" in failed.text
        assert "libedgetpu.so.1" in failed.text
        assert [persons(answer) for answer in pool.detect([filler(walkers)] * 4)] == [2] * 4


def test_without_the_first_runtime_the_second_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, walkers: Rgb
) -> None:
    hide_package("ai_edge_litert", tmp_path, monkeypatch)
    with caplog.at_level(logging.DEBUG), running() as pool:
        assert persons(pool.detect([filler(walkers)])[0]) == 2
    assert "ncnn on CPU" in caplog.text


def test_without_any_runtime_the_error_names_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, threads = open_files(), threading.active_count()
    hide_package("ncnn", tmp_path, monkeypatch)
    with (
        pytest.raises(DetectorError, match=r"detectors\.cpu: cannot import ncnn .*install the Python package ncnn"),
        running(runtime="ncnn"),
    ):
        pass
    wait_until(lambda: open_files() <= files and threading.active_count() <= threads)
