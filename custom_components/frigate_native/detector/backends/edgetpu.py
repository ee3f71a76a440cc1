"""A Coral, through LiteRT's Edge TPU delegate."""

import ctypes

from ai_edge_litert.interpreter import load_delegate

from ..protocol import ChildSpec
from .base import Backend, BackendError
from .litert import LiteRtBackend

_LIBRARY = "libedgetpu.so.1"


def create(spec: ChildSpec) -> Backend:
    """Return the model on the Coral that `device` names; raises BackendError."""
    options = {"device": spec.device} if spec.device else {}
    try:
        ctypes.CDLL(_LIBRARY)  # LiteRT itself prints a traceback if it is missing
        delegate = load_delegate(_LIBRARY, options)
    except (OSError, ValueError) as err:
        raise BackendError(_explain(spec, err)) from err
    return LiteRtBackend(spec, [delegate], f"Coral {spec.device}".rstrip())


def _explain(spec: ChildSpec, err: Exception) -> str:
    reason = " ".join(str(err).split())
    place = f"detectors.{spec.name}.device: {spec.device or 'any'}"
    if isinstance(err, OSError):
        return f"{place}: {_LIBRARY} cannot be loaded ({reason}); install it, or use type: cpu"
    return f"{place}: this Coral was not found ({reason}); plug it in, correct device, or use type: cpu"
