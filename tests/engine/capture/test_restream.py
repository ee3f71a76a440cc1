"""Cameras that are read from their restream, with real RTMP servers."""

import logging
from pathlib import Path

import pytest

from tests.servers import publish, rtmp_server, stop_process, wait_until
from tests.watched import Watch, Watched

FOOTAGE = Path(__file__).parents[2] / "footage" / "vtest.mp4"


def test_restream_is_read_while_it_works_and_then_the_camera_again(
    watch: Watch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with rtmp_server(tmp_path / "camera") as camera, rtmp_server(tmp_path / "recorder") as recorder:
        restream = recorder.url("back")
        with publish(FOOTAGE, camera.url("gate")), publish(FOOTAGE, restream):
            back = watch(camera.url("gate"), "-rtsp_transport tcp", rtmp="-c copy -f flv", fps=5)
            _await_frames(back)
            assert back.capture.restream is None

            back.capture.use_restream(restream)
            wait_until(lambda: back.capture.restream == restream)
            _await_frames(back)

            stop_process(recorder.process)  # without any notification
            wait_until(lambda: back.capture.restream is None)
            back.capture.use_restream(restream)  # reported again before the loss is noticed
            _await_frames(back)
            assert back.capture.restream is None

    switches = [record.message for record in caplog.records if "now read from" in record.message]
    assert switches == ["Camera back: now read from its restream", "Camera back: now read from the camera itself"]
    assert restream not in back.reported  # a failed restream is not a failed camera


def test_reencoded_restream_is_not_read(watch: Watch, tmp_path: Path) -> None:
    with rtmp_server(tmp_path) as camera, publish(FOOTAGE, camera.url("gate")):
        back = watch(camera.url("gate"), rtmp="-c:v libx264 -vf scale=320:-1 -f flv", fps=5)
        back.capture.use_restream(camera.url("nothing"))
        _await_frames(back)
        assert back.capture.restream is None


def _await_frames(back: Watched) -> None:
    before = len(back.frames)
    wait_until(lambda: back.runs() and len(back.frames) >= before + 3)
