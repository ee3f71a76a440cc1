"""Capture of live sources that come, go, hang and change."""

import logging
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import av
import pytest

from custom_components.frigate_native.engine.capture import probe
from custom_components.frigate_native.engine.capture.source import Timeouts
from custom_components.frigate_native.engine.concurrency import Backoff
from custom_components.frigate_native.engine.errors import SourceError, SourceProblem
from custom_components.frigate_native.engine.geometry import Size
from custom_components.frigate_native.engine.messages import CameraState
from tests.footage_clips import jpegs, picture, ts_from_the_middle, write_clip
from tests.processes import open_files
from tests.servers import (
    PATIENCE_S,
    HttpCamera,
    answer_mjpeg,
    answer_paced,
    answer_silence,
    answer_status,
    free_port,
    publish,
    rtmp_server,
    wait_until,
)
from tests.watched import CREDENTIALS, QUICK, Watch, Watched

FOOTAGE = Path(__file__).parents[2] / "footage" / "vtest.mp4"
SMALL = Size(160, 96)
PICTURES = 20
SLACK_S = 20.0  # for busy machines; the servers hang for longer


def test_looped_file_plays_in_real_time_at_the_configured_rate(watch: Watch, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", 5, fps=10)  # half a second
    begin, begin_s = time.time(), time.monotonic()
    camera = watch(str(clip), "-re -stream_loop -1", fps=5)

    wait_until(lambda: len(camera.frames) >= 12)
    taken_s = time.monotonic() - begin_s

    assert taken_s > 1.9
    assert camera.states == [(CameraState.CONNECTING, None), (CameraState.RUNNING, None)]
    assert camera.threads == {"fn:back:capture"}
    times = [frame.time for frame in camera.frames]
    assert times == sorted(set(times))
    assert begin <= times[0] <= times[-1] <= time.time()
    assert camera.detection.stream is not None
    assert camera.detection.stream.size == SMALL
    assert camera.detection.stream.fps == 10


def test_rtmp_camera_that_goes_away_is_reconnected(
    watch: Watch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with rtmp_server(tmp_path) as server:
        url = server.url("cam")
        with publish(FOOTAGE, url):
            wait_until(_is_live(url))
            camera = watch(url, fps=5, timeouts=QUICK)
            wait_until(lambda: len(camera.frames) > 3)
            assert camera.frames[0].size == (768, 576)
        wait_until(camera.has_failed)
        before = len(camera.frames)
        with publish(FOOTAGE, url):
            wait_until(lambda: camera.runs() and len(camera.frames) > before + 3)
            camera.capture.stop()

    assert camera.states[0] == (CameraState.CONNECTING, None)
    assert camera.states[1] == (CameraState.RUNNING, None)
    assert camera.states[2][0] is CameraState.FAILED
    assert camera.states.count((CameraState.RUNNING, None)) >= 2
    first, *others = [record.levelname for record in caplog.records if "Camera back runs" in record.message]
    assert (first, set(others)) == ("DEBUG", {"INFO"})


def test_server_that_dies_is_reported_once_and_reconnected(watch: Watch, tmp_path: Path) -> None:
    port = free_port()
    with rtmp_server(tmp_path / "one", port) as server, publish(FOOTAGE, server.url("cam")):
        wait_until(_is_live(server.url("cam")))
        camera = watch(server.url("cam"), fps=5)
        wait_until(camera.runs)
        server.process.kill()
        wait_until(lambda: camera.detection.state.problem is SourceProblem.REFUSED)
        threading.Event().wait(1)  # some more attempts with the same result
    with rtmp_server(tmp_path / "two", port) as server, publish(FOOTAGE, server.url("cam")):
        wait_until(camera.runs)
        camera.capture.stop()

    assert camera.states.count((CameraState.FAILED, SourceProblem.REFUSED)) == 1


def test_silent_http_camera_fails_and_recovers(watch: Watch) -> None:
    silent, stop = threading.Event(), threading.Event()
    with HttpCamera({"/": answer_mjpeg(jpegs([60, 80]), 20, silent, stop)}) as server:
        camera = watch(server.url("/", CREDENTIALS), timeouts=QUICK)
        wait_until(camera.runs)
        silent.set()
        wait_until(lambda: camera.has_reported(SourceProblem.TIMEOUT))
        silent.clear()
        wait_until(camera.runs)
        camera.capture.stop()
        stop.set()


def test_stream_without_pictures_is_a_stall(watch: Watch) -> None:
    stop = threading.Event()
    broken = jpegs([90])[0][:40] + bytes(400)  # a JPEG that is cut off in its header
    pictures = jpegs([60] * 5) + [broken] * 10_000
    with HttpCamera({"/": answer_mjpeg(pictures, 20, threading.Event(), stop)}) as server:
        camera = watch(server.url("/", CREDENTIALS), "-f mpjpeg", stall_s=1.0)
        wait_until(lambda: camera.has_reported(SourceProblem.TIMEOUT))
        camera.capture.stop()
        stop.set()

    assert "no picture" in camera.text_of(SourceProblem.TIMEOUT)


def test_stream_joined_between_key_frames_is_waited_for(
    watch: Watch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    stop = threading.Event()
    packets = ts_from_the_middle(tmp_path / "camera.ts")
    with HttpCamera({"/": answer_paced(packets, 10.0, stop)}) as server:
        camera = watch(server.url("/"), "-f mpegts", stall_s=1.0)
        wait_until(camera.runs)
        camera.capture.stop()
        stop.set()

    assert "connected between two key frames" in caplog.text
    assert not [state for state, _ in camera.states if state is CameraState.FAILED]


def test_stream_without_a_decodable_picture_has_an_unsupported_codec(watch: Watch) -> None:
    stop = threading.Event()
    broken = jpegs([90])[0][:40] + bytes(400)
    with HttpCamera({"/": answer_mjpeg([broken], 20, threading.Event(), stop)}) as server:
        camera = watch(server.url("/", CREDENTIALS), "-f mpjpeg", stall_s=1.0)
        wait_until(lambda: camera.has_reported(SourceProblem.CODEC))
        camera.capture.stop()
        stop.set()

    assert "the camera sends mjpeg, but no picture" in camera.text_of(SourceProblem.CODEC)


def test_same_problem_is_reported_once_and_a_new_one_again(watch: Watch, caplog: pytest.LogCaptureFixture) -> None:
    answers = {"/": answer_status(401)}
    with HttpCamera(answers) as server:
        camera = watch(server.url("/", CREDENTIALS))
        wait_until(lambda: len(server.requests) >= 4)
        answers["/"] = answer_status(404)
        wait_until(lambda: camera.detection.state.problem is SourceProblem.NOT_FOUND)
        asked = len(server.requests)
        wait_until(lambda: len(server.requests) >= asked + 3)
        camera.capture.stop()

    assert camera.states == [
        (CameraState.CONNECTING, None),
        (CameraState.FAILED, SourceProblem.AUTH),
        (CameraState.FAILED, SourceProblem.NOT_FOUND),
    ]
    warnings = [record.message for record in caplog.records if record.levelname == "WARNING"]
    assert len(warnings) == 2


def test_change_of_size_does_not_interrupt_the_stream(watch: Watch, caplog: pytest.LogCaptureFixture) -> None:
    stop = threading.Event()
    pictures = jpegs([60] * 5) + jpegs([60] * 5, (320, 240))
    with HttpCamera({"/": answer_mjpeg(pictures, 30, threading.Event(), stop)}) as server:
        camera = watch(server.url("/"), width=160, height=96)
        wait_until(lambda: {frame.size for frame in list(camera.frames)} == {SMALL, Size(320, 240)})
        camera.capture.stop()
        stop.set()

    assert {frame.luma.shape for frame in camera.frames} == {(96, 160), (240, 320)}
    assert caplog.text.count("is 320x240, not 160x96 as configured") == 1


def test_video_with_a_new_stream_number_is_still_read(watch: Watch, tmp_path: Path) -> None:
    first, second = (_transport_stream(tmp_path / f"{number}.ts", number) for number in (0x100, 0x333))

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(HTTPStatus.OK)
        request.end_headers()
        request.wfile.write(first)
        while not server.stopping.wait(0.2):
            request.wfile.write(second)

    with HttpCamera({"/": answer}) as server:
        camera = watch(server.url("/"))
        wait_until(lambda: len(camera.frames) > 3 * PICTURES)
        camera.capture.stop()
    assert len(server.requests) == 1


@pytest.mark.parametrize(("wanted", "fps"), [(25, 10), (10, 10), (5, 5), (0, 10)])
def test_lower_frame_rate_than_configured_is_logged_once(
    watch: Watch, tmp_path: Path, caplog: pytest.LogCaptureFixture, wanted: int, fps: float
) -> None:
    clip = write_clip(tmp_path / "a.mp4", 3, fps=10)
    camera = watch(str(clip), **({"fps": wanted} if wanted else {}))
    wait_until(lambda: camera.states.count((CameraState.RUNNING, None)) >= 2)

    assert caplog.text.count("has 10 frames per second, not 25") == (wanted == 25)
    assert camera.detection.fps == fps


def test_missing_decoder_is_logged_once(watch: Watch, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    clip = write_clip(tmp_path / "a.mp4", 3)
    camera = watch(str(clip), "-c:v h264_cuvid")
    wait_until(lambda: camera.states.count((CameraState.RUNNING, None)) >= 3)  # the file ends and is reopened

    warnings = "".join(record.message for record in caplog.records if record.levelname == "WARNING")
    assert warnings.count("decoding by h264_cuvid is not possible here") == 1
    assert warnings.count("; decoding in software") == 1


def test_stop_interrupts_a_camera_that_does_not_respond(watch: Watch) -> None:
    never = threading.Event()
    with HttpCamera({"/": answer_silence(never)}) as server:
        camera = watch(server.url("/"), timeouts=QUICK)
        wait_until(lambda: server.requests)
        begin_s = time.monotonic()
        camera.capture.stop(PATIENCE_S)
        taken_s = time.monotonic() - begin_s
        never.set()

    assert taken_s < QUICK.open_s + SLACK_S


def test_blocking_calls_time_out_within_the_time_to_stop() -> None:
    assert Timeouts().open_s < 10
    assert Timeouts().read_s < 10


def test_stop_before_start_and_while_waiting_to_reconnect(watch: Watch) -> None:
    camera = Watched("/nowhere/a.mp4")
    camera.capture.stop()
    assert camera.messages == []

    other = watch("/nowhere/a.mp4", backoff=Backoff(PATIENCE_S, PATIENCE_S))
    wait_until(other.has_failed)
    begin_s = time.monotonic()
    other.capture.stop(PATIENCE_S)
    assert time.monotonic() - begin_s < SLACK_S


def test_stopped_capture_closes_its_file(watch: Watch, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", 50)
    camera = watch(str(clip), "-re -stream_loop -1")
    wait_until(camera.runs)
    assert open_files(clip) == 1

    camera.capture.stop()

    assert open_files(clip) == 0
    assert camera.frames[0].luma.shape == (96, 160)  # still readable after the stop


def _transport_stream(path: Path, number: int) -> bytes:
    """Return an MPEG-TS whose video stream has this PID."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10, options={"g": "10"})
        stream.id = number
        stream.width, stream.height = SMALL
        stream.pix_fmt = "yuv420p"
        for index in range(PICTURES):
            container.mux(stream.encode(picture(40 + index, SMALL)))
        container.mux(stream.encode(None))
    return path.read_bytes()


def _is_live(url: str) -> Callable[[], bool]:
    """Return whether a stream is published there."""

    def has_publisher() -> bool:
        try:
            probe(url, timeout_s=3)
        except SourceError:
            return False
        return True

    return has_publisher
