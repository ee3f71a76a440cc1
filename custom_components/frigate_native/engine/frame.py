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
    """A picture as the camera sent it (4:2:0 planar), its time and its place in the stream.

    time is epoch seconds, index counts the stream's decoded pictures from 0. Immutable; any thread may read it.
    """

    __slots__ = ("_picture", "index", "size", "time")

    def __init__(self, picture: VideoFrame, time: float, index: int) -> None:
        """Take a decoded picture of any pixel format; one that is not planar 4:2:0 is converted at once."""
        self._picture = picture if picture.format.name in _PLANAR_420 else _to_planar(picture)
        self.time = time
        self.index = index
        self.size = Size(picture.width, picture.height)

    @property
    def luma(self) -> Luma:
        """The brightness plane, (H, W) uint8; a view, read only by agreement."""
        return _pixels(self._picture.planes[0])

    @property
    def planes(self) -> tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]:
        """Brightness, (H, W), and the two colour differences, half as high and wide; uint8 views, read only."""
        luma, blue, red = self._picture.planes
        return _pixels(luma), _pixels(blue), _pixels(red)

    def crop_rgb(self, region: Box, out: Rgb) -> None:
        """Write a region, scaled to the size of `out` (bilinear), as RGB into `out`, (h, w, 3) uint8.

        region is (x1, y1, x2, y2) in pixels; what lies outside the picture is black.
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
        """Return the whole picture as RGB, (h, w, 3) uint8, scaled to `size` if one is given."""
        return _packed(_to_rgb(self._picture, size or self.size, self._is_full_range)).copy()

    @property
    def _is_full_range(self) -> bool:
        return self._picture.format.name == "yuvj420p" or int(self._picture.color_range) == _FULL_RANGE


class _Stage:
    """A planar picture that a region is copied into before it is scaled, and its planes as arrays."""

    __slots__ = ("picture", "planes")

    def __init__(self, size: Size) -> None:
        self.picture = VideoFrame(size.width, size.height, "yuv420p")
        self.planes = tuple(_pixels(plane) for plane in self.picture.planes)


class _Tools(threading.local):
    """What each thread keeps from call to call: libswscale's contexts and stages, by size."""

    def __init__(self) -> None:
        self._scalers: OrderedDict[tuple[Size, Size], VideoReformatter] = OrderedDict()
        self._stages: OrderedDict[Size, _Stage] = OrderedDict()

    def scaler(self, source: Size, target: Size) -> VideoReformatter:
        """Return the scaler for this pair of sizes: one that changes its sizes would be built anew."""
        scaler = self._scalers.pop((source, target), None) or VideoReformatter()
        _keep(self._scalers, (source, target), scaler, _MAX_SCALERS)
        return scaler

    def stage(self, size: Size) -> _Stage:
        """Return a stage of this size; its content is whatever was there before."""
        stage = self._stages.pop(size, None) or _Stage(size)
        _keep(self._stages, size, stage, _MAX_STAGES)
        return stage


def _keep[K, V](kept: OrderedDict[K, V], key: K, value: V, max_count: int) -> None:
    """Put a thing back as the newest; the one not used for longest makes room."""
    kept[key] = value
    if len(kept) > max_count:
        kept.popitem(last=False)


_TOOLS = _Tools()


def _to_rgb(picture: VideoFrame, target: Size, is_full_range: bool) -> VideoFrame:
    """Scale a planar picture first and convert it then.

    libswscale has fast code for either, but none for both at once with RGB: 450x450 to 300x300 takes 480 us in one
    step and 150 us in two. The price is that colour keeps half the resolution of the result.
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
    """Return an 8 bit plane without the padding of its rows; a view, writable."""
    rows = np.frombuffer(plane, np.uint8)
    return rows[: plane.height * plane.line_size].reshape(plane.height, plane.line_size)[:, : plane.width]


def _packed(picture: VideoFrame) -> Rgb:
    """Return an RGB picture's only plane as (h, w, 3); a view."""
    plane = picture.planes[0]
    rows = np.frombuffer(plane, np.uint8)[: plane.height * plane.line_size]
    return rows.reshape(plane.height, plane.line_size)[:, : plane.width * 3].reshape(plane.height, plane.width, 3)


def _copy_part(plane: NDArray[np.uint8], x: int, y: int, out: NDArray[np.uint8], fill: int) -> None:
    """Fill `out` with the part of a plane whose top left corner is (x, y); `fill` where there is no plane."""
    x1, y1 = max(x, 0), max(y, 0)
    x2, y2 = min(x + out.shape[1], plane.shape[1]), min(y + out.shape[0], plane.shape[0])
    if (y2 - y1, x2 - x1) != out.shape:
        out[:] = fill
    if x1 < x2 and y1 < y2:
        out[y1 - y : y2 - y, x1 - x : x2 - x] = plane[y1:y2, x1:x2]
