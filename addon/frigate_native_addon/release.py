"""Which release this is: the integration's, whose code the image shares."""

import json
from pathlib import Path
from typing import Final

import custom_components.frigate_native.engine

_MANIFEST: Final = Path(custom_components.frigate_native.engine.__path__[0]).with_name("manifest.json")


def read_version() -> str:
    """Return the version that the manifest names."""
    return str(json.loads(_MANIFEST.read_text(encoding="utf-8"))["version"])
