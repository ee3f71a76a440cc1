"""Detections in one frame, and tracked objects over many."""

import secrets
import string
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


@dataclass(slots=True, kw_only=True)
class TrackedObject:
    """A tracked object. Owned by a camera's process thread; others receive messages about it.

    box is the latest sighting's, or the expected box after that; score and region are the latest sighting's. Times are
    frame times in epoch seconds; velocity is that of the centre, (x, y) in pixels per second.
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

    @property
    def is_missing(self) -> bool:
        """Whether the last detection in its region did not find the object."""
        return self.missed_frames > 0


def new_id(frame_time: float) -> str:
    """Return an ID that cannot be guessed: the time of the first sighting and six random characters."""
    tail = "".join(secrets.choice(_ID_CHARACTERS) for _ in range(_ID_LENGTH))
    return f"{frame_time}-{tail}"
