"""A JSON file that only this user can read."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_MODE: Final = 0o600


def write_private(file: Path, values: Mapping[str, object]) -> None:
    """Write or replace a file; readers see the old or the new content. Raises OSError."""
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE), "w", encoding="ascii") as out:
        json.dump(dict(values), out)
    new.replace(file)
