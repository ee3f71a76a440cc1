"""Where files are kept."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaPaths:
    """The folders of clips and snapshots, of 24/7 recordings, and of segments that may become clips."""

    clips: Path
    recordings: Path
    cache: Path

    @classmethod
    def below(cls, media: Path) -> MediaPaths:
        """Return the folders that the documentation names, below a media folder."""
        frigate = media / "frigate"
        return cls(clips=frigate / "clips", recordings=frigate / "recordings", cache=frigate / "cache")
