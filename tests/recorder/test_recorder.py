"""24/7 recording of real streams by real ffmpegs: what arrives is in the tree, whatever happens meanwhile."""

import re
import signal
from dataclasses import replace
from pathlib import Path

import av
import pytest

from custom_components.frigate_native.recorder.plan import InputState
from tests.recorder.recorded import LOOPED, PATIENT, RESTREAM, Segment, Start, assert_meet, camera, losses, write_video
from tests.servers import free_port, publish, rtmp_server, rtsp_server, wait_until
from tests.watched import CREDENTIALS


def assert_seamless(segments: list[Segment], source: Path) -> None:
    """Check that no picture is missing between segments, and that each begins where the one before it ends."""
    assert losses(segments, source) == []
    assert_meet(segments)


@pytest.mark.slow
def test_rtmp_camera_loses_nothing_and_comes_back(record: Start, tmp_path: Path) -> None:
    clip = write_video(tmp_path / "a.mp4", 15)
    with rtmp_server(tmp_path) as server:
        with publish(clip, server.url("cam")):
            recorded = record(timeouts=replace(PATIENT, stall_s=4.0))  # nobody says that the camera has gone
            recorded.apply(camera(server.url("cam")))
            wait_until(lambda: len(recorded.files()) >= 4)
            assert recorded.has(state=InputState.RUNNING, is_recording=True, is_restreaming=None, text="", gaps=())
        wait_until(lambda: recorded.has(state=InputState.FAILED, is_recording=False))
        wait_until(recorded.is_settled)
        before = recorded.segments()
        (gap,) = recorded.health().gaps
        assert gap.end is None
        assert gap.start == pytest.approx(before[-1].end, abs=0.2)

        with publish(clip, server.url("cam")):
            wait_until(lambda: len(recorded.files()) >= len(before) + 2)
            recorded.stop()

    assert_seamless(before, clip)
    after = [segment for segment in recorded.segments() if segment.path not in {item.path for item in before}]
    assert_seamless(after, clip)
    gap = recorded.health().gaps[0]
    assert gap.start == pytest.approx(before[-1].end, abs=0.2)
    assert gap.end == pytest.approx(after[0].start, abs=0.2)
    assert "cam: " in gap.reason


def test_stream_without_sound_is_recorded_however_long_it_may_be_analysed(record: Start, tmp_path: Path) -> None:
    clip = write_video(tmp_path / "a.mp4", 15)
    with rtmp_server(tmp_path) as server, publish(clip, server.url("cam")):
        recorded = record()
        recorded.apply(camera(server.url("cam"), "-analyzeduration 1000M -probesize 1000M"))
        wait_until(recorded.files)
        assert recorded.has(state=InputState.RUNNING, text="", gaps=())


def test_recordings_are_named_in_utc_where_the_plan_says_so(record: Start, tmp_path: Path) -> None:
    clip = write_video(tmp_path / "a.mp4", 3)
    with rtsp_server({"/cam": ("h264", clip)}, CREDENTIALS) as server:
        recorded = record()
        recorded.apply(replace(camera(server.url("/cam", CREDENTIALS)), is_utc=True))
        wait_until(recorded.files)
        recorded.stop()
    found = [segment.path.relative_to(recorded.recordings) for segment in recorded.segments()]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d/\d\d/back/\d\d\.\d\d\.mp4", str(path)) for path in found)
    assert all(abs(segment.named - segment.start) < 2 for segment in recorded.segments())


def test_rtsp_camera_loses_nothing(record: Start, tmp_path: Path) -> None:
    clip = write_video(tmp_path / "a.mp4", 6)
    with rtsp_server({"/cam": ("h264", clip)}, CREDENTIALS) as server:
        recorded = record()
        recorded.apply(camera(server.url("/cam", CREDENTIALS)))
        wait_until(lambda: recorded.has(state=InputState.FAILED))  # the file has an end
        recorded.stop()

    segments = recorded.segments()
    while sum(len(segment.pictures) for segment in segments) > 60:
        segments.pop()  # it had begun anew before the stop
    assert sum(len(segment.pictures) for segment in segments) == 60
    assert_seamless(segments, clip)
    with av.open(str(segments[0].path)) as container:
        assert "creation_time" in container.metadata
    assert b"moov" in segments[0].path.read_bytes()[:64]  # its index stands in front


def test_wrong_password_is_told_without_it(record: Start, tmp_path: Path) -> None:
    clip = write_video(tmp_path / "a.mp4", 1)
    with rtsp_server({"/cam": ("h264", clip)}, "someone:else") as server:
        recorded = record()
        recorded.apply(camera(server.url("/cam", CREDENTIALS)))
        wait_until(lambda: recorded.has(state=InputState.FAILED))
    assert "the camera rejects the user or password" in recorded.health().text
    assert recorded.health().newest_segment is None


@pytest.mark.slow
def test_restream_that_fails_costs_no_picture_of_the_recording(record: Start, tmp_path: Path) -> None:
    clip = write_video(tmp_path / "a.mp4", 15)
    port = free_port()
    recorded = record(rtmp_url=f"rtmp://127.0.0.1:{port}/live")
    recorded.apply(camera(clip, LOOPED, rtmp=RESTREAM))
    wait_until(lambda: recorded.has(state=InputState.RUNNING, is_recording=True, is_restreaming=False))
    wait_until(lambda: "the restream fails: " in recorded.health().text)
    with rtmp_server(tmp_path / "one", port) as server:
        wait_until(lambda: recorded.has(is_restreaming=True, text=""))
        with av.open(server.url("back"), timeout=60) as played:
            assert next(played.decode(video=0)).width == 160
        server.process.send_signal(signal.SIGSTOP)
        taken = len(recorded.files())
        wait_until(lambda: len(recorded.files()) >= taken + 3)
        server.process.kill()
    wait_until(lambda: recorded.has(is_restreaming=False))
    with rtmp_server(tmp_path / "two", port):
        wait_until(lambda: recorded.has(is_restreaming=True))
        recorded.stop()

    assert_seamless(recorded.segments(), clip)
    assert len(recorded.segments()) >= 6


def test_restream_that_cannot_be_is_explained(record: Start, tmp_path: Path) -> None:
    clip = write_video(tmp_path / "a.mp4", 2, "-c:v", "libx265", "-preset", "ultrafast")
    with rtmp_server(tmp_path) as server:
        recorded = record(rtmp_url=server.url("").rstrip("/"))
        recorded.apply(camera(clip, LOOPED, rtmp=RESTREAM))
        wait_until(lambda: "RTMP cannot carry" in recorded.health().text if recorded.has() else False)
        wait_until(lambda: recorded.has(state=InputState.RUNNING, is_recording=True, is_restreaming=False))
        recorded.apply(camera(clip, LOOPED, rtmp="-c:v libx264 -preset ultrafast -f flv"))
        wait_until(lambda: recorded.has(is_recording=True, is_restreaming=True, text=""))
        with av.open(server.url("back"), timeout=60) as played:
            assert played.streams.video[0].codec_context.name == "h264"
