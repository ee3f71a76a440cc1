"""What to draw, and how."""

from dataclasses import dataclass, field
from datetime import tzinfo

from ..config.masks import FrameMask
from ..config.model import PublishedConfig, SnapshotsConfig
from ..frame import Frame
from ..geometry import Box, Point

DEFAULT_QUALITY = 70  # JPEG, 0..95


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The best picture of one object: a frame and what to draw on it.

    box is (x1, y1, x2, y2) in pixels of the frame, area in square pixels, score 0..1. entered_zones are those that the
    object had entered by then.
    """

    camera: str
    label: str
    event_id: str
    frame: Frame
    score: float
    box: Box
    area: int
    entered_zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenePicture:
    """A frame with several objects; box is around all of them, (x1, y1, x2, y2) in pixels of the frame."""

    frame: Frame
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureStyle:
    """How the picture of one object looks.

    crop cuts it to a square around the object. height is in pixels, at most 4320 (None: not scaled); the aspect ratio
    is kept. quality is that of the JPEG. android adds black bars left and right for Android's notifications. The
    timestamp is in time_zone (None: the system's).
    """

    bounding_box: bool = True
    crop: bool = False
    timestamp: bool = True
    time_zone: tzinfo | None = None
    height: int | None = None
    quality: int = DEFAULT_QUALITY
    android: bool = False


def style_from_config(config: SnapshotsConfig | PublishedConfig, time_zone: tzinfo | None = None) -> PictureStyle:
    """Return how pictures of a camera look on disk, or where they are published."""
    return PictureStyle(
        bounding_box=config.bounding_box,
        crop=config.crop,
        timestamp=config.timestamp,
        time_zone=time_zone,
        height=config.height,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayObject:
    """A tracked object in the debug view; `is_seen` if it was detected in this frame."""

    label: str
    score: float
    box: Box
    area: int
    is_seen: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlayZone:
    """A zone's polygon in pixels of the frame; `is_occupied` if a tracked object is inside."""

    name: str
    coordinates: tuple[Point, ...]
    is_occupied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """Everything that the debug view draws on a frame. Boxes are in pixels of the frame.

    The timestamp is in time_zone (None: the system's).
    """

    objects: tuple[OverlayObject, ...] = ()
    motion: tuple[Box, ...] = ()
    regions: tuple[Box, ...] = ()
    zones: tuple[OverlayZone, ...] = ()
    mask: FrameMask | None = field(default=None, compare=False)
    timestamp: bool = False
    time_zone: tzinfo | None = None
