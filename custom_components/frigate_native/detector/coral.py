"""Run the model on a Coral, and on the CPU while the Coral is unavailable."""

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import override

from .backends import BackendError, Tensor
from .protocol import ChildSpec, Rows, Status, StatusKind
from .runner import LocalRunner, Notify, Runner
from .slots import Rgb
from .tflite import TfliteError, read_tflite

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = (
    1.0,
    8.0,
)  # an attempt takes milliseconds; a Coral that is plugged in again works within ten seconds


def create(spec: ChildSpec, notify: Notify) -> Runner:
    """Return a runner for the Coral that falls back to the CPU; raises BackendError when neither works."""
    return CoralRunner(spec, notify)


class CoralRunner(Runner):
    """Runs the model on the Coral whenever it is available.

    While the CPU is used, a thread tries to open the Coral at increasing intervals. The next request uses it.
    """

    def __init__(self, spec: ChildSpec, notify: Notify) -> None:
        """Open the Coral, or load the model on the CPU; raises BackendError."""
        self._spec = spec
        self._notify = notify
        self._opened: LocalRunner | None = None
        self._is_compiled = _is_compiled(spec)
        try:
            self._runner = LocalRunner(spec)
            self._problem = ""
        except BackendError as err:
            self._problem = str(err)
            self._runner = self._substitute()
            threading.Thread(target=self._retry, name=f"fn:{spec.name}:coral", daemon=True).start()

    @override
    def prepare(self, should_run: Callable[[], bool]) -> bool:
        return self._runner.prepare(should_run)

    @property
    @override
    def status(self) -> Status:
        if self._problem:
            return Status(StatusKind.NO_CORAL, f"{self._problem} ({self._runner.description} is used instead)")
        if not self._is_compiled:
            return Status(StatusKind.NOT_COMPILED, _uncompiled(self._spec))
        return self._runner.status

    @override
    def run(self, rgb: Rgb) -> tuple[Rows, float]:
        self._use_opened_coral()
        return self._runner.run(rgb)

    def run_tensor(self, tensor: Tensor) -> tuple[Rows, float]:
        """Detect like `run`, but in a region that already has the model's layout."""
        self._use_opened_coral()
        return self._runner.run_tensor(tensor)

    def _use_opened_coral(self) -> None:
        if self._opened:
            self._runner, self._opened = self._opened, None

    def _substitute(self) -> LocalRunner:
        """Return a CPU runner: for this model, or for its fallback when it is compiled for the Coral."""
        model = self._spec.model
        if self._is_compiled:
            if model.fallback is None:
                stem = model.file.removesuffix(".tflite").removesuffix("_edgetpu")
                raise BackendError(f"{self._problem}; to use the CPU meanwhile, put {stem}.tflite next to {model.file}")
            model = model.fallback
        try:
            return LocalRunner(replace(self._spec, kind="cpu", model=model))
        except BackendError as err:
            raise BackendError(f"{self._problem}; the CPU cannot be used either: {err}") from err

    def _retry(self) -> None:
        pause_s = _FIRST_PAUSE_S
        while True:
            time.sleep(pause_s)  # a daemon thread: it ends with the process
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
            try:
                opened = LocalRunner(self._spec)
                opened.prepare(lambda: True)
            except BackendError as err:
                self._report(str(err))
                continue
            self._problem = ""
            self._opened = opened
            self._notify(self.status if not self._is_compiled else opened.status)
            return

    def _report(self, problem: str) -> None:
        if problem != self._problem:
            self._problem = problem
            self._notify(self.status)


def _is_compiled(spec: ChildSpec) -> bool:
    """Return whether the model is compiled for the Coral; the runtime reports files that cannot be read."""
    try:
        return bool(spec.model.tflite) and read_tflite(Path(spec.model.file)).is_for_coral
    except (OSError, TfliteError) as err:
        sys.stderr.write(f"{spec.model.file}: {err}\n")
        return False


def _uncompiled(spec: ChildSpec) -> str:
    return (
        f"detectors.{spec.name}: {Path(spec.model.file).name} is not compiled for the Coral, so it runs on the CPU; "
        "set model.path to a model compiled for the Edge TPU"
    )
