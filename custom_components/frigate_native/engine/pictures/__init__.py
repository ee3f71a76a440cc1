"""Draws frames with boxes, zones and times, as JPEG. Do not call it in an event loop."""

from .picture import Overlay, OverlayObject, OverlayZone, Picture, PictureStyle, ScenePicture, style_from_config
from .render import black_jpeg, render_clean, render_frame, render_picture, widen_jpeg
from .scene import render_scene

__all__ = [
    "Overlay",
    "OverlayObject",
    "OverlayZone",
    "Picture",
    "PictureStyle",
    "ScenePicture",
    "black_jpeg",
    "render_clean",
    "render_frame",
    "render_picture",
    "render_scene",
    "style_from_config",
    "widen_jpeg",
]
