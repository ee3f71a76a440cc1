"""Moving finished segments to the recordings."""

from pathlib import Path

import av
import pytest

from tests.recorder.recorded import (
    LOOPED,
    Start,
    camera,
    losses,
    write_video,
)
from tests.servers import wait_until


def test_segments_that_cannot_be_moved_are_told_of_once(
    record: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clip = write_video(tmp_path / "a.mp4", 15)
    recorded = record()
    obstacle = recorded.recordings / ".unfinished"
    obstacle.write_bytes(b"")
    recorded.apply(camera(clip, LOOPED))
    wait_until(lambda: len(list(recorded.cache.glob("*/*/*.mp4"))) >= 4)
    obstacle.unlink()
    wait_until(lambda: len(recorded.files()) >= 3)
    recorded.stop()
    assert losses(recorded.segments(), clip) == []
    assert caplog.text.count("cannot be moved to the recordings yet") == 1
    assert "being moved to the recordings again" in caplog.text


def test_h265_is_labelled_for_all_players(record: Start, tmp_path: Path) -> None:
    clip = write_video(tmp_path / "a.mp4", 1, "-c:v", "libx265", "-preset", "ultrafast")
    recorded = record()
    recorded.apply(camera(clip, "-re"))
    wait_until(recorded.files)
    with av.open(str(recorded.files()[0])) as container:
        assert container.streams.video[0].codec_context.codec_tag == "hvc1"
