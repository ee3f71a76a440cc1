"""Serve this machine's detector to other machines. Run by path: `python detector/server.py --help`.

It needs Python, the `detector` and `models` folders, and the packages numpy, pyzmq and ai-edge-litert.
"""

import importlib
import sys
import types
from pathlib import Path

_PACKAGE = "frigate_native"
_HERE = Path(__file__).resolve().parent


def main() -> int:
    """Register an empty parent package for the integration's folder and run the server; return the exit code."""
    sys.path[:] = [
        entry for entry in sys.path if Path(entry or ".").resolve() != _HERE
    ]  # its module names must not hide others
    package = types.ModuleType(_PACKAGE)
    package.__path__ = [str(_HERE.parent)]
    sys.modules[_PACKAGE] = package
    server = importlib.import_module(f"{_PACKAGE}.detector.remote.main")
    return int(server.main())


if __name__ == "__main__":
    sys.exit(main())
