"""A Coral, and the CPU in its place while it cannot be used."""

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

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 8.0  # a try costs milliseconds; one plugged in again works within ten seconds


def create(spec: ChildSpec, notify: Notify) -> Runner:
    """Return what runs the model on the Coral, or else on the CPU; raises BackendError when neither can."""
    return CoralRunner(spec, notify)


class CoralRunner(Runner):
    """Runs the model on the Coral whenever that works.

    While the CPU does the work, a thread tries to open the Coral with growing pauses; it hands it over ready to run.
    """

    def __init__(self, spec: ChildSpec, notify: Notify) -> None:
        """Open the Coral, or load the model on the CPU; raises BackendError."""
        self._spec = spec
        self._notify = notify
        self._found: LocalRunner | None = None
        self._is_compiled = _is_compiled(spec)
        try:
            self._runner = LocalRunner(spec)
            self._problem = ""
        except BackendError as err:
            self._problem = str(err)
            self._runner = self._substitute()
            threading.Thread(target=self._retry, name=f"fn:{spec.name}:coral", daemon=True).start()

    @override
    def prepare(self, is_needed: Callable[[], bool]) -> bool:
        return self._runner.prepare(is_needed)

    @property
    @override
    def status(self) -> Status:
        if self._problem:
            return Status(StatusKind.NO_CORAL, f"{self._problem} ({self._runner.description} does its work)")
        if not self._is_compiled:
            return Status(StatusKind.NOT_COMPILED, _uncompiled(self._spec))
        return self._runner.status

    @override
    def run(self, rgb: Rgb) -> tuple[Rows, float]:
        self._take_over()
        return self._runner.run(rgb)

    def run_tensor(self, tensor: Tensor) -> tuple[Rows, float]:
        """Do as `run` with a region that is in the model's own order."""
        self._take_over()
        return self._runner.run_tensor(tensor)

    def _take_over(self) -> None:
        if self._found:
            self._runner, self._found = self._found, None

    def _substitute(self) -> LocalRunner:
        """Return the model on the CPU: this one, or what stands beside it where it is compiled for the Coral."""
        model = self._spec.model
        if self._is_compiled:
            if model.fallback is None:
                stem = model.file.removesuffix(".tflite").removesuffix("_edgetpu")
                raise BackendError(f"{self._problem}; for the CPU to help out, put {stem}.tflite beside {model.file}")
            model = model.fallback
        try:
            return LocalRunner(replace(self._spec, kind="cpu", model=model))
        except BackendError as err:
            raise BackendError(f"{self._problem}; nor can the CPU help out: {err}") from err

    def _retry(self) -> None:
        pause_s = _FIRST_PAUSE_S
        while True:
            time.sleep(pause_s)  # a thread of the child's, which ends with it
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
            try:
                found = LocalRunner(self._spec)
                found.prepare(lambda: True)
            except BackendError as err:
                self._note(str(err))
                continue
            self._problem = ""
            self._found = found
            self._notify(self.status if not self._is_compiled else found.status)
            return

    def _note(self, problem: str) -> None:
        if problem != self._problem:
            self._problem = problem
            self._notify(self.status)


def _is_compiled(spec: ChildSpec) -> bool:
    """Notify whether the model was compiled for the Coral; what cannot be read is for the runtime to complain about."""
    try:
        return bool(spec.model.tflite) and read_tflite(Path(spec.model.file)).is_for_coral
    except (OSError, TfliteError) as err:
        sys.stderr.write(f"{spec.model.file}: {err}\n")
        return False


def _uncompiled(spec: ChildSpec) -> str:
    return (
        f"detectors.{spec.name}: {Path(spec.model.file).name} is not compiled for the Coral, so the CPU runs it; "
        "give model.path an edgetpu-compiled model"
    )
