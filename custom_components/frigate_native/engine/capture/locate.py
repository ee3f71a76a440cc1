"""Where inputs are whose addresses others know, and may change."""

import threading
from collections.abc import Callable

type Locate = Callable[[str, threading.Event], str]
"""Returns what to open for an input's path, whenever it is opened; SourceError when that cannot be told.

It is called in the thread that reads the input and may block, not for long once the event is set.
"""


def as_it_is(path: str, _stop: threading.Event) -> str:
    """Return the path itself."""
    return path
