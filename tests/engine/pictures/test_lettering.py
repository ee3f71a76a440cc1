"""Letters that pictures can show, and those put together from letters already drawn."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from custom_components.frigate_native.engine.geometry import Box
from custom_components.frigate_native.engine.pictures import Overlay, OverlayObject, render_frame
from custom_components.frigate_native.engine.pictures.lettering import edged, font, to_ascii
from tests.engine.builders import frame_at

TIME = "11/14/2023 22:13:20"


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("person", "person"),
        ("Fußgänger", "Fussganger"),
        ("vélo", "velo"),
        ("sør", "sor"),
        ("犬", "?"),
        ("a\nb\x00", "a?b?"),
        ("", ""),
    ],
)
def test_letters_the_font_lacks_are_spelled_or_replaced(label: str, shown: str) -> None:
    assert to_ascii(label) == shown


@pytest.mark.parametrize("label", ["Fußgänger", "犬\n🐕", "", "x" * 500])
def test_any_label_can_be_drawn(label: str) -> None:
    tracked = OverlayObject(label=label, score=0.5, box=(600, 300, 700, 500), area=20_000)
    drawn = render_frame(frame_at(0), Overlay(objects=(tracked,)))
    spelled = render_frame(frame_at(0), Overlay(objects=(replace(tracked, label=to_ascii(label)),)))
    assert len(drawn) == pytest.approx(len(spelled), rel=0.1)  # the same but for the colour


@pytest.mark.parametrize("size_px", [15, 33, 66])
def test_letters_put_together_look_as_if_drawn_at_once(size_px: int) -> None:
    letters = edged(TIME, size_px, 2)
    at_once = Image.new("L", letters.covered.size)
    ImageDraw.Draw(at_once).text((2, 2), TIME, fill=255, font=font(size_px), stroke_width=2)
    difference = np.abs(np.asarray(letters.covered, np.int16) - np.asarray(at_once))
    assert difference.mean() < 0.1 * np.asarray(at_once).mean()
    assert extent(letters.covered) == pytest.approx(extent(at_once), abs=2)


def test_edge_surrounds_the_letters() -> None:
    letters = edged(TIME, 20, 3)
    left, top, right, bottom = extent(letters.inside)
    assert extent(letters.covered) == pytest.approx((left - 3, top - 3, right + 3, bottom + 3), abs=1)


def extent(mask: Image.Image) -> Box:
    found = mask.getbbox()
    assert found, "nothing is drawn"
    return found
