"""The release of the container, which is the integration's."""

import json
from pathlib import Path
from typing import Final

import custom_components.frigate_native.engine

_MANIFEST: Final = Path(custom_components.frigate_native.engine.__path__[0]).with_name("manifest.json")


def read_version() -> str:
    """Return the version in the manifest."""
    return str(json.loads(_MANIFEST.read_text(encoding="utf-8"))["version"])
