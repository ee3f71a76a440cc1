"""The folders of media files."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaPaths:
    """Folders for clips and snapshots, for 24/7 recordings, and for segments that may become clips.

    Exports are beside the clips; previews and pictures of exports are below the clips, as in Frigate.
    """

    clips: Path
    recordings: Path
    cache: Path

    @property
    def exports(self) -> Path:
        """The folder of exported recordings."""
        return self.clips.with_name("exports")

    @property
    def export_thumbnails(self) -> Path:
        """The folder of their pictures."""
        return self.clips / "export"

    @property
    def previews(self) -> Path:
        """The folder of previews."""
        return self.clips / "previews"

    @classmethod
    def below(cls, media: Path) -> MediaPaths:
        """Return the documented folders below a media folder."""
        frigate = media / "frigate"
        return cls(clips=frigate / "clips", recordings=frigate / "recordings", cache=frigate / "cache")
