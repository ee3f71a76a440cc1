"""Choose what runs a model on this machine, by trying it."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from ..backends import BackendError
from ..protocol import ModelSpec
from ..runner import LocalRunner
from ..tflite import TfliteError, read_tflite
from .options import ServerOptions, child_spec

_LOGGER = logging.getLogger(__name__)

_TRIALS: Final = 5
_CORAL: Final = ("edgetpu", "")
_OTHERS: Final = (("openvino", "GPU"), ("openvino", "NPU"), ("openvino", "CPU"), ("cpu", ""))


def fastest(model: ModelSpec, options: ServerOptions) -> ServerOptions:
    """Run a model on everything that this machine has and return the options of what is fastest.

    Raises BackendError if nothing runs it.
    """
    tried = sorted(_try_all(model, options), key=lambda trial: trial[0])
    if not tried:
        raise BackendError(f"nothing on this machine can run {Path(model.file).name}")
    return tried[0][1]


def _try_all(model: ModelSpec, options: ServerOptions) -> Iterator[tuple[float, ServerOptions]]:
    """Yield milliseconds per detection and the options of everything that works."""
    for kind, device in (_CORAL,) if _is_for_coral(model) else _OTHERS:
        candidate = replace(options, kind=kind, device=device)
        try:
            runner = LocalRunner(child_spec(model, candidate))
            least_ms = min(_run(runner, model) for _ in range(_TRIALS)) * 1000
        except BackendError as err:
            _LOGGER.info("%s", err)
            continue
        _LOGGER.info("%s: %.1f ms", runner.description, least_ms)
        yield least_ms, candidate


def _run(runner: LocalRunner, model: ModelSpec) -> float:
    """Return the seconds of one inference."""
    return runner.run(np.zeros((model.height, model.width, 3), np.uint8))[1]


def _is_for_coral(model: ModelSpec) -> bool:
    try:
        return bool(model.tflite) and read_tflite(Path(model.file)).is_for_coral
    except OSError, TfliteError:
        return False
