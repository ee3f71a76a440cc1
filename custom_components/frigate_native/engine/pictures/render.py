"""JPEG pictures of objects and frames."""

from functools import lru_cache
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from ..frame import Frame
from ..geometry import Box, Size, square_region
from .canvas import Canvas
from .compression import to_jpeg, to_webp
from .palette import BLUE, GREEN, PALE_BLUE, label_color, nth_color
from .picture import DEFAULT_QUALITY, Overlay, OverlayObject, Picture, PictureStyle

_CROP_MULTIPLIER: Final = 1.1  # side of the crop to the longer side of the box
_LEAST_CROP: Final = 300  # px of the frame
_CLEAN_QUALITY: Final = 80
_OCCUPIED: Final = 4  # factor of the line width of an occupied zone


def render_picture(picture: Picture, style: PictureStyle) -> bytes:
    """Return the JPEG of one object in a style. Takes milliseconds."""
    size = picture.frame.size
    whole: Box = (0, 0, *size)
    is_whole = picture.box == whole  # a manual event: there is no object to outline
    square = square_region(picture.box, size, _CROP_MULTIPLIER, _LEAST_CROP)
    canvas = Canvas(picture.frame, whole if is_whole or not style.crop else square, style.height)
    if style.bounding_box and not is_whole:
        canvas.outline(picture.box, label_color(picture.label), canvas.line_px)
        canvas.tag(picture.box, _tag(picture), label_color(picture.label))
    if style.timestamp:
        canvas.timestamp(picture.frame.time, style.time_zone)
    return to_jpeg(_widened(canvas.image) if style.android else canvas.image, style.quality)


def render_clean(frame: Frame) -> bytes:
    """Return the WebP of a whole frame with nothing drawn on it."""
    return to_webp(Canvas(frame, (0, 0, *frame.size), None).image, _CLEAN_QUALITY)


def render_frame(frame: Frame, overlay: Overlay, height: int | None = None, quality: int = DEFAULT_QUALITY) -> bytes:
    """Return the JPEG of a whole frame, `height` pixels tall (None: its own), with everything in the overlay."""
    canvas = Canvas(frame, (0, 0, *frame.size), height, overlay.mask)
    for index, zone in enumerate(overlay.zones):
        width_px = canvas.line_px * (_OCCUPIED if zone.is_occupied else 1)
        canvas.polygon(zone.coordinates, nth_color(index), width_px)
    for box in overlay.regions:
        canvas.outline(box, GREEN, canvas.line_px)
    for box in overlay.motion:
        canvas.outline(box, BLUE, canvas.line_px)
    for tracked in overlay.objects:
        _draw_tracked_object(canvas, tracked)
    if overlay.timestamp:
        canvas.timestamp(frame.time, overlay.time_zone, at_top=True)
    return to_jpeg(canvas.image, quality)


@lru_cache(maxsize=8)
def black_jpeg(size: Size) -> bytes:
    """Return a black JPEG, shown before there is a picture."""
    return to_jpeg(Image.new("RGB", size), DEFAULT_QUALITY)


def widen_jpeg(jpeg: bytes, quality: int = DEFAULT_QUALITY) -> bytes:
    """Return a finished picture with black bars left and right, for Android's notifications."""
    with Image.open(BytesIO(jpeg)) as image:
        return to_jpeg(_widened(image.convert("RGB")), quality)


def _draw_tracked_object(canvas: Canvas, tracked: OverlayObject) -> None:
    """Draw an object of the debug view; its area helps to choose the sizes of filters."""
    color = label_color(tracked.label) if tracked.is_seen else PALE_BLUE
    canvas.outline(tracked.box, color, canvas.line_px if tracked.is_seen else 1)
    canvas.tag(tracked.box, f"{_tag(tracked)} {tracked.area}", color)


def _tag(shown: Picture | OverlayObject) -> str:
    return f"{shown.label}: {int(shown.score * 100)}%"


def _widened(image: Image.Image) -> Image.Image:
    """Add half the width on either side, so that a square becomes twice as wide as high."""
    return ImageOps.expand(image, (image.width // 2, 0, image.width // 2, 0))
