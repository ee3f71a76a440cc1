"""What is compared: identities and their boxes, frame by frame."""

from dataclasses import dataclass, field

from custom_components.frigate_native.engine.geometry import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Something of a label that a model has found in one frame; box in pixels of the frame."""

    label: str
    score: float
    box: Box


@dataclass(slots=True, kw_only=True)
class Track:
    """One identity: its box in each frame, by the frame's index in the file.

    `certain` are the frames in which it was really found; in the others it is where it must have been.
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
