"""What is to be exported, and how its maker is controlled."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from ..media.assembly import TimeRange
from ..media.segment import Segment
from ..store import Recording


class Control(Protocol):
    """How work is cancelled and watched. For the thread that does it."""

    def check(self) -> None:
        """Raise to end the work; called often."""
        ...

    def pause(self, seconds: float) -> None:
        """Wait, or raise as `check`."""
        ...

    def report(self, progress: float) -> None:
        """Receive how far the work is, 0..1."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportJob:
    """Recordings below a folder, the part of them that is exported, how fast it plays, and the path of the file."""

    folder: Path
    recordings: Sequence[Recording]
    span: TimeRange
    speed: float
    path: Path

    @property
    def segments(self) -> list[Segment]:
        """The recordings as parts of a film."""
        return [
            Segment(camera=one.camera, path=self.folder / one.path, start=one.start, end=one.end, lead_s=0.0)
            for one in self.recordings
        ]

    @property
    def size(self) -> float:
        """About how many bytes of recordings are exported."""
        return sum(one.size * self._seconds(one) / max(one.end - one.start, 0.1) for one in self.recordings)

    def seconds_of(self, segments: Sequence[Segment]) -> float:
        """Return how many seconds of these files are exported."""
        return sum(self._seconds(one) for one in segments)

    def _seconds(self, one: Recording | Segment) -> float:
        return max(min(one.end, self.span.end) - max(one.start, self.span.start), 0.0)
