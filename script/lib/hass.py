"""Run Home Assistant as `hass` does, with its arguments, without two of the default integrations.

Every start sets up assist_satellite, whose assist_pipeline requires pymicro-vad and pyspeex-noise. These have no wheels
for Python 3.14, so Home Assistant would try to build them, for half a minute, and fail where there is no C++ compiler.
The web page asks for the actions of all integrations, which imports assist_pipeline all the same: it finds stand-ins.
Every start also sets up marketplace, which fetches its catalogue from the internet.
"""

import sys
from importlib.util import find_spec
from types import ModuleType

from homeassistant import bootstrap
from homeassistant.__main__ import main

NEEDS_COMPILER = frozenset({"assist_satellite"})
NEEDS_INTERNET = frozenset({"marketplace"})
STAND_INS = {"pymicro_vad": "MicroVad", "pyspeex_noise": "AudioProcessor"}  # what is imported from them


def default_integrations() -> set[str]:
    """Return what a start of Home Assistant sets up whatever its configuration says, less what is not wanted."""
    return bootstrap.DEFAULT_INTEGRATIONS - NEEDS_COMPILER - NEEDS_INTERNET


def make_stand_ins() -> None:
    """Let imports from the modules that are not there succeed; nothing uses what they get."""
    for name, member in STAND_INS.items():
        if find_spec(name) is None:
            module = sys.modules[name] = ModuleType(name)
            setattr(module, member, None)


if __name__ == "__main__":
    make_stand_ins()
    bootstrap.DEFAULT_INTEGRATIONS = default_integrations()
    sys.exit(main())
