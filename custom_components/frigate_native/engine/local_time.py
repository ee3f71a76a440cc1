"""The time zone that people live in, which may change while everything runs."""

from collections.abc import Callable
from datetime import tzinfo

type LocalZone = Callable[[], tzinfo | None]  # any thread may ask; None: the system's


def system_zone() -> tzinfo | None:
    """Leave local time to the operating system."""
    return None
