"""Identities that were told apart by eye, and the detections that are theirs."""

from pathlib import Path

import pytest
from evaluate.identities import read_identities, recognise
from evaluate.tracks import Sighting, Track

from custom_components.frigate_native.engine.geometry import Box, Size

START = 1600000000.0
TIMES = [START + frame / 5 for frame in range(6)]
SIZE = Size(200, 100)
ROWS = """label,identity,time,x1,y1,x2,y2
person,anna,0.2,0.1,0.2,0.2,0.8
person,anna,0.6,0.3,0.2,0.4,0.8
car,1,0.0,0.5,0.5,1,1
"""


@pytest.fixture
def anna(tmp_path: Path) -> Track:
    """Return the one person in a file that knows her in two of its moments."""
    file = tmp_path / "street.identities.csv"
    file.write_text(ROWS, encoding="utf-8")
    (track,) = read_identities(file, "person", SIZE, TIMES)
    return track


def seen(box: Box, score: float = 0.8) -> Sighting:
    return Sighting(label="person", score=score, box=box)


def test_identity_moves_evenly_between_known_boxes(anna: Track) -> None:
    assert anna.boxes == {1: (20, 20, 40, 80), 2: (40, 20, 60, 80), 3: (60, 20, 80, 80)}


def test_best_sighting_gets_the_identity_and_others_get_none(anna: Track) -> None:
    sightings = [[], [seen((22, 20, 42, 80)), seen((27, 20, 47, 80))], [seen((55, 20, 75, 80))], [], [], []]
    (track,) = recognise([anna], sightings)
    assert track.boxes == {1: (22, 20, 42, 80), 2: (40, 20, 60, 80), 3: (60, 20, 80, 80)}
    assert track.certain == {1}


def test_doubtful_sighting_tells_the_place_but_is_not_certain(anna: Track) -> None:
    (track,) = recognise([anna], [[], [], [seen((42, 20, 62, 80), 0.4)], [], [], []])
    assert track.boxes[2] == (42, 20, 62, 80)
    assert not track.certain


def test_sighting_outside_a_track_gets_no_identity(anna: Track) -> None:
    (track,) = recognise([anna], [[seen((20, 20, 40, 80))], [], [], [], [seen((60, 20, 80, 80))], []])
    assert sorted(track.boxes) == [1, 2, 3]
    assert not track.certain


def test_crossing_people_keep_their_own_sightings(anna: Track) -> None:
    other = Track(
        id="bert", label="person", boxes={frame: (80 - 20 * frame, 20, 100 - 20 * frame, 80) for frame in (1, 2)}
    )
    first, second = recognise([anna, other], [[], [seen((60, 20, 80, 80)), seen((20, 20, 40, 80))], [], [], [], []])
    assert first.boxes[1] == (20, 20, 40, 80)
    assert second.boxes[1] == (60, 20, 80, 80)
