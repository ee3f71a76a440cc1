"""Masks of all kinds become the same array."""

import base64
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from custom_components.frigate_native.engine.config.files_beside import masks
from custom_components.frigate_native.engine.config.masks import fit_masks, read_mask
from custom_components.frigate_native.engine.config.polygon_fill import fill_polygon
from custom_components.frigate_native.engine.config.problems import Problem
from custom_components.frigate_native.engine.errors import ConfigError
from custom_components.frigate_native.engine.geometry import Point, Size

SIZE = Size(32, 24)
FRAME = Size(640, 360)
MARGIN = 100


def oracle(polygon: Sequence[Point], size: Size) -> NDArray[np.uint8]:
    """Return OpenCV's polygon, filled on a picture large enough and then cut out."""
    picture = np.full((size.height + 2 * MARGIN, size.width + 2 * MARGIN), 255, np.uint8)
    cv2.fillPoly(picture, [np.array(polygon, np.int32) + MARGIN], (0,))
    return picture[MARGIN : MARGIN + size.height, MARGIN : MARGIN + size.width]


def encoded(picture: Image.Image, kind: str = "PNG") -> bytes:
    file = BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def half_dark(mode: str = "L") -> Image.Image:
    """Return a picture whose left half is 0 and whose right half is 1: dark, until its values are stretched."""
    gray = np.ones((SIZE.height, SIZE.width), np.uint8)
    gray[:, :16] = 0
    return Image.fromarray(gray).convert(mode)


def stretched() -> Image.Image:
    """Return a picture whose left half is black and whose right half is white."""
    return half_dark().point(lambda gray: 255 * gray)


def masked(sources: Sequence[str], directory: Path, size: Size = SIZE) -> NDArray[np.bool_]:
    mask = fit_masks({"mask": [read_mask(source, directory) for source in sources]}, size)
    assert mask is not None
    assert mask.dtype == np.uint8
    assert mask.shape == (size.height, size.width)
    assert set(np.unique(mask)) <= {0, 255}
    hidden: NDArray[np.bool_] = mask == 0
    return hidden


def test_polygon_masks_its_edges_too(tmp_path: Path) -> None:
    hidden = masked(["poly,0,0,10,0,10,10,0,10"], tmp_path)

    assert hidden.sum() == 121
    assert hidden[:11, :11].all()


@pytest.mark.parametrize("reach", [0, 40], ids=["inside the frame", "beyond the frame"])
@pytest.mark.parametrize("size", [Size(7, 9), Size(60, 40), Size(320, 180)], ids=str)
def test_polygons_have_opencvs_pixels(size: Size, reach: int) -> None:
    random = np.random.default_rng(8)
    for corners in random.integers(3, 10, 200):
        columns = random.integers(-reach, size.width + reach, corners)
        rows = random.integers(-reach, size.height + reach, corners)
        polygon = [(int(x), int(y)) for x, y in zip(columns, rows, strict=True)]
        picture = np.full((size.height, size.width), 255, np.uint8)

        fill_polygon(picture, polygon, 0)

        np.testing.assert_array_equal(picture, oracle(polygon, size), err_msg=str(polygon))


def test_polygon_up_to_the_frames_size_masks_the_whole_frame(tmp_path: Path) -> None:
    assert masked(["poly,0,0,32,0,32,24,0,24"], tmp_path).all()


def test_polygon_far_outside_masks_nothing(tmp_path: Path) -> None:
    assert not masked(["poly,-90000,-90000,-80000,-90000,-80000,-80000"], tmp_path).any()


def test_bare_points_are_a_polygon(tmp_path: Path) -> None:
    points = "1,2,30,4,20,20"

    np.testing.assert_array_equal(masked([points], tmp_path), masked([f"poly,{points}"], tmp_path))


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "1"])
def test_picture_masks_where_it_is_black(tmp_path: Path, mode: str) -> None:
    (tmp_path / "mask.png").write_bytes(encoded(half_dark().point(lambda gray: 255 * gray).convert(mode)))

    hidden = masked(["mask.png"], tmp_path)

    assert hidden[:, :16].all()
    assert not hidden[:, 16:].any()


@pytest.mark.parametrize("dark", [0, 10, 100], ids=str)
def test_nearly_black_is_masked(tmp_path: Path, dark: int) -> None:
    gray = half_dark().point(lambda value: dark + value * (200 - dark))
    (tmp_path / "mask.bmp").write_bytes(encoded(gray, "BMP"))

    assert masked(["mask.bmp"], tmp_path).sum() == 16 * SIZE.height


