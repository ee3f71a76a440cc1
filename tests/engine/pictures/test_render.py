"""Rendered pictures, looked at pixel by pixel."""

from dataclasses import replace
from datetime import UTC, timedelta, timezone, tzinfo
from io import BytesIO

import numpy as np
import pytest
from av.video.frame import VideoFrame
from numpy.typing import NDArray
from PIL import Image

from custom_components.frigate_native.engine.config.model import PublishedConfig
from custom_components.frigate_native.engine.frame import Frame
from custom_components.frigate_native.engine.geometry import Box, Size
from custom_components.frigate_native.engine.pictures import (
    Overlay,
    OverlayObject,
    OverlayZone,
    Picture,
    PictureStyle,
    black_jpeg,
    render_frame,
    render_picture,
    style_from_config,
    widen_jpeg,
)
from custom_components.frigate_native.engine.pictures.palette import BLUE, GREEN, PALE_BLUE, label_color
from tests.engine.builders import START, frame_at

PLAIN = PictureStyle(bounding_box=False, timestamp=False)
HD = Size(1280, 720)

type Pixels = NDArray[np.int16]  # (H, W, 3)


def pixels(jpeg: bytes) -> Pixels:
    with Image.open(BytesIO(jpeg)) as image:
        assert image.format == "JPEG"
        return np.asarray(image.convert("RGB"), np.int16)


def picture(box: Box = (600, 300, 700, 500), size: Size = HD, label: str = "person") -> Picture:
    area = (box[2] - box[0]) * (box[3] - box[1])
    return Picture(
        camera="back", label=label, event_id="1.5-abc", frame=frame_at(0, size), score=0.876, box=box, area=area
    )


def changed(first: Pixels, second: Pixels) -> tuple[int, int, int, int]:
    """Return the box round all pixels that differ visibly."""
    rows, columns = np.nonzero(np.abs(first - second).max(axis=2) > 40)
    assert rows.size, "nothing differs"
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


def is_like(pixel: NDArray[np.int16], color: tuple[int, int, int]) -> bool:
    return bool(np.abs(pixel - np.array(color)).max() < 60)


@pytest.mark.parametrize(
    ("style", "size", "shown"),
    [
        pytest.param(PLAIN, HD, (1280, 720), id="whole frame"),
        pytest.param(replace(PLAIN, height=300), HD, (533, 300), id="height keeps the aspect"),
        pytest.param(replace(PLAIN, height=1440), HD, (2560, 1440), id="larger than the frame"),
        pytest.param(replace(PLAIN, height=100_000), Size(64, 64), (4320, 4320), id="absurd height"),
        pytest.param(replace(PLAIN, height=-5), HD, (1, 1), id="height below all sense"),
        pytest.param(replace(PLAIN, crop=True), HD, (300, 300), id="crop of a small object"),
        pytest.param(replace(PLAIN, crop=True, height=175), HD, (175, 175), id="crop scaled"),
        pytest.param(replace(PLAIN, crop=True), Size(352, 240), (300, 240), id="crop in a small frame"),
        pytest.param(replace(PLAIN, crop=True, height=175, android=True), HD, (349, 175), id="bars for Android"),
    ],
)
def test_picture_has_the_size_of_its_style(style: PictureStyle, size: Size, shown: tuple[int, int]) -> None:
    box = (10, 10, 60, 60) if size.width < 640 else (600, 300, 700, 500)
    height, width, _ = pixels(render_picture(picture(box, size), style)).shape
    assert (width, height) == shown


@pytest.mark.parametrize(
    "box",
    [(0, 0, 40, 90), (1240, 0, 1280, 90), (0, 650, 30, 720), (1201, 641, 1279, 719), (-20, 300, 50, 500)],
    ids=["top left", "top right", "bottom left", "bottom right", "partly outside"],
)
def test_crop_at_an_edge_stays_inside_the_frame(box: Box) -> None:
    shown = pixels(render_picture(picture(box), replace(PLAIN, crop=True)))
    assert shown.shape == (300, 300, 3)
    assert shown.min() > 60  # the frame is gray; outside of it would be black


@pytest.mark.parametrize(("longer_side", "crop_side"), [(276, 303), (292, 321), (300, 330)])
def test_crop_is_the_exact_square_round_the_object(longer_side: int, crop_side: int) -> None:
    for x in (500, 501):
        box = (x, 300, x + 100, 300 + longer_side)
        shown = pixels(render_picture(picture(box), replace(PLAIN, crop=True)))
        assert shown.shape == (crop_side, crop_side, 3)


