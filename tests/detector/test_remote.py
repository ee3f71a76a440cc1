"""A detector on another machine: our client with our server, and with peers that only know the published protocol."""

import contextlib
import json
import os
import signal
import socket
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zmq

from custom_components.frigate_native.engine.config.model import ModelConfig
from custom_components.frigate_native.engine.errors import DetectorError, DetectorProblem
from custom_components.frigate_native.engine.frame import Rgb
from tests.detector.remote_servers import QUICK_TIMEOUT_MS, Client, ServerProcess, far, one_row, peer
from tests.engine.detection.pools import MODELS, Messages, cpu, filler, persons, process_of, running, sees_walkers
from tests.engine.detection.test_failures import load
from tests.engine.detection.tiny_models import labels_in, own_model, write_model
from tests.servers import PATIENCE_S, free_port, wait_until

GRAY = 114
SLACK_S = 15.0  # of a busy machine
BUNDLED = "ssdlite_mobilenet_v2.tflite"
GRAY_REGION = (json.dumps({"shape": [1, 300, 300, 3], "dtype": "uint8", "model_type": "ssd"}).encode(), bytes(270000))
FORGED = "busy\r\n2026-11-28 ERROR all is lost\u2028\x1b[31m\x00\ud800"


def test_remote_detector_detects(walkers: Rgb) -> None:
    with ServerProcess() as server, running(far(server.port)) as pool:
        assert [persons(answer) for answer in pool.detect([filler(walkers), filler(GRAY)])] == [2, 0]
        stats = pool.stats()["far"]
        assert stats.pid
        assert stats.inference_speed > 0


def test_one_server_serves_several_clients(walkers: Rgb) -> None:
    right: list[bool] = []

    def request(port: int) -> None:
        with running(far(port)) as pool:
            right.extend(persons(pool.detect([filler(walkers)])[0]) == 2 for _ in range(5))

    with ServerProcess() as server:
        threads = [threading.Thread(target=request, args=(server.port,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_S)
    assert right == [True] * 15


def test_unreachable_server_does_not_delay_the_start(walkers: Rgb) -> None:
    port, messages = free_port(), Messages()
    begin = time.monotonic()
    with running(far(port, timeout_ms=QUICK_TIMEOUT_MS), messages=messages) as pool:
        assert time.monotonic() - begin < SLACK_S
        message = messages.wait_for(is_working=False)
        assert message.problem is DetectorProblem.REMOTE
        assert f"tcp://127.0.0.1:{port}: no answer" in message.text
        assert pool.detect([filler(GRAY)]) == [None]  # at once
        with ServerProcess(port=port):
            messages.wait_for(is_working=True)
            wait_until(lambda: sees_walkers(pool, walkers))


@pytest.mark.slow
def test_server_that_restarts_and_client_that_restarts(walkers: Rgb) -> None:
    messages = Messages()
    server = ServerProcess()
    with server, running(far(server.port, timeout_ms=QUICK_TIMEOUT_MS), messages=messages) as pool:
        for _ in range(2):
            server.kill()
            pool.detect([filler(GRAY)])
            messages.wait_for(is_working=False)
            server.start()
            messages.wait_for(is_working=True)
            wait_until(lambda: sees_walkers(pool, walkers))
        os.kill(process_of(pool, "far"), signal.SIGKILL)
        wait_until(lambda: sees_walkers(pool, walkers))
    with running(far(server.start().port)) as pool:
        assert persons(pool.detect([filler(walkers)])[0]) == 2
    server.stop()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_other_detectors_go_on_while_the_server_is_away(how: signal.Signals, walkers: Rgb) -> None:
    messages = Messages()
    server = ServerProcess()
    with (
        server,
        running(cpu(), far(server.port, timeout_ms=500), messages=messages) as pool,
        load(pool, walkers) as answered,
    ):
        wait_until(lambda: pool.totals()["far"].inferences > 2)
        server.process.send_signal(how)
        assert messages.wait_for(is_working=False).problem is DetectorProblem.REMOTE
        count = len(answered)
        wait_until(lambda: len(answered) > count + 6)
        if how is signal.SIGSTOP:
            server.process.send_signal(signal.SIGCONT)
        else:
            server.kill()
            server.start()
        messages.wait_for(is_working=True)
        done = pool.totals()["far"].inferences
        wait_until(lambda: pool.totals()["far"].inferences > done)
    assert all(answered)  # what the server held was given to the other


def test_detector_that_hangs_while_its_server_is_away_is_replaced() -> None:
    port, messages = free_port(), Messages()
    with running(far(port, timeout_ms=QUICK_TIMEOUT_MS), messages=messages, watchdog_s=3.0) as pool:
        messages.wait_for(is_working=False)
        os.kill(process_of(pool, "far"), signal.SIGSTOP)
        assert "while its remote detector could not be reached" in messages.wait_for(is_working=False).text
        wait_until(lambda: pool.stats()["far"].pid != 0)


@pytest.mark.parametrize("form", ["one frame", "two frames"])
def test_peer_of_the_published_protocol(form: str) -> None:
    heard: list[dict[str, Any]] = []

    def answer(frames: list[bytes]) -> list[bytes]:
        header = json.loads(frames[0])
        heard.append(header)
        if "model_request" in header:
            return [json.dumps({"model_available": False, "model_loaded": False}).encode()]
        if "model_data" in header:
            assert frames[1] == (MODELS / BUNDLED).read_bytes()
            return [json.dumps({"model_saved": True, "model_loaded": True}).encode()]
        assert len(frames[1]) == 300 * 300 * 3
        head = [json.dumps({"shape": [20, 6], "dtype": "float32"}).encode()] if form == "two frames" else []
        return [*head, one_row()]

    with peer(answer) as port, running(far(port)) as pool:
        ((found,),) = pool.detect([filler(GRAY)])  # type: ignore[misc]
    assert (found.label, found.box) == ("person", (0.25, 0.25, 0.5, 0.75))
    assert found.score == pytest.approx(0.9)
    assert heard[0] == {"model_request": True, "model_name": BUNDLED}
    assert heard[1] == {"model_data": True, "model_name": BUNDLED}
    assert heard[2] == {"shape": [1, 300, 300, 3], "dtype": "uint8", "model_type": "ssd"}


def test_peer_without_the_model_step() -> None:
    with peer(lambda _frames: [one_row()]) as port, running(far(port)) as pool:
        assert len(pool.detect([filler(GRAY)])[0] or []) == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([b"garbage"], "not JSON"),
        ([json.dumps({"model_available": False, "model_loaded": False}).encode()], f"cannot load {BUNDLED}"),
        ([json.dumps({"error": FORGED}).encode()], "busy 2026-11-28 ERROR all is lost [31m"),
    ],
    ids=["garbage", "no model", "control characters"],
)
def test_unusable_server_is_reported(answer: list[bytes], words: str) -> None:
    messages = Messages()
    with peer(lambda _frames: answer) as port, running(far(port), messages=messages):
        wait_until(lambda: any(words in message.text for message in messages.all))
        assert all(message.text.isprintable() for message in messages.all)


