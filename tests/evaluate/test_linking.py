"""Linking of detections that are all known before."""

from collections.abc import Iterable

import numpy as np
from evaluate.appearance import Appearance
from evaluate.linking import TimedSighting, link
from evaluate.tracks import Sighting

FRAMES = range(60)
FPS = 10
TIMES = [frame / FPS for frame in FRAMES]


def look(colour: int) -> Appearance:
    """Return the look of something of one colour only."""
    values = np.zeros(8, np.float32)
    values[colour] = 1
    return values


def walker(
    x: int, step: int, frames: Iterable[int] = FRAMES, *, score: float = 0.8, colour: int = 0
) -> list[TimedSighting]:
    """Return sightings of somebody who is at x in frame 0 and goes a step each frame."""
    return [
        TimedSighting(
            frame=frame,
            time=TIMES[frame],
            seen=Sighting(label="person", score=score, box=(x + step * frame, 100, x + step * frame + 30, 190)),
            appearance=look(colour),
        )
        for frame in frames
    ]


def by_frame(*walkers: list[TimedSighting]) -> list[list[TimedSighting]]:
    """Return what is in each frame."""
    return [[sighting for one in walkers for sighting in one if sighting.frame == frame] for frame in FRAMES]


def test_walker_is_one_identity() -> None:
    (track,) = link(by_frame(walker(0, 4)), TIMES)
    assert sorted(track.boxes) == list(FRAMES)
    assert track.certain == set(FRAMES)


def test_gap_is_filled_with_even_motion() -> None:
    frames = [*range(20), *range(35, 60)]
    (track,) = link(by_frame(walker(0, 4, frames)), TIMES)
    assert track.certain == set(frames)
    assert track.boxes[27] == (108, 100, 138, 190)


def test_gap_above_two_seconds_parts_identities() -> None:
    assert len(link(by_frame(walker(0, 1, [*range(15), *range(36, 60)])), TIMES)) == 2


def test_occluded_person_keeps_the_identity_next_to_a_standing_person() -> None:
    # Behind the standing one nothing is seen of the walker for a second.
    hidden = [*range(25), *range(36, 60)]
    tracks = link(by_frame(walker(0, 6, hidden), walker(180, 0, colour=1)), TIMES)
    assert [len(track.certain) for track in tracks] == [len(hidden), 60]


def test_appearance_separates_people_after_they_meet() -> None:
    # Both turn back where they meet: their motion alone says that they went on.
    there = [frame for frame in FRAMES if frame < 25]
    back = [frame for frame in FRAMES if frame > 30]
    first = walker(0, 4, there) + walker(224, -4, back)
    second = walker(224, -4, there, colour=1) + walker(0, 4, back, colour=1)
    tracks = link(by_frame(first, second), TIMES)
    starts_and_ends = {(track.boxes[0][0], track.boxes[59][0]) for track in tracks if len(track.boxes) > 30}
    assert (0, 236) not in starts_and_ends
    assert (224, -12) not in starts_and_ends


def test_doubtful_sightings_hold_together_but_are_not_certain() -> None:
    doubtful = walker(0, 4, range(20, 40), score=0.35)
    (track,) = link(by_frame(walker(0, 4, [*range(20), *range(40, 60)]), doubtful), TIMES)
    assert sorted(track.boxes) == list(FRAMES)
    assert track.certain == set(FRAMES) - set(range(20, 40))


def test_two_sightings_are_no_identity() -> None:
    assert not link(by_frame(walker(0, 4, [10, 11])), TIMES)


def test_no_sightings_are_no_identities() -> None:
    assert not link(by_frame(), TIMES)
