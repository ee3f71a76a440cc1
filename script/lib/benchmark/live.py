"""N cameras in real time inside a running Home Assistant."""

from pathlib import Path
from typing import Any


def run_live(
    video: Path, cameras: int, fps: int, seconds: float, *, detector: str, threads: int, runtime: str | None
) -> dict[str, Any]:
    """Return the figures of a live run."""
    raise SystemExit("not built yet")