def test_lossy_picture_masks_what_was_drawn(tmp_path: Path) -> None:
    (tmp_path / "mask.jpg").write_bytes(encoded(half_dark().point(lambda value: 255 * value), "JPEG"))

    assert masked(["mask.jpg"], tmp_path).sum() == 16 * SIZE.height


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparent_parts_are_not_masked(tmp_path: Path, mode: str) -> None:
    canvas = Image.new(mode, (SIZE.width, SIZE.height))  # transparent, and black beneath
    canvas.paste((0, 0, 0, 255) if mode == "RGBA" else (0, 255), (0, 0, 16, SIZE.height))
    (tmp_path / "mask.png").write_bytes(encoded(canvas))

    assert masked(["mask.png"], tmp_path).sum() == 16 * SIZE.height


def test_base64_masks_as_its_picture(tmp_path: Path) -> None:
    data = base64.encodebytes(encoded(stretched())).decode()  # in lines

    assert masked([f"base64,{data}"], tmp_path).sum() == 16 * SIZE.height


def test_masks_of_all_kinds_are_combined(tmp_path: Path) -> None:
    (tmp_path / "mask.png").write_bytes(encoded(stretched()))

    hidden = masked(["poly,20,0,31,0,31,3,20,3", "20,20,31,20,31,23,20,23", "mask.png"], tmp_path)

    assert hidden.sum() == 16 * SIZE.height + 2 * 12 * 4


def test_no_masks_are_no_array() -> None:
    assert fit_masks({"mask": ()}, SIZE) is None


def test_picture_is_equal_to_the_same_picture(tmp_path: Path) -> None:
    (tmp_path / "mask.png").write_bytes(encoded(stretched()))
    (tmp_path / "dark.png").write_bytes(encoded(half_dark().point(lambda _: 0)))
    first, again, dark = (read_mask(name, tmp_path).picture for name in ("mask.png", "mask.png", "dark.png"))

    assert first == again
    assert hash(first) == hash(again)
    assert first != dark


@pytest.mark.parametrize("kind", ["file", "base64"])
def test_picture_of_another_size_names_both_sizes(tmp_path: Path, kind: str) -> None:
    data = encoded(stretched())
    (tmp_path / "mask.png").write_bytes(data)
    source = "mask.png" if kind == "file" else f"base64,{base64.b64encode(data).decode()}"

    with pytest.raises(ConfigError) as error:
        fit_masks({"cameras.back.mask": [read_mask("0,0,5,0,5,5", tmp_path), read_mask(source, tmp_path)]}, FRAME)

    assert error.value.path == "cameras.back.mask[1]"
    assert error.value.problem == "the picture is 32x24, the detect frame 640x360"
    assert "640x360" in error.value.mend


def test_damaged_picture_is_an_error(tmp_path: Path) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (24, 32), np.uint8))
    (tmp_path / "mask.png").write_bytes(encoded(noise)[:300])

    with pytest.raises(Problem, match="the picture is damaged"):
        read_mask("mask.png", tmp_path)


@pytest.mark.parametrize("name", ["../mask.png", "/etc/mask.png", "link.png"])
def test_picture_outside_the_directory_is_refused(tmp_path: Path, name: str) -> None:
    directory = tmp_path / "config"
    directory.mkdir()
    (tmp_path / "mask.png").write_bytes(encoded(stretched()))
    (directory / "link.png").symlink_to(tmp_path / "mask.png")

    with pytest.raises(Problem, match="outside the configuration's directory"):
        read_mask(name, directory)


@pytest.mark.parametrize(
    "value",
    [
        "0,0,10,0,10,10,0,10",
        ["0,0,10,0,10,10,0,10"],
        [0, 0, 10, 0, 10, 10, 0, 10],
        ["0", "0", "10", "0", "10", "10", "0", "10"],
        ["0,0", "10,0", "10,10", "0,10"],
        [[0, 0], [10, 0], [10, 10], [0, 10]],
        [[0, 0, 10, 0, 10, 10, 0, 10]],
    ],
)
def test_polygon_is_read_in_every_form_that_people_write(value: object, tmp_path: Path) -> None:
    found = fit_masks({"mask": masks.read(value, tmp_path)}, SIZE)

    assert found is not None
    assert (found == 0).sum() == 121


def test_several_polygons_stay_several(tmp_path: Path) -> None:
    assert len(masks.read([[0, 0, 5, 0, 5, 5], "0,0,9,0,9,9"], tmp_path)) == 2
