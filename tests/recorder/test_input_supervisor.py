"""Running one ffmpeg: restarted if it hangs, and explained if it fails."""

import os
import signal
from dataclasses import replace
from pathlib import Path

import av
import pytest

from custom_components.frigate_native.recorder.plan import InputState
from tests.recorder.recorded import (
    LOOPED,
    PATIENT,
    RECORD,
    RESTREAM,
    Start,
    camera,
    ffmpegs,
    losses,
    write_video,
)
from tests.servers import free_port, wait_until

U_LAW = ("-f", "lavfi", "-i", "sine", "-shortest", "-c:a", "pcm_mulaw", "-c:v")


@pytest.mark.slow
def test_ffmpeg_that_hangs_is_ended_and_started_again(
    record: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clip = write_video(tmp_path / "a.mp4", 15)
    recorded = record(rtmp_url=f"rtmp://127.0.0.1:{free_port()}/live", timeouts=replace(PATIENT, stall_s=3.0))
    recorded.apply(camera(clip, LOOPED, rtmp=RESTREAM))  # refused all the time, which is not why it hangs
    wait_until(lambda: len(recorded.files()) >= 2 and recorded.has(is_restreaming=False))
    (pid,) = ffmpegs()
    os.kill(pid, signal.SIGSTOP)
    wait_until(lambda: "the camera sends no data" in caplog.text)
    wait_until(lambda: recorded.has(state=InputState.RUNNING, is_recording=True))
    wait_until(lambda: any(gap.end for gap in recorded.health().gaps))

    gap = recorded.health().gaps[0]
    assert gap.end is not None
    assert gap.end - gap.start > 1
    recorded.stop()
    cuts = losses(recorded.segments(), clip)
    assert cuts
    assert {after for _, after in cuts} == {0}  # the clip began anew, and of what was written before nothing is missing
    assert cuts[0][0] > 18


@pytest.mark.parametrize(
    ("codec", "record_args", "words"),
    [
        (("-c:v", "mjpeg"), f"{RECORD} -nonsense 1", "rejects its arguments"),
        ((*U_LAW, "ffvhuff"), RECORD.removesuffix(" -an"), "MP4 cannot hold a stream"),
    ],
    ids=["arguments", "pictures"],
)
def test_what_cannot_be_recorded_is_explained(
    record: Start, tmp_path: Path, codec: tuple[str, ...], record_args: str, words: str
) -> None:
    clip = write_video(tmp_path / "a.mkv", 2, *codec)
    recorded = record()
    recorded.apply(camera(clip, LOOPED, record=record_args))
    wait_until(lambda: recorded.has(state=InputState.FAILED))
    assert words in recorded.health().text


def test_sound_that_mp4_cannot_hold_is_recorded_as_aac(
    record: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clip = write_video(tmp_path / "a.mkv", 5, *U_LAW, "libx264", "-g", "10")
    recorded = record()
    recorded.apply(camera(clip, LOOPED, record=RECORD.removesuffix(" -an")))
    wait_until(lambda: len(recorded.files()) >= 2)
    assert recorded.has(state=InputState.RUNNING, is_recording=True, text="", gaps=())
    recorded.stop()
    with av.open(str(recorded.files()[0])) as container:
        assert [stream.codec_context.name for stream in container.streams] == ["h264", "aac"]
    assert "WARNING" not in {each.levelname for each in caplog.records}


def test_machine_without_ffmpeg(record: Start, tmp_path: Path) -> None:
    recorded = record(ffmpeg="ffmpeg-nowhere")
    recorded.apply(camera(tmp_path / "a.mp4"))
    wait_until(lambda: recorded.has(state=InputState.FAILED))
    assert recorded.health().text == "the program ffmpeg-nowhere does not run (not found); install ffmpeg"
