"""Where the reference appearances, and what it keeps of that."""

import pytest
from evaluate.duplicates import without_duplicates
from evaluate.tiles import all_tiles
from evaluate.tracks import Sighting

from custom_components.frigate_native.engine.geometry import Size, contains


def seen(score: float, *box: int) -> Sighting:
    x1, y1, x2, y2 = box
    return Sighting(label="person", score=score, box=(x1, y1, x2, y2))


@pytest.mark.parametrize("size", [Size(1280, 720), Size(768, 576), Size(640, 272), Size(480, 640)], ids=str)
def test_whatever_is_half_a_tile_long_lies_in_one(size: Size) -> None:
    tiles = all_tiles(size, 300)
    for side in {tile[2] - tile[0] for tile in tiles}:
        half = side // 2
        for x in range(0, size.width - half + 1, 7):
            for y in range(0, size.height - half + 1, 7):
                assert any(contains(tile, (x, y, x + half, y + half)) for tile in tiles if tile[2] - tile[0] == side)


def test_tiles_are_not_much_smaller_than_the_models_input() -> None:
    assert {tile[2] - tile[0] for tile in all_tiles(Size(640, 272), 300)} == {272, 181}


@pytest.mark.parametrize(
    ("other", "kept"),
    [
        (seen(0.6, 2, 2, 42, 122), 1),
        (seen(0.6, 5, 60, 35, 118), 1),
        (seen(0.6, -40, -20, 80, 140), 1),
        (seen(0.6, 30, 0, 70, 120), 2),
    ],
    ids=["same", "part", "too much round it", "neighbour"],
)
def test_doubles_are_left_out(other: Sighting, kept: int) -> None:
    assert len(without_duplicates([other, seen(0.9, 0, 0, 40, 120)])) == kept


def test_box_between_two_neighbours_is_left_out() -> None:
    both = [seen(0.9, 0, 0, 40, 120), seen(0.8, 44, 0, 84, 120)]
    assert without_duplicates([*both, seen(0.7, 22, 0, 62, 120)]) == both


def test_other_label_is_no_double() -> None:
    car = Sighting(label="car", score=0.5, box=(0, 0, 40, 120))
    assert len(without_duplicates([car, seen(0.9, 0, 0, 40, 120)])) == 2
