"""Draws what clients ask for; for the threads of the entry's renderer."""

from dataclasses import dataclass
from typing import Final

from homeassistant.util import dt as dt_util

from ..data import FrigateNativeData
from ..engine.config.model import CameraConfig
from ..engine.geometry import Size
from ..engine.pictures import Overlay, PictureStyle, black_jpeg, render_frame, render_picture
from .parameters import Query, flag, optional_integer

MAX_HEIGHT: Final = 4320  # px, 8K

_MAX_ENLARGED_HEIGHT: Final = 1080  # px; a larger picture shows nothing more, and takes seconds

_UNKNOWN_SIZE: Final = Size(1280, 720)  # what is assumed of a camera that has shown nothing
_UNKNOWN_CROP: Final = Size(330, 330)


@dataclass(frozen=True, slots=True, kw_only=True)
class DebugView:
    """What of the debug view is wanted, and how many pixels tall (None: as it is)."""

    height: int | None
    bbox: bool
    timestamp: bool
    zones: bool
    mask: bool
    motion: bool
    regions: bool

    @classmethod
    def from_query(cls, query: Query, camera: CameraConfig, height: int | None = None) -> DebugView:
        """Read the parameters; zones are drawn by default where the camera's `snapshots` section says so."""
        return cls(
            height=read_height(query) or height,
            bbox=flag(query, "bbox", False),
            timestamp=flag(query, "timestamp", False),
            zones=flag(query, "zones", camera.snapshots.draw_zones),
            mask=flag(query, "mask", False),
            motion=flag(query, "motion", False),
            regions=flag(query, "regions", False),
        )

    def select(self, seen: Overlay) -> Overlay:
        """Return the wanted part of what was seen."""
        return Overlay(
            objects=seen.objects if self.bbox else (),
            motion=seen.motion if self.motion else (),
            regions=seen.regions if self.regions else (),
            zones=seen.zones if self.zones else (),
            mask=seen.mask if self.mask else None,
            timestamp=self.timestamp,
            time_zone=dt_util.get_default_time_zone(),
        )


def read_height(query: Query) -> int | None:
    """Return the wanted height in pixels."""
    return optional_integer(query, "h", minimum=1, maximum=MAX_HEIGHT)


def draw_latest(data: FrigateNativeData, camera: str, debug: DebugView) -> bytes:
    """Return the newest processed frame; black before the first."""
    latest = data.nvr.latest(camera)
    if latest is None:
        return black_jpeg(_scaled(_size_of(data.config.cameras[camera]), debug.height))
    frame, overlay = latest
    return render_frame(frame, debug.select(overlay), useful_height(debug.height, frame.size))


def draw_best(data: FrigateNativeData, camera: str, label: str, height: int | None, is_cropped: bool) -> bytes:
    """Return the best picture of a label, nothing drawn on it; black before the first."""
    picture = data.nvr.best_picture(camera, label)
    if picture is None:
        return black_jpeg(_scaled(_UNKNOWN_CROP if is_cropped else _UNKNOWN_SIZE, height))
    height = useful_height(height, picture.frame.size)
    style = PictureStyle(bounding_box=False, timestamp=False, crop=is_cropped, height=height)
    return render_picture(picture, style)


def useful_height(height: int | None, size: Size) -> int | None:
    """Return the wanted height, as far as enlarging a picture of this size is of use."""
    return height and min(height, max(size.height, _MAX_ENLARGED_HEIGHT))


def _size_of(camera: CameraConfig) -> Size:
    return Size(camera.width, camera.height) if camera.width and camera.height else _UNKNOWN_SIZE


def _scaled(size: Size, height: int | None) -> Size:
    height = useful_height(height, size)
    return Size(max(1, height * size.width // size.height), height) if height else size
