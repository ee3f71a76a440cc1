"""The folders of media files."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaPaths:
    """Folders for clips and snapshots, for 24/7 recordings, and for segments that may become clips."""

    clips: Path
    recordings: Path
    cache: Path

    @classmethod
    def below(cls, media: Path) -> MediaPaths:
        """Return the documented folders below a media folder."""
        frigate = media / "frigate"
        return cls(clips=frigate / "clips", recordings=frigate / "recordings", cache=frigate / "cache")
