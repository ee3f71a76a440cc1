"""The surroundings of a running engine, passed to all its parts."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from .concurrency import Clock, SystemClock
from .ffmpeg.program import DEFAULT_PROGRAM
from .local_time import LocalZone, system_zone
from .paths import MediaPaths

type ResolveAddress = Callable[[str, threading.Event], str]
"""Returns the address to open for an input's path; called before each connection. SourceError if there is none.

Runs in the thread that reads the input. It may block, but must return soon after the event is set.
"""


def configured_address(path: str, _stop: threading.Event) -> str:
    """Return the configured path unchanged."""
    return path


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineContext:
    """What a system runs with.

    ffmpeg is the program for arguments that PyAV does not support: a path, or a name on PATH. Without paths there are
    no clips, snapshots or stored events. time_zone is for the times that people read.
    """

    clock: Clock = field(default_factory=SystemClock)
    ffmpeg: str = DEFAULT_PROGRAM
    resolve_address: ResolveAddress = configured_address
    paths: MediaPaths | None = None
    time_zone: LocalZone = system_zone
