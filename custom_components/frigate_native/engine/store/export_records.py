"""Exports in the database, and queries to them."""

from dataclasses import dataclass
from typing import Any

from ..messages import ExportState


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredExport:
    """A part of a camera's recordings, kept as a file of its own.

    start and end are what was requested, created is when (epoch). speed: 1 for a copy in real time, more for a time
    lapse. file is the name of the file; size is its bytes and seconds its length once it is done. problem says, for
    people, why it failed or what it lacks.
    """

    id: str
    camera: str
    name: str
    start: float
    end: float
    created: float
    file: str
    speed: float = 1.0
    state: ExportState = ExportState.QUEUED
    problem: str | None = None
    size: int = 0
    seconds: float = 0.0

    @property
    def in_progress(self) -> bool:
        """Whether it waits or is being made."""
        return not self.state.is_over

    def to_payload(self, progress: float | None = None) -> dict[str, Any]:
        """Return a JSON object; progress is 0..1 while it is being made."""
        return {
            "id": self.id,
            "camera": self.camera,
            "name": self.name,
            "start_time": self.start,
            "end_time": self.end,
            "created": self.created,
            "speed": self.speed,
            "file": self.file,
            "state": str(self.state),
            "progress": 1.0 if self.state is ExportState.DONE else round(progress or 0.0, 3),
            "problem": self.problem,
            "size": self.size,
            "seconds": self.seconds,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFilter:
    """Selects exports, the newest first; None and empty select all. after and before are about their span."""

    cameras: tuple[str, ...] = ()
    in_progress: bool | None = None
    after: float | None = None
    before: float | None = None
    limit: int | None = None
    offset: int = 0
