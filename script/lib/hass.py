"""Run Home Assistant as `hass` does, with its arguments, without the one default integration that needs a compiler.

Every start sets up assist_satellite, whose assist_pipeline requires pymicro-vad and pyspeex-noise. These have no wheels
for Python 3.14, so Home Assistant would try to build them, for half a minute, and fail where there is no C++ compiler.
"""

import sys

from homeassistant import bootstrap
from homeassistant.__main__ import main

NEEDS_COMPILER = frozenset({"assist_satellite"})


def default_integrations() -> set[str]:
    """Return what a start of Home Assistant sets up whatever its configuration says, less what needs a compiler."""
    return bootstrap.DEFAULT_INTEGRATIONS - NEEDS_COMPILER


if __name__ == "__main__":
    bootstrap.DEFAULT_INTEGRATIONS = default_integrations()
    sys.exit(main())
