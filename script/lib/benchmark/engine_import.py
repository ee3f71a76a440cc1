"""Import this first to import `custom_components.frigate_native.engine` without Home Assistant.

The integration's `__init__` imports Home Assistant; it is replaced by an empty package with the same folder.
"""

import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = "custom_components.frigate_native"


def _replace_package() -> None:
    sys.path.insert(0, str(ROOT))
    parent = ModuleType(PACKAGE)
    parent.__path__ = [str(ROOT / PACKAGE.replace(".", "/"))]
    sys.modules[PACKAGE] = parent


_replace_package()
