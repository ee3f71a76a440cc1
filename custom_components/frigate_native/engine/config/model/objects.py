# key() and the like return dataclass fields
"""Keys of objects, zones and motion."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Final

from .. import checks, forms
from ..files_beside import masks
from ..keys import (
    Checks,
    FormField,
    Inheritance,
    key,
    named_sections,
    named_values,
    required_key,
    section,
)
from ..masks import Mask
from ..names import label, labels
from ..polygons import Polygon, polygon
from ..validators import Area, Choice, Number, Whole, distances, flag, text

_SCORE: Final = Number(0, 1)
_NO_AREA: Final[float] = 0
_ANY_AREA: Final[float] = checks.MAX_AREA
_ANY_RATIO: Final = checks.MAX_RATIO
_RATIO: Final = Number(0, _ANY_RATIO)
_NARROWEST: Final = "Smallest width of a box, divided by its height."
_WIDEST: Final = "Largest width of a box, divided by its height."
_SMALLEST: Final = "Smallest box, width times height: square pixels, or below 1 a fraction of the frame."
_LARGEST: Final = "Largest box, width times height: square pixels, or below 1 a fraction of the frame."


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectFilter:
    """What a detection must be like to count, for one label."""

    CHECKS: ClassVar[Checks] = {
        ("min_area", "max_area"): checks.least_below_most,
        ("min_ratio", "max_ratio"): checks.least_ratio_below_most,
    }

    min_score: float = key(_SCORE, 0.5, "Lowest score of a detection.", form=FormField(forms.FILTERS))
    threshold: float = key(_SCORE, 0.7, "Lowest median score of an object.", form=FormField(forms.FILTERS))
    min_area: float = key(Area(), _NO_AREA, _SMALLEST, unit="px", form=FormField(forms.FILTERS))
    max_area: float = key(Area(), _ANY_AREA, _LARGEST, unit="px", form=FormField(forms.FILTERS))
    min_ratio: float = key(_RATIO, 0.0, _NARROWEST)
    max_ratio: float = key(_RATIO, _ANY_RATIO, _WIDEST)
    mask: tuple[Mask, ...] = key(masks, (), "Ignore objects with this label here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectsConfig:
    """Labels to track; `filters` has an entry for each of them."""

    track: tuple[str, ...] = key(labels, ("person",), "Labels to track.", form=FormField(name="objects"))
    filters: Mapping[str, ObjectFilter] = named_sections(
        ObjectFilter, "Filters by label.", name=label, inheritance=Inheritance.SECTION
    )
    mask: tuple[Mask, ...] = key(
        masks,
        (),
        "Ignore objects here.",
        inheritance=Inheritance.SECTION,
        form=FormField(forms.AREAS, name="object_masks"),
    )

    def __post_init__(self) -> None:
        """Fill in the filters of tracked labels."""
        object.__setattr__(self, "filters", {name: ObjectFilter() for name in self.track} | dict(self.filters))


class UnitSystem(StrEnum):
    """Units of lengths on the ground and of speeds."""

    METRIC = "metric"
    IMPERIAL = "imperial"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneFilter:
    """What an object must be like to enter a zone, for one label."""

    CHECKS: ClassVar[Checks] = {
        ("min_area", "max_area"): checks.least_below_most,
        ("min_ratio", "max_ratio"): checks.least_ratio_below_most,
    }

    min_area: float = key(Area(), _NO_AREA, _SMALLEST, unit="px")
    max_area: float = key(Area(), _ANY_AREA, _LARGEST, unit="px")
    min_ratio: float = key(_RATIO, 0.0, _NARROWEST)
    max_ratio: float = key(_RATIO, _ANY_RATIO, _WIDEST)
    threshold: float = key(_SCORE, 0.7, "Lowest median score of an object.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneConfig:
    """A polygon of a camera's frame; labels without a filter always pass, and so do all if `objects` is empty."""

    name: str
    coordinates: Polygon = required_key(
        polygon, "Corners in pixels, or as fractions of the frame's width and height: `x,y,x,y,…`."
    )
    filters: Mapping[str, ZoneFilter] = named_sections(ZoneFilter, "Filters by label.", name=label)
    enabled: bool = key(flag, True, "Use the zone.")
    friendly_name: str | None = key(text, None, "Name that is displayed; by default made from the zone's name.")
    objects: tuple[str, ...] = key(labels, (), "Labels that can enter the zone; by default all.")
    inertia: int = key(
        Whole(1),
        1,
        "Frames in a row that an object must be seen in the zone to enter it.",
        form=FormField(forms.AREAS),
    )
    loitering_time: int = key(
        Whole(), 0, "Time that an object must stay in the zone to enter it.", unit="s", form=FormField(forms.AREAS)
    )
    distances: tuple[float, ...] = key(
        distances, (), "Lengths of the four sides in m or ft, in the order of the corners, to estimate speeds."
    )
    speed_threshold: float | None = key(
        Number(0.1, 1000), None, "Lowest speed of an object in a zone with `distances`, in km/h or mph."
    )
    unit_system: UnitSystem = key(
        Choice(UnitSystem), UnitSystem.METRIC, "Units of lengths and speeds: m and km/h, or ft and mph."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionConfig:
    """Motion detection; `frame_height` None: a sixth of the frame's height."""

    threshold: float = key(Number(1, 255), 25.0, "Change of a pixel's brightness that counts.")
    contour_area: int = key(Whole(), 100, "Smallest area of motion, at `frame_height`.", unit="px")
    delta_alpha: float = key(Number(0, 1), 0.2, "Weight of a frame in the average of changes.")
    frame_alpha: float = key(Number(0, 1), 0.2, "Weight of a frame in the background.")
    frame_height: int | None = key(
        Whole(1, checks.MAX_SIDE),
        None,
        "Height of the frame that motion is detected in; by default a sixth of the camera's.",
        unit="px",
    )
    lightning_threshold: float = key(
        Number(0.3, 1), 0.5, "Share of the frame that changes with its light, from which motion says nothing."
    )
    skip_motion_threshold: float | None = key(
        Number(0, 1), None, "Share of the frame in motion from which there is none; by default never."
    )
    enabled: bool = key(flag, True, "Detect motion; without it, the whole frame is searched in turn.")
    improve_contrast: bool = key(flag, False, "Stretch the brightness of dark or pale frames.")
    mqtt_off_delay: int = key(Whole(), 2, "Time without motion after which there is none.", unit="s")
    mask: tuple[Mask, ...] = key(masks, (), "Ignore motion here.", form=FormField(forms.AREAS, name="motion_masks"))


@dataclass(frozen=True, slots=True, kw_only=True)
class MaxFramesConfig:
    """Frames for which stationary objects are tracked; None: without end."""

    default: int | None = key(
        Whole(1), None, "Frames after which a stationary object is no longer tracked; by default always tracked."
    )
    objects: Mapping[str, int] = named_values(Whole(1), "The same for single labels.", name=label)


@dataclass(frozen=True, slots=True, kw_only=True)
class StationaryConfig:
    """Objects that stand still; `threshold` and `interval` None: ten seconds."""

    threshold: int | None = key(
        Whole(1), None, "Frames without movement after which an object is stationary; by default ten seconds."
    )
    interval: int | None = key(
        Whole(),
        None,
        "Frames between two detections of a stationary object, 0: only on motion; by default ten seconds.",
    )
    max_frames: MaxFramesConfig = section(MaxFramesConfig, "How long stationary objects are tracked.")
    classifier: bool = key(flag, True, "Compare pictures before a stationary vehicle counts as moving or gone.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectConfig:
    """Object detection; `max_disappeared` None: twice the frame rate."""

    enabled: bool = key(flag, True, "Detect objects.")
    max_disappeared: int | None = key(
        Whole(), None, "Frames without a detection after which an object is gone; by default twice the frame rate."
    )
    min_initialized: int = key(Whole(), 0, "Frames that an object must be tracked for before its event can begin.")
    stationary: StationaryConfig = section(StationaryConfig, "Objects that stand still.")
