"""Use a detector on another machine."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import override

import numpy as np
import zmq

from ..backends import BackendError, Tensor, arrange
from ..decoders import MIN_SCORE, to_rows
from ..protocol import ChildSpec, Rows, Status, StatusKind
from ..runner import Notify, Runner, UnreachableError
from ..slots import Rgb
from .connection import Connection, NoAnswerError
from .wire import WireError, pack_model_data, pack_model_request, pack_region, unpack_model_answer, unpack_rows

_MODEL_TIMEOUT_S = 30.0  # from the protocol: a server may have to load or compile a model first
_FIRST_TIMEOUT_S = 10.0  # a model's first inference is slow
_PROBES = 5
_GRACE_S = 1.0  # shorter interruptions are not reported
_PAUSE_S = 1.0
_SLICE_S = 0.2


def create(spec: ChildSpec, notify: Notify) -> Runner:
    """Return a runner that uses the server; raises BackendError if its address is invalid."""
    return RemoteRunner(spec, notify)


class _EngineGoneError(Exception):
    """The engine has exited."""


class RemoteRunner(Runner):
    """Sends regions to a server and returns its detections."""

    def __init__(self, spec: ChildSpec, notify: Notify) -> None:
        """Open the socket; `prepare` checks whether the server can be reached."""
        if spec.remote is None:
            raise BackendError(f"detectors.{spec.name}.endpoint: missing; enter tcp://host:port")
        self._model = spec.model
        self._endpoint = spec.remote.endpoint
        self._timeout_s = spec.remote.request_timeout_ms / 1000
        self._notify = notify
        self._reported = ""
        self._is_engine_running: Callable[[], bool] = lambda: True
        self._quiet_until = 0.0
        try:
            self._connection = Connection(spec.remote)
        except zmq.ZMQError as err:
            raise BackendError(
                f"detectors.{spec.name}.endpoint: {self._endpoint}: {err}; use tcp://host:port or ipc://path"
            ) from err

    @override
    def prepare(self, should_run: Callable[[], bool]) -> bool:
        """Wait until the server has loaded the model and answers in time; report delays of more than a second."""
        self._is_engine_running = should_run
        self._quiet_until = time.monotonic() + _GRACE_S
        try:
            while (problem := self._try()) and should_run():
                self._report_unreachable(problem)
                self._rest()
        except _EngineGoneError:
            return False
        self._reported = ""
        return not problem

    def close(self) -> None:
        """Close the connection for good; call it from any thread, but not during `run`."""
        self._connection.end()

    @property
    @override
    def status(self) -> Status:
        return Status(StatusKind.READY, f"the detector at {self._endpoint}")

    @override
    def run(self, rgb: Rgb) -> tuple[Rows, float]:
        """Request one region's detections; without an answer, provide the model again and retry once."""
        tensor = arrange(rgb, self._model)
        begin = time.perf_counter()
        try:
            rows = self._detect(tensor, self._timeout_s)
        except (NoAnswerError, WireError) as err:
            rows = self._request_again(tensor, err)
        return rows, time.perf_counter() - begin

    def _request_again(self, tensor: Tensor, first: Exception) -> Rows:
        try:
            self._provide_model(_GRACE_S, None)
            return self._detect(tensor, self._timeout_s)
        except (NoAnswerError, WireError) as err:
            self._connection.close()
            raise UnreachableError(self._problem(err if str(err) != str(first) else first)) from err

    def _try(self) -> str:
        """Connect, provide the model and test it; return the problem, empty if there is none."""
        try:
            self._provide_model(_MODEL_TIMEOUT_S, self._on_wait)
            return self._probe()
        except (NoAnswerError, WireError, OSError) as err:
            self._connection.close()
            return self._problem(err)

    def _provide_model(self, timeout_s: float, on_wait: Callable[[], None] | None) -> None:
        """Make the server load the model; send the file if the server does not have it."""
        path = Path(self._model.file)
        answer = unpack_model_answer(self._connection.request(pack_model_request(path.name), timeout_s, on_wait))
        if answer is None or answer.get("model_loaded"):
            return
        if not answer.get("model_available"):
            brought = self._connection.request(
                pack_model_data(path.name, path.read_bytes()), _MODEL_TIMEOUT_S, self._on_wait
            )
            answer = unpack_model_answer(brought) or {"model_loaded": True}
        if not answer.get("model_loaded"):
            raise WireError(
                f"the server cannot load {path.name}; start it with --model {path.name} or --accept-models FOLDER"
            )

    def _probe(self) -> str:
        """Run test detections until one is fast enough; return the problem, empty if there is none."""
        blank = arrange(np.full((self._model.height, self._model.width, 3), 114, np.uint8), self._model)
        durations_s: list[float] = []
        while len(durations_s) < _PROBES:
            begin = time.monotonic()
            self._detect(blank, _FIRST_TIMEOUT_S, self._on_wait)
            durations_s.append(time.monotonic() - begin)
            if durations_s[-1] < self._timeout_s:
                return ""
        return self._problem(
            f"a detection takes {min(durations_s) * 1000:.0f} ms, "
            f"but request_timeout_ms is {self._timeout_s * 1000:.0f}"
        )

    def _detect(self, tensor: Tensor, timeout_s: float, on_wait: Callable[[], None] | None = None) -> Rows:
        rows = unpack_rows(self._connection.request(pack_region(tensor), timeout_s, on_wait))
        rows = rows[rows[:, 1] >= MIN_SCORE]
        return to_rows(np.rint(rows[:, 0]), rows[:, 1], rows[:, 2:])

    def _on_wait(self) -> None:
        if not self._is_engine_running():
            raise _EngineGoneError
        if time.monotonic() > self._quiet_until:
            self._report_unreachable(self._problem("no answer"))

    def _rest(self) -> None:
        until = time.monotonic() + _PAUSE_S
        while time.monotonic() < until:
            time.sleep(_SLICE_S)
            if not self._is_engine_running():
                raise _EngineGoneError

    def _report_unreachable(self, text: str) -> None:
        if text != self._reported:
            self._reported = text
            self._notify(Status(StatusKind.UNREACHABLE, text))

    def _problem(self, problem: object) -> str:
        return f"{self._endpoint}: {problem}"
