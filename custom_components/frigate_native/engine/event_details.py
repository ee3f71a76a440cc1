"""What today's Frigate reports of an event beside its place and time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .geometry import Box, Size


class Severity(StrEnum):
    """How much a review item matters."""

    ALERT = "alert"
    DETECTION = "detection"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """A part or mark of an object that was detected along with it, such as a face; box in pixels of the frame."""

    label: str
    score: float
    box: Box

    def to_payload(self) -> dict[str, Any]:
        """Return the JSON object of today's Frigate."""
        return {"label": self.label, "score": self.score, "box": list(self.box)}


@dataclass(frozen=True, slots=True, kw_only=True)
class BestView:
    """An object in the frame that its picture shows. Boxes are (x1, y1, x2, y2) in pixels of that frame."""

    frame_time: float
    frame_size: Size
    box: Box
    area: int
    region: Box
    score: float
    attributes: tuple[Attribute, ...] = ()

    def to_payload(self) -> dict[str, Any]:
        """Return the JSON object `snapshot` of today's Frigate, as far as it is about this frame."""
        return {
            "frame_time": self.frame_time,
            "box": list(self.box),
            "area": self.area,
            "region": list(self.region),
            "score": self.score,
            "attributes": [attribute.to_payload() for attribute in self.attributes],
        }

    def relative(self, box: Box) -> tuple[float, float, float, float]:
        """Return a box of the frame as x, y, width and height, each 0..1."""
        width, height = self.frame_size
        left, top, right, bottom = box
        return (left / width, top / height, (right - left) / width, (bottom - top) / height)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNotes:
    """What people, automations and recognizers add to an event. Scores are 0..1.

    classes are the results of classification models: the model's name, the class and the score.
    """

    sub_label: str | None = None
    sub_label_score: float | None = None
    description: str | None = None
    plate: str | None = None
    plate_score: float | None = None
    classes: Mapping[str, tuple[str, float | None]] = field(default_factory=dict)


NO_NOTES = EventNotes()
