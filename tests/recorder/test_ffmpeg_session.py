"""Recording while the machine's clock is set."""

from pathlib import Path

import pytest

from custom_components.frigate_native.recorder.plan import InputState
from tests.recorder.recorded import (
    FakeClock,
    Start,
    camera,
    losses,
    write_video,
)
from tests.servers import rtsp_server, wait_until


@pytest.mark.slow
def test_clock_that_is_set_back_overwrites_nothing(
    record: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clip = write_video(tmp_path / "a.mp4", 15)
    clock = FakeClock(1792888200.0)  # 02:30 in Berlin, in the hour that comes twice
    recorded = record(clock=clock)
    with rtsp_server({"/cam": ("h264", clip)}) as server:
        recorded.apply(camera(server.url("/cam")))
        wait_until(lambda: len(recorded.files()) >= 2)
        clock.step(3600)
        wait_until(lambda: "clock was set by +3600 s" in caplog.text)
        wait_until(lambda: len([path for path in recorded.files() if path.stem.endswith("-2")]) >= 2)
        clock.step(-3600)
        wait_until(lambda: "clock was set by -3600 s" in caplog.text)
        wait_until(lambda: recorded.has(state=InputState.RUNNING))
        recorded.stop()

    hours = {path.relative_to(recorded.recordings).parts[:3] for path in recorded.files()}
    assert hours == {("2026-10", "25", "02")}
    again = [segment for segment in recorded.segments() if segment.named > 1792888200 + 1800]
    assert len(again) >= 2
    for segment in recorded.segments():
        assert segment.start - segment.named == pytest.approx(0.5, abs=0.65)
    assert losses(again, clip) == []
