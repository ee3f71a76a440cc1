"""Detectors on other machines: our server as a process, and a peer that only knows the published protocol."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import zmq

from custom_components.frigate_native.detector.helper import HelperAddress
from custom_components.frigate_native.detector.remote.keys import Keys, protect
from custom_components.frigate_native.engine.config.model import DetectorConfig, DetectorType
from tests.engine.detection.pools import MODELS
from tests.servers import PATIENCE_S, free_port

SERVER = MODELS.parent / "detector" / "server.py"
PATIENT_TIMEOUT_MS = 15_000  # this machine may be busy with other tests
QUICK_TIMEOUT_MS = 2000  # for servers that go away


def far(port: int, *, timeout_ms: int = PATIENT_TIMEOUT_MS, host: str = "127.0.0.1") -> DetectorConfig:
    """Return a detector on another machine, or another process of this one."""
    return DetectorConfig(
        name="far", type=DetectorType.ZMQ, endpoint=f"tcp://{host}:{port}", request_timeout_ms=timeout_ms
    )


def helper_at(port: int, keys: Keys) -> HelperAddress:
    """Return the address of a server with keys, as the add-on reports it."""
    return HelperAddress(
        endpoint=f"tcp://127.0.0.1:{port}",
        server_key=keys.server_key,
        client_key=keys.client_key,
        client_secret=keys.client_secret,
    )


class ServerProcess:
    """Our server; `start` and `kill` may follow each other."""

    def __init__(self, *arguments: str | Path, port: int | None = None, prefix: Sequence[str] = ()) -> None:
        self.port = port or free_port()
        host = "*" if prefix else "127.0.0.1"
        bind = ("--bind", f"tcp://{host}:{self.port}", "--threads", "1")
        self._command = [*prefix, sys.executable, str(SERVER), *bind, *map(str, arguments)]
        self._process: subprocess.Popen[str] | None = None
        self.lines: list[str] = []
        self._reader: threading.Thread | None = None

    def start(self) -> Self:
        """Start it and wait until it serves."""
        process = subprocess.Popen(self._command, stderr=subprocess.PIPE, text=True)
        self._process = process
        assert process.stderr is not None
        for line in process.stderr:
            self.lines.append(line)
            if "Serving at" in line:
                break
        else:
            process.wait(PATIENCE_S)
            process.stderr.close()
            raise AssertionError("".join(self.lines))
        self._reader = threading.Thread(target=lambda: self.lines.extend(process.stderr or ()))
        self._reader.start()
        return self

    @property
    def process(self) -> subprocess.Popen[str]:
        """Return the process that runs."""
        assert self._process is not None
        return self._process

    def kill(self) -> None:
        """End it as a loss of power does."""
        self.process.kill()
        self.stop()

    def stop(self) -> None:
        """End it, if it runs."""
        if process := self._process:
            self._process = None
            process.terminate()
            process.wait(PATIENCE_S)
            if self._reader:
                self._reader.join(PATIENCE_S)
            if process.stderr:
                process.stderr.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class Client:
    """A client of the published protocol, frame by frame."""

    def __init__(self, port: int, kind: int = zmq.REQ) -> None:
        self._context = zmq.Context()
        self._socket = self._context.socket(kind)
        self._socket.linger = 0
        self._socket.connect(f"tcp://127.0.0.1:{port}")

    def request(self, *frames: bytes, patience_s: float = PATIENCE_S) -> list[bytes]:
        """Return the answer's frames."""
        self._socket.send_multipart(frames)
        assert self._socket.poll(int(patience_s * 1000)), "no answer"
        return self._socket.recv_multipart()

    def send(self, *frames: bytes) -> None:
        """Send without waiting for an answer."""
        self._socket.send_multipart(frames)

    def say(self, *more: bytes, **header: Any) -> dict[str, Any]:
        """Ask with a JSON header; return the JSON of the answer."""
        (answer,) = self.request(json.dumps(header).encode(), *more)
        told: dict[str, Any] = json.loads(answer)
        return told

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._context.destroy(0)


type Answerer = Callable[[list[bytes]], list[bytes] | None]


@contextmanager
def peer(answer: Answerer, *, keys: Keys | None = None, port: int | None = None) -> Iterator[int]:
    """Run a REP socket that answers as it is told (None: never), with keys only their client; give its port."""
    context, stop = zmq.Context(), threading.Event()
    socket = context.socket(zmq.REP)
    guard = protect(context, socket, keys) if keys else None
    port = port or free_port()
    socket.bind(f"tcp://127.0.0.1:{port}")

    def serve() -> None:
        while not stop.is_set():
            if socket.poll(50):
                frames = answer(socket.recv_multipart())
                if frames is None:
                    stop.wait()
                else:
                    socket.send_multipart(frames)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield port
    finally:
        stop.set()
        thread.join(PATIENCE_S)
        if guard:
            guard.stop()
        context.destroy(0)


def one_row(label: float = 0, score: float = 0.9) -> bytes:
    """Return 480 bytes with one detection in the middle."""
    rows = np.zeros((20, 6), np.float32)
    rows[0] = (label, score, 0.25, 0.25, 0.75, 0.5)
    return rows.tobytes()
