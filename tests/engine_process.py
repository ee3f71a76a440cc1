"""Runs a module in a process that knows the engine alone: MODULE ARGUMENT...

The integration's own package imports Home Assistant, which takes seconds that no test of the engine needs.
"""

import runpy
import sys
import types
from pathlib import Path

_PACKAGE = "custom_components.frigate_native"


def engine_command(module: str, *arguments: str | Path) -> list[str]:
    """Return the command that runs a module so; it has to be run in the repository's root."""
    return [sys.executable, "-m", "tests.engine_process", module, *map(str, arguments)]


if __name__ == "__main__":
    package = types.ModuleType(_PACKAGE)
    package.__path__ = [str(Path(__file__).parents[1].joinpath(*_PACKAGE.split(".")))]
    sys.modules[_PACKAGE] = package
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__")