def test_box_is_drawn_where_the_object_is() -> None:
    whole = pixels(render_picture(picture(), replace(PLAIN, bounding_box=True)))
    color = label_color("person")
    for x, y in ((600, 400), (699, 400), (650, 300), (650, 499)):
        assert is_like(whole[y, x], color), (x, y)
    assert np.abs(whole[400, 610:690] - whole[10, 10]).max() < 20  # nothing inside
    left, top, right, bottom = changed(whole, pixels(render_picture(picture(), PLAIN)))
    assert (left, bottom) == pytest.approx((600, 500), abs=2)
    assert right >= 700
    assert 270 < top < 300  # the tag stands above


def test_box_moves_with_crop_and_height() -> None:
    style = replace(PLAIN, crop=True, height=150)  # the square is 500..800, 250..550: half size
    shown = pixels(render_picture(picture(), replace(style, bounding_box=True)))
    left, _, _, bottom = changed(shown, pixels(render_picture(picture(), style)))
    assert (left, bottom) == pytest.approx((50, 125), abs=2)


def test_tag_has_the_area_in_the_debug_view_only() -> None:
    boxed, large = replace(PLAIN, bounding_box=True), replace(picture(), area=199_999)
    assert render_picture(large, boxed) == render_picture(picture(), boxed)
    debug = Overlay(objects=(seen(),)), Overlay(objects=(replace(seen(), area=199_999),))
    assert len({render_frame(frame_at(0), overlay) for overlay in debug}) == 2


@pytest.mark.parametrize("box", [(5, 0, 30, 60), (1255, 300, 1280, 400)], ids=["at the top", "at the right edge"])
def test_tag_stays_inside_the_picture(box: Box) -> None:
    shown = pixels(render_picture(picture(box), replace(PLAIN, bounding_box=True)))
    filled = np.all(np.abs(shown - np.array(label_color("person"))) < 60, axis=2)
    row = filled[max(0, box[1] - 10) + 1]
    assert np.count_nonzero(row) > 40  # a filled tag, wider than the box


def test_timestamp_is_a_third_wide_at_the_bottom_left() -> None:
    shown = pixels(render_picture(picture(), replace(PLAIN, timestamp=True)))
    left, top, right, bottom = changed(shown, pixels(render_picture(picture(), PLAIN)))
    assert left < 15
    assert bottom > 705
    assert top > 650
    assert right - left == pytest.approx(0.33 * 1280, rel=0.06)


def test_timestamp_is_readable_on_a_small_picture() -> None:
    style = replace(PLAIN, crop=True, height=175)
    shown = pixels(render_picture(picture(), replace(style, timestamp=True)))
    left, _, right, _ = changed(shown, pixels(render_picture(picture(), style)))
    assert right - left == pytest.approx(150, abs=14)
    assert right <= 175


def test_timestamp_is_that_of_the_wanted_time_zone() -> None:
    def frame(seconds: float, zone: tzinfo) -> bytes:
        return render_frame(frame_at(seconds), Overlay(timestamp=True, time_zone=zone))

    def stamped(zone: tzinfo) -> bytes:
        return render_picture(picture(), PictureStyle(time_zone=zone))

    east = timezone(timedelta(hours=1))
    assert frame(3600, UTC) == frame(0, east) != frame(0, UTC)
    assert stamped(east) != stamped(UTC)


def test_android_gets_black_bars_and_the_same_picture_between() -> None:
    style = PictureStyle(crop=True, height=175)
    plain = pixels(render_picture(picture(), style))
    wide = pixels(render_picture(picture(), replace(style, android=True)))
    assert wide[:, :80].max() < 12
    assert wide[:, -80:].max() < 12
    assert np.abs(wide[:, 95:255] - plain[:, 8:168]).mean() < 6


def test_finished_picture_can_be_widened() -> None:
    assert pixels(widen_jpeg(render_picture(picture(), PictureStyle(crop=True, height=175)))).shape == (175, 349, 3)


def test_lower_quality_is_smaller() -> None:
    assert len(render_picture(picture(), PictureStyle(quality=30))) < len(render_picture(picture(), PictureStyle()))


def test_black_picture_has_the_wanted_size() -> None:
    shown = pixels(black_jpeg(Size(330, 200)))
    assert shown.shape == (200, 330, 3)
    assert shown.max() <= 2


def test_label_keeps_its_color_everywhere() -> None:
    assert label_color("person") == (255, 138, 0)
    assert label_color("zebra") == label_color("zebra")
    common = [label_color(label) for label in ("person", "car", "dog", "cat", "bicycle")]
    assert len(set(common)) == len(common)


