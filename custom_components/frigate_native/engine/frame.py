"""One decoded picture of a camera and its time."""

import threading
from collections import OrderedDict

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

from .geometry import Box, Size

type Luma = NDArray[np.uint8]  # (H, W), brightness
type Rgb = NDArray[np.uint8]  # (H, W, 3)

_PLANAR_420 = frozenset({"yuv420p", "yuvj420p"})
_BLACK_Y, _NEUTRAL_UV = 16, 128  # limited-range black, ITU-R BT.601
_MOST_SCALERS = 32  # a scaler is a few tens of kB; region sides come from a short list


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
        return _plane(self._picture, 0)

    def crop_rgb(self, region: Box, out: Rgb) -> None:
        """Write a region, scaled to the size of `out` (bilinear), as RGB into `out`, (h, w, 3) uint8.

        region is (x1, y1, x2, y2) in pixels; what lies outside the picture is black.
        """
        buffer, size = self._crop_planes(region)
        source = VideoFrame.from_numpy_buffer(buffer, "yuv420p")
        scaled = _scale(source, Size(out.shape[1], out.shape[0]), size, self._is_full_range)
        out[:] = _packed(scaled)

    def to_rgb(self, size: Size | None = None) -> Rgb:
        """Return the whole picture as RGB, (h, w, 3) uint8, scaled to `size` if one is given."""
        wanted = size or self.size
        return _packed(_scale(self._picture, wanted, self.size, self._is_full_range)).copy()

    @property
    def _is_full_range(self) -> bool:
        return self._picture.format.name == "yuvj420p" or int(self._picture.color_range) == _FULL_RANGE

    def _crop_planes(self, region: Box) -> tuple[NDArray[np.uint8], Size]:
        """Copy a region's three planes into one block, (h * 3 / 2, w); sides are rounded to even numbers."""
        x1, y1 = region[0] // 2 * 2, region[1] // 2 * 2
        width, height = (region[2] - x1 + 1) // 2 * 2, (region[3] - y1 + 1) // 2 * 2
        buffer = np.empty((height * 3 // 2, width), np.uint8)
        _copy_plane(_plane(self._picture, 0), x1, y1, buffer[:height], _BLACK_Y)
        chroma = buffer[height:].reshape(2, height // 2, width // 2)
        for index in (1, 2):
            _copy_plane(_plane(self._picture, index), x1 // 2, y1 // 2, chroma[index - 1], _NEUTRAL_UV)
        return buffer, Size(width, height)


_FULL_RANGE = 2  # AVCOL_RANGE_JPEG


class _Scalers(threading.local):
    """Each thread's libswscale contexts by source and wanted size: one that changes its sizes is built anew."""

    def __init__(self) -> None:
        self.by_sizes: OrderedDict[tuple[Size, Size], VideoReformatter] = OrderedDict()

    def get(self, source: Size, wanted: Size) -> VideoReformatter:
        """Return the scaler for this pair, least recently used ones make room."""
        scaler = self.by_sizes.pop((source, wanted), None) or VideoReformatter()
        self.by_sizes[source, wanted] = scaler
        if len(self.by_sizes) > _MOST_SCALERS:
            self.by_sizes.popitem(last=False)
        return scaler


_SCALERS = _Scalers()


def _scale(picture: VideoFrame, wanted: Size, source: Size, is_full_range: bool) -> VideoFrame:
    return _SCALERS.get(source, wanted).reformat(
        picture,
        width=wanted.width,
        height=wanted.height,
        format="rgb24",
        interpolation="BILINEAR",
        src_color_range="JPEG" if is_full_range else "MPEG",
        dst_color_range="JPEG",
        threads=1,
    )


def _to_planar(picture: VideoFrame) -> VideoFrame:
    return picture.reformat(format="yuv420p", threads=1)


def _plane(picture: VideoFrame, index: int) -> NDArray[np.uint8]:
    plane = picture.planes[index]
    rows = np.frombuffer(plane, np.uint8)
    return rows[: plane.height * plane.line_size].reshape(plane.height, plane.line_size)[:, : plane.width]


def _packed(picture: VideoFrame) -> Rgb:
    """Return an RGB picture's only plane as (h, w, 3); a view."""
    plane = picture.planes[0]
    rows = np.frombuffer(plane, np.uint8)[: plane.height * plane.line_size]
    return rows.reshape(plane.height, plane.line_size)[:, : plane.width * 3].reshape(
        plane.height, plane.width, 3
    )


def _copy_plane(plane: NDArray[np.uint8], x: int, y: int, out: NDArray[np.uint8], fill: int) -> None:
    part = plane[y : y + out.shape[0], x : x + out.shape[1]]
    if part.shape != out.shape:
        out[:] = fill
    out[: part.shape[0], : part.shape[1]] = part
