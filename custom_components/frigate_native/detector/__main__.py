"""Start a detector process. Run by path: neither the integration's `__init__` nor Home Assistant is imported."""

import importlib
import sys
import types
from pathlib import Path

_PACKAGE = "frigate_native"


def main() -> int:
    """Register an empty parent package for the integration's folder and run the worker; return the exit code."""
    package = types.ModuleType(_PACKAGE)
    package.__path__ = [str(Path(__file__).resolve().parent.parent)]
    sys.modules[_PACKAGE] = package
    worker = importlib.import_module(f"{_PACKAGE}.detector.worker")
    return int(worker.main())


if __name__ == "__main__":
    sys.exit(main())