def test_invalid_answer_loses_no_region() -> None:
    count = 0

    def answer(frames: list[bytes]) -> list[bytes]:
        nonlocal count
        if len(frames) == 1:
            return [b'{"model_available": true, "model_loaded": true}']
        count += 1
        return [one_row()] if count % 3 else [b"\xff" * count]

    with peer(answer) as port, running(far(port)) as pool:
        assert [len(found or []) for found in pool.detect([filler(GRAY)] * 12)] == [1] * 12


def test_slow_answers_are_reported_until_they_are_fast(walkers: Rgb) -> None:
    late = threading.Event()
    messages = Messages()

    def answer(frames: list[bytes]) -> list[bytes]:
        if len(frames) == 1:
            return [b'{"model_available": true, "model_loaded": true}']
        time.sleep(3 if late.is_set() else 0)
        return [one_row()]

    with peer(answer) as port, running(far(port, timeout_ms=1500), messages=messages) as pool:
        assert len(pool.detect([filler(GRAY)])[0] or []) == 1
        late.set()
        pool.detect([filler(GRAY)])
        wait_until(lambda: any("request_timeout_ms is 1500" in message.text for message in messages.all))
        late.clear()
        messages.wait_for(is_working=True)
        wait_until(lambda: len(pool.detect([filler(GRAY)])[0] or []) == 1)


def test_wrong_endpoint_is_reported() -> None:
    broken = far(0, host="no such host")
    with pytest.raises(DetectorError, match=r"detectors\.far\.endpoint: .*use tcp://host:port"), running(broken):
        pass


def test_client_brings_its_model_where_that_is_allowed(tmp_path: Path) -> None:
    model = own_model(write_model(tmp_path / "own.tflite"), tmp_path)
    with ServerProcess("--accept-models", tmp_path / "taken") as server:
        with running(far(server.port), model=model) as pool, running(far(server.port)) as other:
            assert labels_in(pool, blue=255) == ["blue"]
            assert other.detect([filler(GRAY)]) == [[]]  # each client has its own
            assert labels_in(pool, green=255) == ["green"]
        assert [path.name for path in (tmp_path / "taken").iterdir()] == ["own.tflite"]


def test_client_reports_that_its_model_is_not_accepted(tmp_path: Path) -> None:
    model = own_model(write_model(tmp_path / "own.tflite"), tmp_path)
    messages = Messages()
    with ServerProcess() as server, running(far(server.port), model=model, messages=messages):
        assert "cannot load own.tflite" in messages.wait_for(is_working=False).text


