"""What is to be imported, and how."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

DEFAULT_KEEP_DAYS: Final = 14
"""For how many days nothing of an import expires, unless the request says otherwise."""


class FilesMode(StrEnum):
    """How files of another media folder are taken over; those of the same folder stay where they are."""

    LINK = "link"  # as hard links: no copy, and the originals stay
    COPY = "copy"
    MOVE = "move"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """A database of Frigate, and its media folder (`/media/frigate` in its container).

    cameras maps the names there to ours; other names stay, and an empty one leaves that camera out. user has seen the
    review items that any user there has. is_trial: only count. Nothing of it expires for keep_days.
    """

    database: Path
    media: Path
    cameras: Mapping[str, str] = field(default_factory=dict)
    files: FilesMode = FilesMode.LINK
    user: str = ""
    keep_days: float = DEFAULT_KEEP_DAYS
    is_trial: bool = False

    def camera(self, name: str) -> str:
        """Return our name of a camera; empty if it is left out."""
        return self.cameras.get(name, name)
