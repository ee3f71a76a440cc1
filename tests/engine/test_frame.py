"""Pictures, and the parts of them that detectors get."""

from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from custom_components.frigate_native.engine.frame import Frame
from custom_components.frigate_native.engine.geometry import Box, Size

FOOTAGE = Path(__file__).parent.parent / "footage" / "vtest.mp4"
# swscale's bilinear filter averages when it shrinks, as OpenCV's area filter does, and rounds otherwise.
_TOLERANCE = 3.0  # mean difference per channel; on this picture a shift by one row gives 7


@pytest.fixture(scope="module")
def picture() -> VideoFrame:
    """Return a picture of a street, 768x576."""
    with av.open(str(FOOTAGE)) as container:
        return next(container.decode(video=0))


def as_opencv_would(picture: VideoFrame, region: Box, side: int = 300) -> NDArray[np.uint8]:
    """Return the region as OpenCV cuts it out and scales it; black where there is no picture."""
    margin = 1000
    rgb = cv2.cvtColor(picture.to_ndarray(), cv2.COLOR_YUV2RGB_I420)
    wide = cv2.copyMakeBorder(rgb, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=(0, 0, 0))
    part = wide[region[1] + margin : region[3] + margin, region[0] + margin : region[2] + margin]
    interpolation = cv2.INTER_AREA if region[2] - region[0] > side else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(part, (side, side), interpolation=interpolation), np.uint8)


def crop(picture: VideoFrame, region: Box, side: int = 300) -> NDArray[np.uint8]:
    out = np.full((side, side, 3), 77, np.uint8)
    Frame(picture, 0.0, 0).crop_rgb(region, out)
    return out


@pytest.mark.parametrize(
    "region",
    [
        (0, 0, 300, 300),
        (100, 50, 400, 350),
        (100, 50, 550, 500),  # 450: neither it nor its half is a multiple of 4
        (96, 48, 546, 498),
        (4, 8, 480, 484),
        (192, 0, 768, 576),
        (101, 51, 551, 501),  # odd corner
        (101, 50, 552, 501),  # odd side
        (300, 100, 500, 300),  # enlarged
        (466, 274, 768, 576),
    ],
)
def test_region_is_what_opencv_crops_and_scales(picture: VideoFrame, region: Box) -> None:
    difference = np.abs(crop(picture, region).astype(int) - as_opencv_would(picture, region))

    assert difference.mean(axis=(0, 1)).max() < _TOLERANCE


def test_regions_of_many_sizes_do_not_disturb_each_other(picture: VideoFrame) -> None:
    first = crop(picture, (100, 50, 550, 500))
    for side in range(200, 560, 2):
        crop(picture, (0, 0, side, side))

    assert np.array_equal(crop(picture, (100, 50, 550, 500)), first)


@pytest.mark.parametrize(
    "region",
    [
        (600, 300, 1000, 700),  # right and below
        (-200, -100, 200, 300),  # left and above
        (-101, -201, 899, 799),  # all round
    ],
)
def test_what_lies_outside_the_picture_is_black(picture: VideoFrame, region: Box) -> None:
    ours, expected = crop(picture, region), as_opencv_would(picture, region)

    outside = cv2.erode((expected.max(axis=-1) == 0).astype(np.uint8), np.ones((7, 7), np.uint8)).astype(bool)
    assert outside.mean() > 0.3
    assert ours[outside].max() < 3
    assert np.abs(ours.astype(int) - expected).mean() < _TOLERANCE


def test_region_wholly_outside_is_black(picture: VideoFrame) -> None:
    crop(picture, (0, 0, 300, 300))  # leaves its pixels where the next one is put together

    assert crop(picture, (1000, 1000, 1300, 1300)).max() < 3


def test_last_region_is_not_seen_beyond_the_next_ones_edge(picture: VideoFrame) -> None:
    crop(picture, (0, 0, 400, 400))

    assert crop(picture, (700, 500, 1100, 900))[80:, 80:].max() < 3


@pytest.mark.parametrize("pixel_format", ["yuvj420p", "nv12", "yuv422p", "rgb24", "yuv420p10le", "gray"])
def test_any_pixel_format_shows_the_same_picture(picture: VideoFrame, pixel_format: str) -> None:
    other = picture.reformat(
        format=pixel_format, src_color_range="MPEG", dst_color_range="JPEG" if "j" in pixel_format else "MPEG"
    )
    ours = crop(other, (100, 50, 550, 500)).astype(int)
    expected = crop(picture, (100, 50, 550, 500)).astype(int)

    if pixel_format == "gray":
        ours, expected = ours.mean(axis=-1), cv2.cvtColor(expected.astype(np.uint8), cv2.COLOR_RGB2GRAY).astype(int)
    assert np.abs(ours - expected).mean() < _TOLERANCE


def test_luma_is_the_picture_without_padding() -> None:
    planes = np.random.default_rng(1).integers(0, 256, (96 * 3 // 2, 130), np.uint8)
    frame = Frame(VideoFrame.from_ndarray(planes, "yuv420p"), 0.0, 0)

    assert frame.luma.shape == (96, 130)
    assert np.array_equal(frame.luma, planes[:96])


def test_whole_picture_as_rgb(picture: VideoFrame) -> None:
    frame = Frame(picture, 0.0, 0)

    assert np.abs(frame.to_rgb().astype(int) - cv2.cvtColor(picture.to_ndarray(), cv2.COLOR_YUV2RGB_I420)).mean() < 2
    assert frame.to_rgb(Size(233, 175)).shape == (175, 233, 3)
