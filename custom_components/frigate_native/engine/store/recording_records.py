"""Recordings in the database, and queries to them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """A recorded file. path is relative to the folder of recordings; times are epoch seconds, size is bytes.

    motion is the number of motion boxes in all frames of its time, objects that of active objects, sound the mean level
    of its loud moments (dBFS, 0 for silence). None: detection was not running at that time.
    """

    camera: str
    path: str
    start: float
    end: float
    size: int
    motion: int | None = None
    objects: int | None = None
    sound: int | None = None

    @property
    def folder(self) -> str:
        """The path without the file's name."""
        return self.path.rpartition("/")[0]

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.rpartition("/")[2]

    @property
    def is_watched(self) -> bool:
        """Whether detection ran at that time, so that the figures say what happened."""
        return self.motion is not None and self.objects is not None

    @property
    def has_motion(self) -> bool:
        """Whether something moved or was heard."""
        return bool(self.motion or self.objects or self.sound)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedHour:
    """What is recorded of a camera within an hour of epoch time; start is its first second.

    seconds is the recorded time; for motion and objects see `Recording`.
    """

    camera: str
    start: float
    files: int
    seconds: float
    size: int
    motion: int
    objects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedTotal:
    """All recordings of a camera: the first and last moment, and their recorded seconds and bytes."""

    camera: str
    first: float
    last: float
    seconds: float
    size: int
