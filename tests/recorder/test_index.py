"""What a real recorder writes is found by the index of recordings, at the times that the recorder placed it."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from custom_components.frigate_native.engine.recordings.folders import RecordingFolders
from tests.recorder.recorded import LOOPED, Start, camera, write_video
from tests.servers import wait_until


def test_index_reads_the_times_of_recorded_files(record: Start, tmp_path: Path) -> None:
    recorded = record()
    recorded.apply(camera(write_video(tmp_path / "a.mp4", 5), LOOPED))
    wait_until(lambda: len(recorded.files()) >= 3)
    recorded.stop()
    folders = RecordingFolders(recorded.recordings)
    found = [
        folders.read(file, ZoneInfo("Europe/Berlin")) for folder in folders.all() for file in folders.files(folder)
    ]
    segments = {str(one.path.relative_to(recorded.recordings)): one for one in recorded.segments()}
    assert len(found) == len(segments) >= 3
    for one in found:
        assert one is not None
        assert one.camera == "back"
        assert [one.start, one.end] == pytest.approx([segments[one.path].start, segments[one.path].end], abs=0.05)
