"""Draws the snapshot of an event that has ended, from its clean copy."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from av.video.frame import VideoFrame
from homeassistant.util import dt as dt_util
from PIL import Image, UnidentifiedImageError

from ..data import FrigateNativeData
from ..engine.errors import MediaError
from ..engine.frame import Frame
from ..engine.geometry import Box, Size, area
from ..engine.media import existing_clean_copy
from ..engine.pictures import Picture, PictureStyle, render_picture, style_from_config
from ..engine.store import StoredEvent
from ..runtime.picture_queue import View
from .api_request import ApiRequest
from .drawing import read_height, useful_height
from .events import find_event, not_found
from .parameters import Query, flag, integer

_ANDROID: Final = "android"


def stored_view(request: ApiRequest, data: FrigateNativeData) -> View:
    """Return the view of an event's stored picture, drawn as requested, or else as the camera's are. Blocks."""
    event = find_event(request, request.path_part("event_id"), include_thumbnail=False)[1]
    path = existing_clean_copy(data.paths.clips, event.camera, event.id)
    if path is None:
        raise not_found()
    style = _style(request.http.query, data, event.camera)

    def draw() -> bytes:
        picture = _stored_picture(event, path)
        return render_picture(picture, replace(style, height=useful_height(style.height, picture.frame.size)))

    return View(key=("stored", event.id, style), version=lambda: event.end_time, draw=draw)


def _style(query: Query, data: FrigateNativeData, camera: str) -> PictureStyle:
    known = data.config.cameras.get(camera)
    usual = style_from_config(known.snapshots) if known is not None else PictureStyle()
    return replace(
        usual,
        bounding_box=flag(query, "bbox", usual.bounding_box),
        timestamp=flag(query, "timestamp", usual.timestamp),
        time_zone=dt_util.get_default_time_zone(),
        crop=flag(query, "crop", usual.crop),
        height=read_height(query) or usual.height,
        quality=integer(query, "quality", usual.quality, minimum=1, maximum=95),
        android=query.get("format") == _ANDROID,
    )


def _stored_picture(event: StoredEvent, clean: Path) -> Picture:
    """Return what a clean copy shows of its event; MediaError if it cannot be read. Blocks for milliseconds."""
    try:
        with Image.open(clean) as image:
            pixels = np.asarray(image.convert("RGB"))
    except (OSError, UnidentifiedImageError) as err:
        raise MediaError(f"{clean} cannot be read: {err}") from err
    time = event.data.get("snapshot_frame_time", event.start_time)
    frame = Frame(VideoFrame.from_ndarray(pixels, "rgb24"), time, 0)
    box = _box(event, frame.size)
    return Picture(
        camera=event.camera,
        label=event.label,
        event_id=event.id,
        frame=frame,
        score=event.data.get("score", event.top_score),
        box=box,
        area=area(box),
        entered_zones=event.zones,
    )


def _box(event: StoredEvent, size: Size) -> Box:
    """Return the object's box in pixels; the whole picture if it is not known."""
    shares = event.data.get("box")
    if not isinstance(shares, list) or len(shares) != 4:
        return (0, 0, *size)
    left, top, width, height = (float(share) for share in shares)
    return (
        round(left * size.width),
        round(top * size.height),
        round((left + width) * size.width),
        round((top + height) * size.height),
    )
