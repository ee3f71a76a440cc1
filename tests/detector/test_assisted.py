"""The add-on's detector beside the one in this process: found, used while it is faster, missed without a loss."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from custom_components.frigate_native.detector.protocol import RemoteSpec, Rows
from custom_components.frigate_native.detector.remote.client import RemoteRunner
from custom_components.frigate_native.detector.remote.keys import Keys, load_keys
from custom_components.frigate_native.detector.remote.options import ServerOptions, child_spec
from custom_components.frigate_native.engine.config.model import ModelConfig
from custom_components.frigate_native.engine.detection import DetectorPool
from custom_components.frigate_native.engine.detection.model_loading import load_model
from custom_components.frigate_native.engine.frame import Rgb
from tests.detector.remote_servers import ServerProcess, helper_at, one_row, peer
from tests.engine.detection.pools import MODELS, Messages, filler
from tests.engine.detection.tiny_models import labels_in as labels_of, own_model, write_model
from tests.servers import free_port, wait_until

CAR, PERSON = "car", "person"


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    """Return keys as a server makes them at its first start."""
    return load_keys(tmp_path / "keys.json")


@contextmanager
def assisted(messages: Messages) -> Iterator[DetectorPool]:
    """Give a pool as it runs when no detectors are configured."""
    pool = DetectorPool((), ModelConfig(), messages, watchdog_s=60.0)
    pool.start()
    try:
        yield pool
    finally:
        pool.stop()


def labels_in(pool: DetectorPool, picture: Rgb) -> set[str]:
    (answer,) = pool.detect([filler(picture)])
    assert answer is not None, "a region is lost"
    return {found.label for found in answer if found.score > 0.6}


def test_faster_detector_is_used_while_it_is_there(keys: Keys, walkers: Rgb) -> None:
    """It answers at once, always with a car; this process sees the walkers."""
    port = free_port()
    with assisted(Messages()) as pool:
        assert labels_in(pool, walkers) == {PERSON}
        pool.use_helper(helper_at(port, keys))
        for _ in range(2):
            with peer(lambda _: [one_row(label=2)], keys=keys, port=port):
                wait_until(lambda: labels_in(pool, walkers) == {CAR})
            assert labels_in(pool, walkers) == {PERSON}


def test_slower_detector_is_not_used(keys: Keys, walkers: Rgb) -> None:
    asked: list[int] = []

    def answer(frames: list[bytes]) -> list[bytes]:
        asked.append(len(frames))
        wait_until(lambda: len(labels_in(pool, walkers)) == 1)  # as long as this process takes, and more
        return [one_row(label=2)]

    with assisted(Messages()) as pool, peer(answer, keys=keys) as port:
        pool.use_helper(helper_at(port, keys))
        wait_until(lambda: len(asked) > 6)  # the model, one to see whether it answers, five to measure
        assert labels_in(pool, walkers) == {PERSON}


def test_detector_that_has_gone_is_not_looked_for(keys: Keys, walkers: Rgb) -> None:
    with assisted(Messages()) as pool:
        pool.use_helper(helper_at(free_port(), keys))
        pool.use_helper(None)
        assert labels_in(pool, walkers) == {PERSON}


def test_model_that_only_a_coral_runs_has_a_substitute_here(tmp_path: Path) -> None:
    """Until the add-on offers its Coral, the uncompiled model beside it is used."""
    write_model(tmp_path / "own.tflite")
    compiled = write_model(tmp_path / "own_edgetpu.tflite", compiled=True)
    pool = DetectorPool((), own_model(compiled, tmp_path), Messages())
    pool.start()
    try:
        assert labels_of(pool, green=255) == ["green"]
    finally:
        pool.stop()


def test_only_the_client_with_the_keys_is_answered(tmp_path: Path, keys: Keys, walkers: Rgb) -> None:
    file = tmp_path / "keys.json"
    assert file.stat().st_mode & 0o077 == 0
    with ServerProcess("--keys", file, "--type", "auto", "--state", tmp_path / "state.json") as server:
        assert "LiteRT" in (text := (tmp_path / "state.json").read_text()) or "OpenVINO" in text
        assert persons_found(server.port, keys, walkers) == 2
        stranger = load_keys(tmp_path / "other.json")
        for wrong in (replace(stranger, server_key=keys.server_key), None):
            assert persons_found(server.port, wrong, walkers, most_waits=20) is None


def persons_found(port: int, keys: Keys | None, picture: Rgb, most_waits: int = 1000) -> int | None:
    """Return how many persons a server finds; None if it does not answer in this many fifths of a second."""
    options = ServerOptions(
        kind="zmq", device="", num_threads=1, model=MODELS / "ssdlite_mobilenet_v2.tflite", accept=None, max_bytes=0
    )
    address = helper_at(port, keys) if keys else None
    remote = RemoteSpec(endpoint=f"tcp://127.0.0.1:{port}", request_timeout_ms=5000, linger_ms=0, keys=address)
    runner = RemoteRunner(replace(child_spec(load_model(ModelConfig()).model, options), remote=remote), lambda _: None)
    waits = iter(range(most_waits))
    if not runner.prepare(lambda: next(waits, None) is not None):
        return None
    rows: Rows = runner.run(picture)[0]
    return int(((rows[:, 0] == 0) & (rows[:, 1] > 0.6)).sum())
