"""Importing this lets `custom_components.frigate_native.engine` be imported without Home Assistant.

The integration's own `__init__` imports Home Assistant; the empty package put in its place has the same folder and
imports nothing.
"""

import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = "custom_components.frigate_native"


def _open() -> None:
    sys.path.insert(0, str(ROOT))
    parent = ModuleType(PACKAGE)
    parent.__path__ = [str(ROOT / PACKAGE.replace(".", "/"))]
    sys.modules[PACKAGE] = parent


_open()
