"""The container's health check: ends with 0 when the program is at work.

Nothing that a new start of the container would not mend counts as ill: every start interrupts all recordings.
"""

import os
import sys
from pathlib import Path

from .heartbeat import Heartbeat


def main() -> int:
    """Return 0 for a healthy container, else 1."""
    return 0 if Heartbeat(Path(os.environ.get("RUN_FOLDER", "/run/frigate_native")) / "pulse").is_felt() else 1


if __name__ == "__main__":
    sys.exit(main())
