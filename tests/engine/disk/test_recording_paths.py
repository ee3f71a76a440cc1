"""Paths of recordings, in zones whose clocks are changed."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from custom_components.frigate_native.engine.disk.recording_paths import RecordingNames, recording_paths
from custom_components.frigate_native.recorder import recording_path, recording_start

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, AGAIN = 1792888205.0, 1792891805.0  # 02:30:05 summer time, and an hour later


@pytest.mark.parametrize(
    ("start", "zone", "path"),
    [
        (FIRST + 0.999, "Europe/Berlin", "2026-10/25/02/back/30.05.mp4"),
        (AGAIN, "Europe/Berlin", "2026-10/25/02/back/30.05-2.mp4"),
        (FIRST, "UTC", "2026-10/25/00/back/30.05.mp4"),
        (1774746000.0, "Europe/Berlin", "2026-03/29/03/back/00.00.mp4"),  # the hour from 2 to 3 does not exist
        (1772323199.0, "America/Caracas", "2026-02/28/19/back/59.59.mp4"),
    ],
)
def test_path_tells_the_second(start: float, zone: str, path: str) -> None:
    assert recording_path(start, "back", ZoneInfo(zone)) == Path(path)
    assert recording_start(Path(path), ZoneInfo(zone)) == int(start)


@pytest.mark.parametrize("start", [FIRST, AGAIN, 1790000000.0])
def test_names_that_are_taken_still_tell_the_second(start: float) -> None:
    names = recording_paths(start, "back", BERLIN)
    taken = [next(names) for _ in range(5)]
    assert len(set(taken)) == 5
    assert {recording_start(path, BERLIN) for path in taken} == {start}


@pytest.mark.parametrize("start", [FIRST, AGAIN, 1790000000.0])
def test_names_in_utc_say_the_second_by_themselves(start: float) -> None:
    names = RecordingNames(zone=BERLIN, utc_cameras=frozenset({"back"}))
    assert next(names.paths(start, "front")) == recording_path(start, "front", BERLIN)
    paths = names.paths(start, "back")
    taken = [next(paths) for _ in range(4)]
    assert [len(path.parts) for path in taken] == [4] * 4
    assert len(set(taken)) == 4
    assert {recording_start(path, BERLIN) for path in taken} == {start}


@pytest.mark.parametrize(
    "path",
    [
        "2026-10/25/02/back/30.60.mp4",
        "2026-10/25/24/back/30.05.mp4",
        "2026-13/25/02/back/30.05.mp4",
        "2026-10/25/02/back/30.05.mp4.part",
        "2026-10/25/02/30.05.mp4",
        "../10/25/02/back/30.05.mp4",
    ],
)
def test_other_files_are_no_recordings(path: str) -> None:
    assert recording_start(Path(path), BERLIN) is None
