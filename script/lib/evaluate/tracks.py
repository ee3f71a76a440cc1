"""Identities and their boxes, frame by frame."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from custom_components.frigate_native.engine.geometry import Box

CERTAIN_SCORE: Final = 0.5  # a weaker sighting continues an identity, but does not have to be reported


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A model's detection in one frame; box in pixels of the frame."""

    label: str
    score: float
    box: Box


@dataclass(slots=True, kw_only=True)
class Track:
    """One identity: its box in each frame, by the frame's index in the file.

    `certain` are the frames in which it was really found; in others, its box is interpolated.
    """

    id: str
    label: str
    boxes: dict[int, Box] = field(default_factory=dict)
    certain: set[int] = field(default_factory=set)

    def in_frames(self, frames: set[int]) -> Track:
        """Return the part of the track that lies in these frames."""
        return Track(
            id=self.id,
            label=self.label,
            boxes={frame: box for frame, box in self.boxes.items() if frame in frames},
            certain=self.certain & frames,
        )


def filled(boxes: Mapping[float, Box], times: Sequence[float]) -> dict[int, Box]:
    """Return the box in each frame between the first and last of these boxes, interpolated by time.

    times are those of all frames, in seconds.
    """
    whole: dict[int, Box] = {}
    known = sorted(boxes)
    for frame, time in enumerate(times):
        after = bisect_left(known, time)
        if after < len(known) and known[after] == time:
            whole[frame] = boxes[time]
        elif 0 < after < len(known):
            share = (time - known[after - 1]) / (known[after] - known[after - 1])
            whole[frame] = _between(boxes[known[after - 1]], boxes[known[after]], share)
    return whole


def _between(first: Box, second: Box, share: float) -> Box:
    x1, y1, x2, y2 = (round(old + (new - old) * share) for old, new in zip(first, second, strict=True))
    return x1, y1, x2, y2
