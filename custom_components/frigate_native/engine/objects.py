"""A detection of one frame, and an object that is followed over many."""

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
    """Something the detector found in one frame: box and region in pixels of the frame, score 0..1.

    A weak one has less than its label's min_score: enough to say where a known object is, not that there is one.
    """

    label: str
    score: float
    box: Box
    region: Box
    is_weak: bool = False


@dataclass(slots=True, kw_only=True)
class TrackedObject:
    """An object that is followed. Owned by a camera's process thread; others get messages about it.

    box is the latest sighting's, or where the object is thought to be since; score and region are the latest
    sighting's. Times are frame times in epoch seconds; velocity is in pixels a second, (x, y) of the centre.
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
    is_weak: bool = False  # found in its latest sighting by a weak detection
    was_checked: bool = True  # in this frame
    next_search: float = 0.0
    velocity: tuple[float, float] = (0.0, 0.0)
    seen_box: Box = field(default=(0, 0, 0, 0))
    appearance: NDArray[np.float32] | None = None

    @property
    def is_missing(self) -> bool:
        """Tell whether the last look did not find the object."""
        return self.missed_frames > 0


def new_id(frame_time: float) -> str:
    """Return an id that nobody guesses: the time of the first sighting and six random characters."""
    tail = "".join(secrets.choice(_ID_CHARACTERS) for _ in range(_ID_LENGTH))
    return f"{frame_time}-{tail}"
