"""A file whose age tells whether the program is at work, for whoever watches over the container."""

import time
from pathlib import Path
from typing import Final

_LONGEST_S: Final = 60.0


class Heartbeat:
    """Written by the program, felt by the health check. Times are the machine's since its start, which never jump."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is read or written yet."""
        self._path = path

    def beat(self) -> None:
        """Tell that all goes well. A disk that cannot be written shows in the file's age."""
        try:
            self._path.write_text(f"{time.monotonic():.0f}", encoding="ascii")
        except OSError:
            return

    def is_felt(self) -> bool:
        """Tell whether the last beat is recent."""
        try:
            return time.monotonic() - float(self._path.read_text(encoding="ascii")) < _LONGEST_S
        except OSError, ValueError:
            return False
