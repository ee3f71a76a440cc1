"""Where the add-on's detector is: written by the engine, read by a detector process.

The address comes with the first report of the add-on, long after detectors have started, and changes when the add-on
starts again. So it is in a file; without one, the process runs the model itself.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from .private_file import write_private


@dataclass(frozen=True, slots=True, kw_only=True)
class HelperAddress:
    """An address, the keys of its CurveZMQ connection (Z85, 40 characters) and what runs the model there."""

    endpoint: str
    server_key: str
    client_key: str
    client_secret: str = field(repr=False)
    description: str = ""


def write_helper(file: Path, address: HelperAddress | None) -> None:
    """Write an address for this user alone, or remove it; raises OSError."""
    if address is None:
        file.unlink(missing_ok=True)
        return
    write_private(file, asdict(address))


def read_helper(file: Path) -> HelperAddress | None:
    """Return the address; None while there is none."""
    try:
        return HelperAddress(**json.loads(file.read_text(encoding="ascii")))
    except OSError, ValueError, TypeError:
        return None
