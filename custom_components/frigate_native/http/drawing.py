"""The images that clients request."""

from collections.abc import Hashable
from dataclasses import dataclass
from functools import partial
from typing import Final

from homeassistant.util import dt as dt_util

from ..data import FrigateNativeData
from ..engine.config.model import CameraConfig
from ..engine.geometry import Size
from ..engine.pictures import Overlay, PictureStyle, black_jpeg, render_frame, render_picture
from ..engine.pictures.picture import DEFAULT_QUALITY
from ..runtime.picture_queue import View
from .parameters import Query, flag, integer, optional_integer

MAX_HEIGHT: Final = 4320  # px, 8K
MAX_QUALITY: Final = 100

_MAX_ENLARGED_HEIGHT: Final = 1080  # px; a larger image shows no more detail and takes seconds to draw

_UNKNOWN_SIZE: Final = Size(1280, 720)  # assumed before a camera's first frame
_UNKNOWN_CROP: Final = Size(330, 330)


@dataclass(frozen=True, slots=True, kw_only=True)
class DebugView:
    """The parts of the debug view to draw, its height in pixels (None: as captured) and its quality."""

    height: int | None
    bbox: bool
    timestamp: bool
    zones: bool
    mask: bool
    motion: bool
    regions: bool
    quality: int = DEFAULT_QUALITY

    @classmethod
    def from_query(cls, query: Query, camera: CameraConfig, height: int | None = None) -> DebugView:
        """Read the query parameters. Zones default to draw_zones in the camera's `snapshots` section."""
        return cls(
            height=read_height(query) or height,
            bbox=flag(query, "bbox", False),
            timestamp=flag(query, "timestamp", False),
            zones=flag(query, "zones", camera.snapshots.draw_zones),
            mask=flag(query, "mask", False),
            motion=flag(query, "motion", False),
            regions=flag(query, "regions", False),
            quality=integer(query, "quality", DEFAULT_QUALITY, minimum=1, maximum=MAX_QUALITY),
        )

    def select(self, seen: Overlay) -> Overlay:
        """Return only the selected parts of an overlay."""
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
    """Return the requested height in pixels."""
    name = "height" if "height" in query else "h"  # today's name, and the former one, which clients still use
    return optional_integer(query, name, minimum=1, maximum=MAX_HEIGHT)


def latest_view(data: FrigateNativeData, camera: str, debug: DebugView) -> View:
    """Return the view of the latest processed frame, or of a black image before the first one."""

    def version() -> Hashable:
        latest = data.nvr.latest(camera)
        return latest and (latest[0].index, latest[0].time)

    key = ("latest", camera, debug, dt_util.get_default_time_zone())
    return View(key=key, version=version, draw=partial(_draw_latest, data, camera, debug))


def best_view(data: FrigateNativeData, camera: str, label: str, height: int | None, is_cropped: bool) -> View:
    """Return the view of a label's best image without any overlay, or of a black image if there is none."""

    def version() -> Hashable:
        picture = data.nvr.best_picture(camera, label)
        return picture and (picture.event_id, picture.frame.time)

    draw = partial(_draw_best, data, camera, label, height, is_cropped)
    return View(key=("best", camera, label, height, is_cropped), version=version, draw=draw)


def _draw_latest(data: FrigateNativeData, camera: str, debug: DebugView) -> bytes:
    latest = data.nvr.latest(camera)
    if latest is None:
        return black_jpeg(_scaled(_size_of(data.config.cameras[camera]), debug.height))
    frame, overlay = latest
    return render_frame(frame, debug.select(overlay), useful_height(debug.height, frame.size), debug.quality)


def _draw_best(data: FrigateNativeData, camera: str, label: str, height: int | None, is_cropped: bool) -> bytes:
    picture = data.nvr.best_picture(camera, label)
    if picture is None:
        return black_jpeg(_scaled(_UNKNOWN_CROP if is_cropped else _UNKNOWN_SIZE, height))
    height = useful_height(height, picture.frame.size)
    style = PictureStyle(bounding_box=False, timestamp=False, crop=is_cropped, height=height)
    return render_picture(picture, style)


def useful_height(height: int | None, size: Size) -> int | None:
    """Return the requested height, limited to where enlarging an image of this size makes sense."""
    return height and min(height, max(size.height, _MAX_ENLARGED_HEIGHT))


def _size_of(camera: CameraConfig) -> Size:
    return Size(camera.width, camera.height) if camera.width and camera.height else _UNKNOWN_SIZE


def _scaled(size: Size, height: int | None) -> Size:
    height = useful_height(height, size)
    return Size(max(1, height * size.width // size.height), height) if height else size