def test_server_accepts_only_allowed_models(tmp_path: Path) -> None:
    tiny = write_model(tmp_path / "own.tflite").read_bytes()
    taken = tmp_path / "taken"
    with ServerProcess("--accept-models", taken, "--max-model-mb", "1") as server, Client(server.port) as client:
        for name in ("../own.tflite", "/etc/own.tflite", ".own.tflite", "own.onnx", "a/b.tflite", "x" * 300, BUNDLED):
            answer = client.say(tiny, model_data=True, model_name=name)
            assert (answer["model_saved"], answer["model_loaded"]) == (False, False), name
        assert client.say(b"no model", model_data=True, model_name="own.tflite")["model_saved"] is False
        damaged = client.say(tiny[:900], model_data=True, model_name="own.tflite")
        assert damaged["model_saved"] is False
        assert client.say(bytes(1_000_001), model_data=True, model_name="own.tflite")["model_saved"] is False
        assert list(taken.iterdir()) == []
        assert client.say(model_request=True, model_name="own.tflite")["model_available"] is False
        good = client.say(tiny, model_data=True, model_name="own.tflite")
        assert (good["model_saved"], good["model_loaded"]) == (True, True)
        assert client.say(tiny, model_data=True, model_name="own.tflite")["model_saved"] is False  # no overwriting
        with Client(server.port) as glutton:
            glutton.send(json.dumps({"model_data": True, "model_name": "big.tflite"}).encode(), bytes(3_000_000))
            assert client.say(model_request=True, model_name="own.tflite")["model_loaded"] is True
        assert [path.name for path in taken.iterdir()] == ["own.tflite"]


MALFORMED: list[tuple[bytes, ...]] = [
    (b"",),
    (b"garbage",),
    (b"[1, 2]",),
    (b'{"shape": [1, 300, 300, 3], "dtype": "uint8"}',),
    (b'{"shape": [1, 300, 300, 3], "dtype": "uint8"}', b"short"),
    (b'{"shape": [1, 300, 300, 3], "dtype": "object"}', bytes(270000)),
    (b'{"shape": [1, -1, 300, 3], "dtype": "uint8"}', bytes(270000)),
    (b'{"shape": [99999999, 99999999, 99999999], "dtype": "uint8"}', bytes(270000)),
    (b'{"shape": [1, 3, 300, 300], "dtype": "uint8"}', bytes(270000)),
    (b'{"shape": [1, 300, 300, 3], "dtype": "float32"}', bytes(4 * 270000)),
    (b'{"model_request": true}',),
    (b'{"model_request": true, "model_name": 7}',),
    (b'{"model_request": true, "model_name": "\\u0000"}',),
    (b'{"model_data": true, "model_name": "a.tflite"}',),
    (b"[" * 9000,),
    (b"{}", b"", b"", b""),
    (b"\xff" * 20000, b""),
]


def test_malformed_requests_never_end_the_server() -> None:
    with ServerProcess() as server:
        with Client(server.port) as client:
            for frames in MALFORMED:
                assert len(client.request(*frames)) == 1
        with Client(server.port, zmq.DEALER) as dealer:
            for frames in MALFORMED:
                dealer.send(*frames)  # without the empty frame before it
                dealer.send(b"", *frames)
        with contextlib.closing(socket.create_connection(("127.0.0.1", server.port))) as raw:
            raw.sendall(b"GET / HTTP/1.1\r\n\r\n" + bytes(10000))
        with Client(server.port) as client:
            (answer,) = client.request(*GRAY_REGION)
            assert answer == bytes(480)
        assert server.process.poll() is None
        assert not any("Traceback" in line for line in server.lines)


def test_server_with_a_model_of_ours_for_a_client_that_knows_no_names(tmp_path: Path) -> None:
    path = write_model(tmp_path / "own.tflite", dtype="float32")
    with ServerProcess("--model", path) as server, Client(server.port) as client:
        picture = np.zeros((1, 32, 48, 3), np.float32)
        picture[..., 2] = 1.0
        header = json.dumps({"shape": [1, 32, 48, 3], "dtype": "float32", "model_type": "ssd"}).encode()
        (answer,) = client.request(header, picture.tobytes())
        rows = np.frombuffer(answer, np.float32).reshape(20, 6)
        assert rows[0].tolist() == [1.0, 1.0, 0.25, 0.125, 0.75, 0.5]
        assert not rows[1:].any()


@pytest.mark.parametrize("arguments", [("--model", "none.tflite"), ("--bind", "nonsense"), ("--type", "openvino")])
def test_server_that_cannot_start_says_why(arguments: tuple[str, str], tmp_path: Path) -> None:
    if arguments[1] == "openvino":
        arguments = (*arguments, "--device", "NPU.9")  # type: ignore[assignment]
    with pytest.raises(AssertionError, match=r"ERROR .*(cannot be loaded|Invalid argument|has no such device)"):
        ServerProcess(*arguments).start()


def test_pool_with_only_a_remote_needs_no_model_of_its_own_kind(tmp_path: Path) -> None:
    path = tmp_path / "own.onnx"
    path.write_bytes(b"only the server knows")
    heard: list[bytes] = []

    def answer(frames: list[bytes]) -> list[bytes]:
        heard.append(frames[0])
        return [one_row()] if len(frames) == 2 else [b'{"model_available": true, "model_loaded": true}']

    model = ModelConfig(path=path, width=64, height=48)
    with peer(answer) as port, running(far(port), model=model) as pool:
        assert len(pool.detect([filler(GRAY)])[0] or []) == 1
    assert b'"own.onnx"' in heard[0]
    assert b"[1, 48, 64, 3]" in heard[1]
