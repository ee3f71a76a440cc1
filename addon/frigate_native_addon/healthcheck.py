"""The container's health check: exits with 0 if the program works.

Only problems that a restart can fix count as unhealthy, since each restart interrupts all recordings.
"""

import os
import sys
from pathlib import Path

from .heartbeat import Heartbeat


def main() -> int:
    """Return 0 for a healthy container, otherwise 1."""
    return 0 if Heartbeat(Path(os.environ.get("RUN_FOLDER", "/run/frigate_native")) / "pulse").is_recent() else 1


if __name__ == "__main__":
    sys.exit(main())
