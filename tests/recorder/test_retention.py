"""What goes from the tree of recordings, and when."""

import os
from pathlib import Path

from tests.recorder.recorded import FakeClock, Recorded, Start
from tests.servers import wait_until

NOW = 1792891805.0  # 2026-10-25 02:30:05 in Berlin, for the second time
DAY_S = 86400


def lay(recorded: Recorded, *paths: str) -> dict[str, Path]:
    files = {path: recorded.recordings / path for path in paths}
    for file in files.values():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"recording")
    return files


def test_each_camera_has_its_days(record: Start) -> None:
    recorded = record(clock=FakeClock(NOW))
    files = lay(
        recorded,
        "2026-10/23/03/short/29.00.mp4",  # 48 hours ago, one of which the clock showed twice
        "2026-10/23/03/short/31.00.mp4",
        "2026-09/01/00/short/00.00.mp4",
        "2026-09/01/00/long/00.00.mp4",
        "2026-08/01/00/long/00.00.mp4",
        "2020-01/01/00/gone/00.00.mp4",
        "2026-10/25/02/none/00.00.mp4",
        "2026-10/25/02/none/notes.txt",
    )
    recorded.apply(retain_days={"short": 2, "long": 60, "none": 0})
    kept = {
        "2026-10/23/03/short/31.00.mp4",
        "2026-09/01/00/long/00.00.mp4",
        "2020-01/01/00/gone/00.00.mp4",
        "2026-10/25/02/none/notes.txt",
    }
    wait_until(lambda: not any(files[path].exists() for path in files.keys() - kept))
    wait_until(lambda: not (recorded.recordings / "2026-08").exists())
    recorded.stop()
    assert {path for path, file in files.items() if file.exists()} == kept
    folders = {path.name for path in recorded.recordings.glob("*") if path.is_dir()}
    assert folders - {".unfinished"} == {"2026-10", "2026-09", "2020-01"}


def test_recordings_of_another_time_zone_keep_their_days(record: Start) -> None:
    recorded = record(clock=FakeClock(NOW))
    early, old = "2026-10/23/01/back/31.00.mp4", "2026-10/23/01/back/32.00.mp4"
    files = lay(recorded, early, old, "2026-10/25/02/back/00.00.mp4")
    for path, hours in ((early, 47), (old, 50)):  # the first was named in a zone west of Berlin
        os.utime(files[path], (NOW - hours * 3600, NOW - hours * 3600))
    recorded.apply(retain_days={"back": 2})
    wait_until(lambda: not files[old].exists())
    recorded.stop()
    assert files[early].exists()


def test_plan_without_days_removes_nothing(record: Start) -> None:
    recorded = record(clock=FakeClock(NOW))
    files = lay(
        recorded,
        "2026-10/01/03/back/00.00.mp4",
        "2026-10/01/03/front/00.00.mp4",
        "2026-10/25/01/back/00.00.mp4",  # by which the clock is right
    )
    recorded.apply()
    recorded.apply(retain_days={"front": 1})
    wait_until(lambda: not files["2026-10/01/03/front/00.00.mp4"].exists())
    recorded.stop()
    assert files["2026-10/01/03/back/00.00.mp4"].exists()


def test_clock_that_jumps_forward_deletes_nothing(record: Start) -> None:
    clock = FakeClock(NOW)
    recorded = record(clock=clock)
    files = lay(
        recorded, "2026-10/25/01/back/00.00.mp4", "2026-10/01/01/back/00.00.mp4", "2026-01/01/00/back/00.00.mp4"
    )
    recorded.apply(retain_days={"back": 60})
    wait_until(lambda: not files["2026-01/01/00/back/00.00.mp4"].exists())
    clock.step(400 * DAY_S)
    recorded.apply(retain_days={"back": 50})  # which is followed at once
    wait_until(lambda: any("400 days ahead" in problem for problem in recorded.recorder.problems()))
    assert files["2026-10/01/01/back/00.00.mp4"].exists()
    clock.step(-400 * DAY_S)
    recorded.apply(retain_days={"back": 10})
    wait_until(lambda: not files["2026-10/01/01/back/00.00.mp4"].exists())
    assert recorded.recorder.problems() == ()
    recorded.stop()
    assert files["2026-10/25/01/back/00.00.mp4"].exists()
