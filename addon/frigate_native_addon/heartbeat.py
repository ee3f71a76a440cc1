"""A file whose age shows whether the program works, for the container's health check."""

import time
from pathlib import Path
from typing import Final

_LONGEST_S: Final = 60.0


class Heartbeat:
    """Written by the program and read by the health check. Times are monotonic, so they never jump."""

    def __init__(self, path: Path) -> None:
        """Path is the file; nothing is read or written yet."""
        self._path = path

    def beat(self) -> None:
        """Record that the program works. If the disk cannot be written, the file grows old."""
        try:
            self._path.write_text(f"{time.monotonic():.0f}", encoding="ascii")
        except OSError:
            return

    def is_recent(self) -> bool:
        """Return whether the last beat is recent."""
        try:
            return time.monotonic() - float(self._path.read_text(encoding="ascii")) < _LONGEST_S
        except OSError, ValueError:
            return False
