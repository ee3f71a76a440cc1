"""Plans that can only be followed in part."""

from pathlib import Path

import pytest

from custom_components.frigate_native.engine.errors import MediaError
from custom_components.frigate_native.recorder.plan import InputState
from tests.recorder.recorded import (
    LOOPED,
    RECORD,
    Recorded,
    Start,
    camera,
    ffmpegs,
    losses,
    write_video,
)
from tests.servers import wait_until


def test_plan_is_followed_as_far_as_possible(record: Start, tmp_path: Path) -> None:
    clip = write_video(tmp_path / "a.mp4", 15)
    recorded = record()
    kept = camera(clip, LOOPED)
    long, outside = "x" * 300, "../../outside"
    recorded.apply(
        kept,
        camera(clip, LOOPED, camera=long),
        camera(clip, LOOPED, camera=outside),
        camera(clip, LOOPED, camera="50% nørd & co"),
        camera(tmp_path / "none.mp4", camera="none"),
        time_zone="Mars/Olympus",
    )
    wait_until(lambda: recorded.has(is_recording=True) and recorded.health("50% nørd & co").is_recording)
    before = ffmpegs()
    wait_until(lambda: recorded.health("none").state is InputState.FAILED)
    assert "file not found" in recorded.health("none").text
    assert "200 bytes" in recorded.health(long).text
    assert "slashes" in recorded.health(outside).text
    assert recorded.health(outside).state is InputState.FAILED
    assert "Mars/Olympus" in recorded.recorder.problems()[0]
    with pytest.raises(MediaError, match="another recorder"):
        Recorded(tmp_path).recorder.start()

    recorded.apply(kept, camera(clip, LOOPED, camera="new", record=f"{RECORD} -map 0:v"))
    wait_until(lambda: set(recorded.recorder.health()) == {"back", "new"} and recorded.health("new").is_recording)
    assert recorded.recorder.problems() == ()
    assert recorded.has(gaps=())
    assert len(ffmpegs() & before) == 1  # what did not change was not touched
    recorded.stop()
    assert losses([segment for segment in recorded.segments() if "back" in segment.path.parts], clip) == []
    assert not (tmp_path.parent / "outside").exists()
