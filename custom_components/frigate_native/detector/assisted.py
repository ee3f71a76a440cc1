"""Run the model on the add-on's detector, and in this process while there is none."""

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, override

import numpy as np

from .backends import BackendError
from .helper import HelperAddress, read_helper
from .protocol import ChildSpec, RemoteSpec, Rows, Status, StatusKind
from .remote.client import RemoteRunner
from .runner import Notify, Runner, UnreachableError, load_runner
from .slots import Rgb

_LOOK_S: Final = 1.0
_TIMEOUT_MS: Final = 1000
_TRIALS: Final = 5
_WORTH_IT: Final = 0.9  # of the time that a detection takes in this process
_SLOWER_PAUSE_S: Final = 60.0  # before a slower detector is measured again


def create(spec: ChildSpec, notify: Notify) -> Runner:
    """Return a runner that prefers the add-on's detector; raises BackendError if the model does not run here."""
    return AssistedRunner(spec, notify)


class AssistedRunner(Runner):
    """Detects in this process until the add-on's detector is there, answers, and is faster.

    A thread finds and tries it; the next request uses it. If it does not answer, the same region is detected here.
    """

    def __init__(self, spec: ChildSpec, notify: Notify) -> None:
        """Load the model in this process; raises BackendError."""
        self._spec = spec
        self._notify = notify
        self._local = _load_here(replace(spec, helper_file=""), notify)
        self._local_s = 0.0
        self._remote: RemoteRunner | None = None
        self._finder = threading.Thread(target=self._find, name=f"fn:{spec.name}:helper", daemon=True)

    @override
    def prepare(self, should_run: Callable[[], bool]) -> bool:
        if not self._local.prepare(should_run):
            return False
        self._run_here(self._blank())
        if self._finder.ident is None:
            self._finder.start()
        return True

    @property
    @override
    def status(self) -> Status:
        return self._local.status

    @override
    def run(self, rgb: Rgb) -> tuple[Rows, float]:
        remote = self._remote
        if remote is None:
            return self._run_here(rgb)
        try:
            return remote.run(rgb)
        except UnreachableError:
            self._remote = None
            remote.close()
            self._notify(self._local.status)
            return self._run_here(rgb)

    def _run_here(self, rgb: Rgb) -> tuple[Rows, float]:
        begin = time.perf_counter()
        found = self._local.run(rgb)
        self._local_s = time.perf_counter() - begin
        return found

    def _blank(self) -> Rgb:
        model = self._spec.model
        return np.zeros((model.height, model.width, 3), np.uint8)

    def _find(self) -> None:
        file = Path(self._spec.helper_file)
        while True:
            time.sleep(_LOOK_S)  # a daemon thread: it ends with the process
            address = None if self._remote else read_helper(file)
            if address is not None and not self._try(address, file):
                time.sleep(_SLOWER_PAUSE_S)

    def _try(self, address: HelperAddress, file: Path) -> bool:
        """Use a detector if it is faster; return False if it is slower."""
        try:
            remote = RemoteRunner(replace(self._spec, remote=_remote_spec(address)), lambda _: None)
        except BackendError:
            return True
        seconds = self._measure(remote, lambda: read_helper(file) == address)
        if seconds is None or seconds > _WORTH_IT * self._local_s:
            remote.close()
            return seconds is None
        self._notify(Status(StatusKind.READY, f"the add-on ({address.description or address.endpoint})"))
        self._remote = remote
        return True

    def _measure(self, remote: RemoteRunner, should_run: Callable[[], bool]) -> float | None:
        """Return the seconds of a detection, once it answers; None if it does not."""
        try:
            if not remote.prepare(should_run):
                return None
            return min(_timed(remote, self._blank()) for _ in range(_TRIALS))
        except UnreachableError:
            return None


def _load_here(spec: ChildSpec, notify: Notify) -> Runner:
    """Return what runs in this process: the model, or its fallback if only the add-on's Coral can run it."""
    try:
        return load_runner(spec, notify)
    except BackendError:
        if spec.model.fallback is None:
            raise
        return load_runner(replace(spec, model=spec.model.fallback), notify)


def _remote_spec(address: HelperAddress) -> RemoteSpec:
    return RemoteSpec(endpoint=address.endpoint, request_timeout_ms=_TIMEOUT_MS, linger_ms=0, keys=address)


def _timed(remote: RemoteRunner, rgb: Rgb) -> float:
    begin = time.perf_counter()
    remote.run(rgb)
    return time.perf_counter() - begin
