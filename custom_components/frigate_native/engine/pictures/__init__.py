"""Draws frames with boxes, zones and times, as JPEG. Do not call it in an event loop."""

from .picture import Overlay, OverlayObject, OverlayZone, Picture, PictureStyle, style_from_config
from .render import black_jpeg, render_frame, render_picture, widen_jpeg

__all__ = [
    "Overlay",
    "OverlayObject",
    "OverlayZone",
    "Picture",
    "PictureStyle",
    "black_jpeg",
    "render_frame",
    "render_picture",
    "style_from_config",
    "widen_jpeg",
]
