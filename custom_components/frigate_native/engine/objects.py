"""Detections in one frame, and tracked objects over many."""

import secrets
import string
from collections import deque
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .geometry import Box

_ID_CHARACTERS = string.ascii_lowercase + string.digits
_ID_LENGTH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """A detection in one frame: box and region in pixels of the frame, score 0..1.

    A weak detection is below its label's min_score: enough to locate a known object, not to start a new one.
    """

    label: str
    score: float
    box: Box
    region: Box
    is_weak: bool = False


@dataclass(slots=True)
class Place:
    """Where an object stands: the mean of its first boxes there, its latest boxes, and what the place looks like.

    doubts counts the latest looks at a stationary object that suggest that it has moved, or did not find it; is_alike:
    the latest one did not find it, but the place looks as before.
    """

    box: Box
    boxes: int = 1
    latest: deque[Box] = field(default_factory=deque)
    look: NDArray[np.float32] | None = None
    doubts: int = 0
    is_alike: bool = False


@dataclass(slots=True, kw_only=True)
class TrackedObject:
    """A tracked object. Owned by a camera's process thread; others receive messages about it.

    box is the latest sighting's, or the expected box after that; score and region are the latest sighting's. Times are
    frame times in epoch seconds; velocity is that of the centre, (x, y) in pixels per second. motionless_count is the
    number of frames in which it kept its place; position_changes counts its first movement, and each one after it
    was stationary. A dismissed object was stationary for too long: it is known, but no longer reported.
    """

    id: str
    label: str
    score: float
    box: Box
    region: Box
    start_time: float
    frame_time: float
    last_checked: float
    last_motion: float
    sightings: int = 1
    missed_frames: int = 0
    is_seen: bool = True  # found in this frame
    is_weak: bool = False  # the latest sighting is a weak detection
    was_checked: bool = True  # in this frame
    next_search: float = 0.0
    velocity: tuple[float, float] = (0.0, 0.0)
    seen_box: Box = field(default=(0, 0, 0, 0))
    appearance: NDArray[np.float32] | None = None
    age: int = 0  # frames since the first sighting, less those in which it was missed
    is_established: bool = False
    unchecked_frames: int = 0  # since it was last found, missed, or looked for on its own
    place: Place = field(default_factory=lambda: Place((0, 0, 0, 0), 0))
    motionless_count: int = 0
    position_changes: int = 0
    is_stationary: bool = False
    is_dismissed: bool = False

    @property
    def is_missing(self) -> bool:
        """Whether the last detection in its region did not find the object."""
        return self.missed_frames > 0


def new_id(frame_time: float) -> str:
    """Return an ID that cannot be guessed: the time of the first sighting and six random characters."""
    tail = "".join(secrets.choice(_ID_CHARACTERS) for _ in range(_ID_LENGTH))
    return f"{frame_time}-{tail}"
