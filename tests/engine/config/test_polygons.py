"""Polygons in every form that files have, and what they become in frames of any size."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import voluptuous as vol

from custom_components.frigate_native.engine.config.fit import fit_camera
from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.config.masks import fit_masks, read_mask
from custom_components.frigate_native.engine.config.model import CameraConfig
from custom_components.frigate_native.engine.config.polygons import polygon
from custom_components.frigate_native.engine.geometry import Size

FRAME = Size(1920, 1080)
HALF = ((0, 0), (960, 0), (960, 1080))


def camera_of(**keys: Any) -> CameraConfig:
    inputs = [{"path": "rtsp://cam", "roles": ["detect"]}]
    return config_from_mapping({"cameras": {"back": {"ffmpeg": {"inputs": inputs}, **keys}}}, Path(), {}).cameras[
        "back"
    ]


@pytest.mark.parametrize(
    "value",
    [
        "0,0,0.5,0,0.5,1",
        "0.0, 0.000 ,.5,0,0.50,1.000",
        ["0,0", "0.5,0", "0.5,1"],
        [0, 0, 0.5, 0, 0.5, 1],
        [[0, 0], [0.5, 0], [0.5, 1]],
        "0,0,960,0,960,1080",
        "0, 0, 960, 0, 960, 1080",
        "0,0,960.0,0,960,1080",
        [0, 0, 960, 0, 960, 1080],
    ],
)
def test_every_form_is_the_same_area(value: object) -> None:
    assert polygon(value).fitted(FRAME) == HALF


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("0,0,0.5,0,0.5", "5 numbers"),
        ("0,0,1,1", "4 numbers"),
        ("0,0,0.5,0,960,1080", "0.5 in place 3, beside pixels"),
        ("0,0,1e3,0,1,1", "text '1e3' in place 3"),
        ([[0, 0], [1, 0, 5], [1, 1]], "a list"),
        ([True, False], "true"),
    ],
)
def test_what_is_no_polygon_is_named(value: object, problem: str) -> None:
    with pytest.raises(vol.Invalid, match=problem):
        polygon(value)


def test_zones_and_areas_drawn_for_another_size_are_scaled_to_the_stream() -> None:
    filters = {"person": {"min_area": 1000, "max_area": 0.5}}
    zone = {"coordinates": "0,0,320,0,320,360", "filters": {"person": {"min_area": 0.1}}}
    camera = camera_of(width=640, height=360, zones={"yard": zone}, objects={"filters": filters})

    fitted = fit_camera(camera, FRAME)

    assert fitted.zones["yard"].coordinates.pixels == HALF
    assert fitted.zones["yard"].filters["person"].min_area == 207_360
    person = fitted.objects.filters["person"]
    assert (person.min_area, person.max_area) == (9000, 1_036_800)


def test_areas_in_pixels_stay_where_no_size_is_given() -> None:
    camera = camera_of(objects={"filters": {"person": {"min_area": 1000}}})

    assert fit_camera(camera, FRAME).objects.filters["person"].min_area == 1000


@pytest.mark.parametrize("source", ["0,0,0.5,0,0.5,1,0,1", "poly,0,0,0.5,0,0.5,1,0,1", "0,0,8,0,8,24,0,24"])
def test_masks_follow_the_stream(source: str) -> None:
    mask = fit_masks({"mask": [read_mask(source, Path())]}, Size(64, 48), Size(16, 24))

    assert mask is not None
    assert np.flatnonzero(mask[5] == 0).tolist() == list(range(33))