def test_style_follows_the_configuration() -> None:
    config = PublishedConfig(timestamp=False, bounding_box=False, crop=False, height=None)
    assert style_from_config(config) == PictureStyle(bounding_box=False, crop=False, timestamp=False, height=None)
    assert style_from_config(PublishedConfig()) == PictureStyle(crop=True, height=175)


def seen(*, is_seen: bool = True) -> OverlayObject:
    return OverlayObject(label="person", score=0.5, box=(600, 300, 700, 500), area=20_000, is_seen=is_seen)


SQUARE = ((100, 100), (300, 100), (300, 300), (100, 300))


def test_overlay_without_anything_is_the_frame() -> None:
    assert np.ptp(pixels(render_frame(frame_at(0), Overlay()))) < 4


@pytest.mark.parametrize(
    ("overlay", "at", "color"),
    [
        pytest.param(Overlay(objects=(seen(),)), (600, 400), label_color("person"), id="object"),
        pytest.param(Overlay(objects=(seen(is_seen=False),)), (600, 400), PALE_BLUE, id="object not seen now"),
        pytest.param(Overlay(motion=((200, 100, 400, 300),)), (200, 200), BLUE, id="motion"),
        pytest.param(Overlay(regions=((200, 100, 500, 400),)), (200, 200), GREEN, id="region"),
    ],
)
def test_overlay_shows_what_it_holds(overlay: Overlay, at: tuple[int, int], color: tuple[int, int, int]) -> None:
    shown = pixels(render_frame(frame_at(0), overlay, quality=95))
    lines = shown[at[1], at[0] - 1 : at[0] + 3]
    assert any(is_like(pixel, color) for pixel in lines), lines


def test_occupied_zone_has_a_thick_line() -> None:
    def line_px(*, is_occupied: bool) -> int:
        zone = OverlayZone(name="yard", coordinates=SQUARE, is_occupied=is_occupied)
        shown = pixels(render_frame(frame_at(0), Overlay(zones=(zone,)), quality=95))
        return int(np.count_nonzero(np.abs(shown[200, 60:140] - shown[200, 20]).max(axis=1) > 40))

    assert line_px(is_occupied=True) >= 2 * line_px(is_occupied=False) > 0  # JPEG widens thin colored lines


@pytest.mark.parametrize(
    "points",
    [((0, 450), (89, 450), (40, 519)), ((1279, 650), (1240, 600), (1240, 719))],
    ids=["overhanging at the left", "overhanging at the bottom right"],
)
def test_box_partly_outside_has_all_its_edges(points: tuple[tuple[int, int], ...]) -> None:
    outside = ((-40, 400, 90, 520), (1240, 600, 1500, 900))
    shown = pixels(render_frame(frame_at(0), Overlay(regions=outside), quality=95))
    for x, y in points:
        assert is_like(shown[y, x], GREEN), (x, y)


def test_nothing_is_drawn_for_what_is_outside() -> None:
    lost = OverlayObject(label="person", score=0.5, box=(1300, 300, 1400, 500), area=20_000)
    overlay = Overlay(objects=(lost,), motion=((-50, 0, 0, 40),), regions=((0, 720, 300, 1020),))
    assert render_frame(frame_at(0), overlay) == render_frame(frame_at(0), Overlay())


@pytest.mark.parametrize(("height", "corner"), [(None, (300, 60)), (360, (150, 30))], ids=["own size", "half size"])
def test_masked_pixels_are_black(height: int | None, corner: tuple[int, int]) -> None:
    mask = np.full((720, 1280), 255, np.uint8)
    mask[:60, :300] = 0
    shown = pixels(render_frame(frame_at(0), Overlay(mask=mask), height))
    x, y = corner
    assert shown[: y - 4, : x - 4].max() < 25
    assert shown[y + 4 :].min() > 60
    assert shown[:, x + 4 :].min() > 60


def test_timestamp_of_a_frame_is_at_the_top_left() -> None:
    shown = pixels(render_frame(frame_at(0), Overlay(timestamp=True), 360))
    left, top, _, bottom = changed(shown, pixels(render_frame(frame_at(0), Overlay(), 360)))
    assert left < 15
    assert top < 15
    assert bottom < 60


def test_frame_of_odd_size_can_be_shown() -> None:
    odd = Frame(VideoFrame(480, 272, "yuv420p").reformat(479, 271), START, 0)
    shown = replace(picture((200, 100, 260, 230)), frame=odd)
    assert pixels(render_picture(shown, PictureStyle())).shape == (271, 479, 3)
    assert pixels(render_picture(shown, PictureStyle(crop=True, height=175))).shape[0] == 175
