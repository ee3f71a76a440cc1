"""One decoded picture of a camera and its time."""

import threading
from collections import OrderedDict

import numpy as np
from av.video.frame import VideoFrame
from av.video.plane import VideoPlane
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

from .geometry import Box, Size

type Luma = NDArray[np.uint8]  # (H, W), brightness
type Rgb = NDArray[np.uint8]  # (H, W, 3)

_PLANAR_420 = frozenset({"yuv420p", "yuvj420p"})
_BLACK_Y, _NEUTRAL_UV = 16, 128  # limited-range black, ITU-R BT.601
_FULL_RANGE = 2  # AVCOL_RANGE_JPEG
_MAX_SCALERS = 64  # a scaler is a few tens of kB; region sides come from a short list
_MAX_STAGES = 8  # half a MB each


class Frame:
    """A picture as the camera sent it (4:2:0 planar), with its time and its index in the stream.

    time is epoch seconds; index counts the stream's decoded pictures from 0. Immutable; any thread may read it.
    """

    __slots__ = ("_picture", "index", "size", "time")

    def __init__(self, picture: VideoFrame, time: float, index: int) -> None:
        """Wrap a decoded picture; any format other than planar 4:2:0 is converted at once."""
        self._picture = picture if picture.format.name in _PLANAR_420 else _to_planar(picture)
        self.time = time
        self.index = index
        self.size = Size(picture.width, picture.height)

    @property
    def luma(self) -> Luma:
        """The brightness plane, (H, W) uint8; a view that callers must not write to."""
        return _pixels(self._picture.planes[0])

    @property
    def planes(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
        """Brightness, (H, W), and the two chroma planes at half that size; uint8 views that must not be written to."""
        luma, blue, red = self._picture.planes
        return _pixels(luma), _pixels(blue), _pixels(red)

    def crop_rgb(self, region: Box, out: Rgb) -> None:
        """Scale a region to the size of `out` (bilinear) and write it there as RGB, (h, w, 3) uint8.

        region is (x1, y1, x2, y2) in pixels; parts outside the picture are black.
        """
        x1, y1, x2, y2 = region
        stage = _TOOLS.stage(Size(x2 - x1, y2 - y1))
        is_full_range = self._is_full_range
        black = 0 if is_full_range else _BLACK_Y
        for index, (own, part) in enumerate(zip(self._picture.planes, stage.planes, strict=True)):
            shift = int(index > 0)  # chroma has half the resolution
            _copy_part(_pixels(own), x1 >> shift, y1 >> shift, part, _NEUTRAL_UV if index else black)
        out[:] = _packed(_to_rgb(stage.picture, Size(out.shape[1], out.shape[0]), is_full_range))

    def to_rgb(self, size: Size | None = None) -> Rgb:
        """Return the whole picture as RGB, (h, w, 3) uint8, scaled to `size` if given."""
        return _packed(_to_rgb(self._picture, size or self.size, self._is_full_range)).copy()

    def scaled(self, size: Size) -> VideoFrame:
        """Return the whole picture in another size: planar 4:2:0 in limited range, as video encoders expect it."""
        color_range = "JPEG" if self._is_full_range else "MPEG"
        return _TOOLS.scaler(self.size, size).reformat(
            self._picture,
            size.width,
            size.height,
            format="yuv420p",
            interpolation="BILINEAR",
            src_color_range=color_range,
            dst_color_range="MPEG",
            threads=1,
        )

    @property
    def _is_full_range(self) -> bool:
        return self._picture.format.name == "yuvj420p" or int(self._picture.color_range) == _FULL_RANGE


class _Stage:
    """A planar picture into which a region is copied before scaling, and its planes as arrays."""

    __slots__ = ("picture", "planes")

    def __init__(self, size: Size) -> None:
        self.picture = VideoFrame(size.width, size.height, "yuv420p")
        self.planes = tuple(_pixels(plane) for plane in self.picture.planes)


class _Tools(threading.local):
    """Each thread's reusable scalers (libswscale contexts) and stages, by size."""

    def __init__(self) -> None:
        self._scalers: OrderedDict[tuple[Size, Size], VideoReformatter] = OrderedDict()
        self._stages: OrderedDict[Size, _Stage] = OrderedDict()

    def scaler(self, source: Size, target: Size) -> VideoReformatter:
        """Return the scaler for this pair of sizes; changing a scaler's sizes would rebuild it."""
        scaler = self._scalers.pop((source, target), None) or VideoReformatter()
        _keep(self._scalers, (source, target), scaler, _MAX_SCALERS)
        return scaler

    def stage(self, size: Size) -> _Stage:
        """Return a stage of this size; its content is undefined."""
        stage = self._stages.pop(size, None) or _Stage(size)
        _keep(self._stages, size, stage, _MAX_STAGES)
        return stage


def _keep[K, V](kept: OrderedDict[K, V], key: K, value: V, max_count: int) -> None:
    """Store a value as the most recently used; drop the least recently used if there are too many."""
    kept[key] = value
    if len(kept) > max_count:
        kept.popitem(last=False)


_TOOLS = _Tools()


def _to_rgb(picture: VideoFrame, target: Size, is_full_range: bool) -> VideoFrame:
    """Scale a planar picture, then convert it to RGB.

    libswscale has fast code for each step, but not for both at once: 450x450 to 300x300 takes 480 us in one step and
    150 us in two. In return, colour has half the resolution of the result.
    """
    size = Size(picture.width, picture.height)
    color_range = "JPEG" if is_full_range else "MPEG"
    if target != size:
        picture = _TOOLS.scaler(size, target).reformat(
            picture, target.width, target.height, interpolation="BILINEAR", threads=1
        )
    return _TOOLS.scaler(target, target).reformat(
        picture, format="rgb24", src_color_range=color_range, dst_color_range="JPEG", threads=1
    )


def _to_planar(picture: VideoFrame) -> VideoFrame:
    return picture.reformat(format="yuv420p", threads=1)


def _pixels(plane: VideoPlane) -> NDArray[np.uint8]:
    """Return an 8-bit plane without row padding; a writable view."""
    rows = np.frombuffer(plane, np.uint8)
    return rows[: plane.height * plane.line_size].reshape(plane.height, plane.line_size)[:, : plane.width]


def _packed(picture: VideoFrame) -> Rgb:
    """Return an RGB picture's only plane as (h, w, 3); a view."""
    plane = picture.planes[0]
    rows = np.frombuffer(plane, np.uint8)[: plane.height * plane.line_size]
    return rows.reshape(plane.height, plane.line_size)[:, : plane.width * 3].reshape(plane.height, plane.width, 3)


def _copy_part(plane: NDArray[np.uint8], x: int, y: int, out: NDArray[np.uint8], fill: int) -> None:
    """Copy the part of a plane with its top left corner at (x, y) to `out`; use `fill` outside the plane."""
    x1, y1 = max(x, 0), max(y, 0)
    x2, y2 = min(x + out.shape[1], plane.shape[1]), min(y + out.shape[0], plane.shape[0])
    if (y2 - y1, x2 - x1) != out.shape:
        out[:] = fill
    if x1 < x2 and y1 < y2:
        out[y1 - y : y2 - y, x1 - x : x2 - x] = plane[y1:y2, x1:x2]
