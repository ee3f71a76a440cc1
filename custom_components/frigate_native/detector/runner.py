"""Runners answer requests: with a model in this process or through a remote detector."""

import importlib
import time
from collections.abc import Callable, Sequence
from typing import Protocol, cast, override

import numpy as np

from .backends import Backend, BackendError, OutputInfo, Tensor, arrange, load_backend
from .decoders import Decoder, load_decoder
from .protocol import ChildSpec, ModelSpec, Rows, Status, StatusKind
from .resize import Resizer
from .slots import Rgb

type Notify = Callable[[Status], None]
"""Sends a status to the engine; any thread may call it."""


class UnreachableError(Exception):
    """Requests cannot be answered until `prepare` returns again; the message says why."""


class Runner(Protocol):
    """Turns regions into detections. For one thread."""

    def prepare(self, should_run: Callable[[], bool]) -> bool:
        """Wait until requests can be answered; return False once should_run (called several times a second) does."""
        ...

    @property
    def status(self) -> Status:
        """The status to send to the engine when requests can be answered."""
        ...

    def run(self, rgb: Rgb) -> tuple[Rows, float]:
        """Return the detections in one region and the inference time in seconds.

        Raises UnreachableError, or BackendError if the runner cannot recover.
        """
        ...


def load_runner(spec: ChildSpec, notify: Notify) -> Runner:
    """Return the runner for a detector; raises BackendError."""
    if spec.helper_file:
        return _imported("assisted", spec, notify)
    if spec.kind == "edgetpu":
        return _imported("coral", spec, notify)
    if spec.kind == "zmq":
        try:
            return _imported("remote.client", spec, notify)
        except ImportError as err:
            raise BackendError(
                f"detectors.{spec.name}.type: zmq needs the Python package pyzmq ({err}); install it"
            ) from err
    return LocalRunner(spec)


def _imported(module: str, spec: ChildSpec, notify: Notify) -> Runner:
    """Import a runner's module on demand: its packages may be missing."""
    create = importlib.import_module(f".{module}", __package__).create
    return cast("Callable[[ChildSpec, Notify], Runner]", create)(spec, notify)


def _known_outputs(backend: Backend, model: ModelSpec) -> Sequence[OutputInfo]:
    """Return the outputs with all sides of their shapes; where the file does not say them, an inference does."""
    if all(all(output.shape) for output in backend.outputs):
        return backend.outputs
    found = backend.infer(arrange(np.zeros((model.height, model.width, 3), np.uint8), model))
    return [output._replace(shape=values.shape) for output, values in zip(backend.outputs, found, strict=True)]


class LocalRunner(Runner):
    """A model in this process, with the decoder for its outputs."""

    def __init__(self, spec: ChildSpec) -> None:
        """Load the model; raises BackendError."""
        self._model = spec.model
        self._backend: Backend = load_backend(spec)
        self._decoder: Decoder = load_decoder(spec.model, _known_outputs(self._backend, spec.model))
        self._resizer = Resizer(spec.model.width, spec.model.height)
        self.description = self._backend.description

    @override
    def prepare(self, should_run: Callable[[], bool]) -> bool:
        """Run once, so that memory is allocated now."""
        self.run(np.zeros((self._model.height, self._model.width, 3), np.uint8))
        return True

    @property
    @override
    def status(self) -> Status:
        return Status(StatusKind.READY, self.description)

    @override
    def run(self, rgb: Rgb) -> tuple[Rows, float]:
        return self.run_tensor(arrange(self._resizer.resize(rgb), self._model))

    def run_tensor(self, tensor: Tensor) -> tuple[Rows, float]:
        """Detect like `run`, but in a region that already has the model's layout."""
        begin = time.perf_counter()
        outputs = self._backend.infer(tensor)
        inference_s = time.perf_counter() - begin
        return self._decoder.decode(outputs), inference_s
