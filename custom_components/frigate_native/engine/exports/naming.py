"""Names of exports and of their files."""

import secrets
import string
from datetime import datetime, tzinfo
from typing import Final

from ..media.assembly import TimeRange

LONGEST_NAME: Final = 255

_ALPHABET: Final = string.ascii_lowercase + string.digits
_ID_LENGTH: Final = 6
_STAMP: Final = "%Y%m%d_%H%M%S"
_SHOWN: Final = "%Y-%m-%d %H:%M:%S"


def new_id(camera: str) -> str:
    """Return the ID of a new export, in the form of today's Frigate."""
    return f"{camera}_{''.join(secrets.choice(_ALPHABET) for _ in range(_ID_LENGTH))}"


def default_name(title: str, span: TimeRange, zone: tzinfo | None) -> str:
    """Return the name of an export to which the user gives none."""
    start, end = (datetime.fromtimestamp(time, zone).strftime(_SHOWN) for time in (span.start, span.end))
    return f"{title} {start} - {end}"


def file_name(export_id: str, camera: str, span: TimeRange, zone: tzinfo | None) -> str:
    """Return the name of an export's file, with local times."""
    start, end = (datetime.fromtimestamp(time, zone).strftime(_STAMP) for time in (span.start, span.end))
    return f"{camera}_{start}-{end}_{export_id.rpartition('_')[2]}.mp4"
