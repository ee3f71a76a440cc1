"""Cameras that the ffmpeg program decodes because PyAV does not support their arguments."""

import os
import signal
import threading
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.capture import probe
from custom_components.frigate_native.engine.errors import SourceError, SourceProblem
from custom_components.frigate_native.engine.frame import Frame
from custom_components.frigate_native.engine.geometry import Size
from custom_components.frigate_native.engine.messages import CameraState
from tests.footage_clips import jpegs, ts_from_the_middle, write_clip
from tests.processes import children
from tests.servers import PATIENCE_S, HttpCamera, answer_mjpeg, answer_paced, answer_silence, answer_status, wait_until
from tests.watched import CREDENTIALS, PATIENT, Watch, Watched

SMALL = Size(160, 96)
LOOPED = "-re -stream_loop -1"
VAAPI = "-hwaccel vaapi -hwaccel_device /dev/dri/renderD128 -hwaccel_output_format yuv420p"
SLACK_S = 20.0  # of a busy machine
FILTERED = "-vf null -f rawvideo -pix_fmt yuv420p"


def program_of(camera: Watched) -> int:
    """Return the running ffmpeg, which may just have been restarted on a busy machine."""
    wait_until(lambda: camera.detection.pid != os.getpid())
    pid = camera.detection.pid
    assert pid != os.getpid()
    return pid


def shown(frames: list[Frame]) -> list[int]:
    """Return the index of each frame in the clip, by its brightness."""
    return [round((int(frame.luma[-1, 0]) - 40) / 7) for frame in frames]


def is_gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def test_camera_with_a_filter_is_decoded_by_ffmpeg(
    watch: Watch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clip = write_clip(tmp_path / "a.mkv", 30, fps=10, codec="libx265")
    camera = watch(
        str(clip), LOOPED, detect="-vf scale=80:-2 -f rawvideo -pix_fmt yuv420p", width=160, height=96, fps=5
    )
    wait_until(lambda: len(camera.frames) >= 16)
    pid = camera.detection.pid

    stream = camera.detection.stream
    assert stream is not None
    assert (stream.codec, stream.size, stream.fps) == ("hevc", Size(80, 48), 10)
    assert stream.decoded_by == "ffmpeg: hevc"
    assert stream.reason.endswith("because of -vf scale=80:-2")
    assert stream.notes == ()
    assert camera.states == [(CameraState.CONNECTING, None), (CameraState.RUNNING, None)]
    reported = [record.message for record in caplog.records if record.levelname in {"INFO", "WARNING"}]
    assert sum("is 80x48, not 160x96 as configured" in message for message in reported) == 1
    assert sum("decoded by the ffmpeg program because of" in message for message in reported) == 1
    assert {frame.luma.shape for frame in camera.frames} == {(48, 80)}
    steps = [later - earlier for earlier, later in pairwise(shown(camera.frames))]
    assert steps.count(2) >= 9  # 5 of 10 per second; ffmpeg 7 passes the first ones, and a new pass may skip one
    assert pid in children()
    assert os.getpgid(pid) == pid

    camera.capture.stop()
    assert is_gone(pid)
    assert camera.detection.pid == os.getpid()
    assert camera.frames[0].luma.shape == (48, 80)  # still readable after the stop


@pytest.mark.parametrize("hwaccel_args", [VAAPI, "-c:v h264_mmal"])
def test_missing_hardware_falls_back_to_software(
    watch: Watch, tmp_path: Path, caplog: pytest.LogCaptureFixture, hwaccel_args: str
) -> None:
    clip = write_clip(tmp_path / "a.mp4", 3)
    camera = watch(str(clip), hwaccel_args=hwaccel_args)
    wait_until(lambda: camera.states.count((CameraState.RUNNING, None)) >= 3)  # the file ends and is reopened

    stream = camera.detection.stream
    assert stream is not None
    assert (stream.decoded_by, stream.reason) == ("h264", "")
    assert "hwaccel_args" in stream.notes[0]
    assert stream.notes[0].endswith("decoding in software")
    warnings = "".join(record.message for record in caplog.records if record.levelname == "WARNING")
    assert warnings.count("hardware decoding with these hwaccel_args failed") == 1
    assert camera.states[1] == (CameraState.RUNNING, None)  # it was never reported as failed
    (advice,) = camera.advice
    assert [(note.place, note.text) for note in advice.notes] == [("cameras.back.ffmpeg.hwaccel_args", stream.notes[0])]


@pytest.mark.parametrize("hwaccel_args", ["-hwaccel_foo bar", "-vf nonsense"])
def test_hwaccel_args_that_ffmpeg_rejects_are_left_out(watch: Watch, tmp_path: Path, hwaccel_args: str) -> None:
    clip = write_clip(tmp_path / "a.mp4", 10)
    camera = watch(str(clip), LOOPED, hwaccel_args=hwaccel_args)
    wait_until(camera.runs)

    stream = camera.detection.stream
    assert stream is not None
    assert stream.decoded_by == "h264"
    assert stream.notes[0].startswith("ffmpeg rejects")
    assert "hwaccel_args" in stream.notes[0]


def test_fallback_to_software_keeps_the_filter(watch: Watch, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", 10)
    camera = watch(str(clip), LOOPED, hwaccel_args=VAAPI, detect="-vf scale=80:48")
    wait_until(camera.runs)

    stream = camera.detection.stream
    assert stream is not None
    assert (stream.decoded_by, stream.size) == ("ffmpeg: h264", Size(80, 48))
    assert "decoding in software" in stream.notes[0]


def test_missing_ffmpeg_is_reported(watch: Watch, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", 10)
    hardware = watch(str(clip), LOOPED, hwaccel_args=VAAPI, program="ffmpeg-nowhere")
    filtered = watch(str(clip), LOOPED, detect=FILTERED, program="ffmpeg-nowhere")
    wait_until(lambda: hardware.runs() and filtered.has_failed())

    assert hardware.detection.stream is not None
    assert "needs the program ffmpeg-nowhere" in hardware.detection.stream.notes[0]
    assert filtered.detection.state.problem is SourceProblem.CONFIG
    assert "-vf null needs the program ffmpeg-nowhere" in filtered.detection.state.text
    assert "install ffmpeg" in filtered.detection.state.text


def test_ffmpeg_that_dies_is_restarted(watch: Watch, tmp_path: Path) -> None:
    camera = watch(str(write_clip(tmp_path / "a.mp4", 50)), LOOPED, detect=FILTERED)
    wait_until(camera.runs)
    pid = program_of(camera)
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: camera.has_reported(SourceProblem.OTHER) and camera.runs())

    assert program_of(camera) != pid
    assert is_gone(pid)


def test_ffmpeg_that_hangs_is_killed_and_restarted(watch: Watch, tmp_path: Path) -> None:
    camera = watch(str(write_clip(tmp_path / "a.mp4", 50)), LOOPED, detect=FILTERED, stall_s=2.0)
    wait_until(camera.runs)
    pid = program_of(camera)
    os.kill(pid, signal.SIGSTOP)
    wait_until(lambda: camera.has_reported(SourceProblem.TIMEOUT))
    wait_until(camera.runs)

    assert "no picture for 2 s" in camera.reported
    assert is_gone(pid)


def test_stream_joined_between_key_frames_is_waited_for(watch: Watch, tmp_path: Path) -> None:
    joined = answer_paced(ts_from_the_middle(tmp_path / "camera.ts"), 30.0, stop := threading.Event())
    with HttpCamera({"/": joined}) as server:  # the key frame comes after 20 s
        camera = watch(server.url("/"), "-f mpegts", detect=FILTERED, timeouts=replace(PATIENT, open_s=4.0))
        wait_until(camera.runs)
        camera.capture.stop()
        stop.set()

    assert not camera.reported


def test_hanging_ffmpeg_stops_in_time(watch: Watch, tmp_path: Path) -> None:
    camera = watch(str(write_clip(tmp_path / "a.mp4", 50)), LOOPED, detect=FILTERED)
    wait_until(camera.runs)
    pid = program_of(camera)
    os.kill(pid, signal.SIGSTOP)
    begin_s = time.monotonic()
    camera.capture.stop(PATIENCE_S)

    assert time.monotonic() - begin_s < SLACK_S
    assert is_gone(pid)


def test_silent_http_camera_of_ffmpeg_fails_and_recovers(watch: Watch) -> None:
    silent, stop = threading.Event(), threading.Event()
    with HttpCamera({"/": answer_mjpeg(jpegs([60, 80]), 20, silent, stop)}) as server:
        camera = watch(server.url("/", CREDENTIALS), "-f mpjpeg", detect=FILTERED, stall_s=2.0)
        wait_until(camera.runs)
        silent.set()
        wait_until(lambda: camera.has_reported(SourceProblem.TIMEOUT))
        silent.clear()
        wait_until(camera.runs)
        camera.capture.stop()
        stop.set()

    assert camera.detection.stream is not None
    assert camera.detection.stream.codec == "mjpeg"


def test_change_of_size_never_garbles_pictures(watch: Watch) -> None:
    stop = threading.Event()
    pictures = jpegs([60] * 10) + jpegs([60] * 10_000, (320, 240))
    with HttpCamera({"/": answer_mjpeg(pictures, 30, threading.Event(), stop)}) as server:
        camera = watch(server.url("/"), "-f mpjpeg", detect="-an -f rawvideo -pix_fmt yuv420p -vf null")
        wait_until(lambda: len(camera.frames) > 15)
        camera.capture.stop()
        stop.set()

    assert {(frame.size, frame.luma.shape) for frame in camera.frames} <= {
        (SMALL, (96, 160)),
        (Size(320, 240), (240, 320)),
    }
    assert all(frame.luma.max() - frame.luma.min() < 4 for frame in camera.frames)  # plain gray


@pytest.mark.parametrize(
    ("code", "problem"), [(401, SourceProblem.AUTH), (404, SourceProblem.NOT_FOUND), (500, SourceProblem.OTHER)]
)
def test_http_errors_are_reported_the_same_as_by_pyav(watch: Watch, code: int, problem: SourceProblem) -> None:
    with HttpCamera({"/": answer_status(code)}) as server:
        url = server.url("/", CREDENTIALS)
        camera = watch(url, detect=FILTERED)
        wait_until(lambda: len(server.requests) >= 3)
        with pytest.raises(SourceError) as caught:
            probe(url)
        camera.capture.stop()

    assert camera.states == [(CameraState.CONNECTING, None), (CameraState.FAILED, problem)]
    assert camera.detection.state.text == str(caught.value)


def test_arguments_that_ffmpeg_rejects_are_reported(watch: Watch, tmp_path: Path) -> None:
    camera = watch(str(write_clip(tmp_path / "a.mp4", 5)), "-i_made_this_up 3")
    wait_until(camera.has_failed)

    assert camera.detection.state.problem is SourceProblem.CONFIG
    assert "Unrecognized option 'i_made_this_up'" in camera.detection.state.text


def test_silent_camera_times_out_and_does_not_delay_stop(watch: Watch) -> None:
    never = threading.Event()
    with HttpCamera({"/": answer_silence(never)}) as server:
        camera = watch(server.url("/", CREDENTIALS), "-stimeout 1000000", detect=FILTERED)
        wait_until(camera.has_failed)
        wait_until(lambda: len(server.requests) >= 2)
        begin_s = time.monotonic()
        camera.capture.stop(PATIENCE_S)
        taken_s = time.monotonic() - begin_s
        never.set()

    assert camera.detection.state.problem is SourceProblem.TIMEOUT
    assert taken_s < SLACK_S


def test_probe_uses_ffmpeg_too(tmp_path: Path) -> None:
    clip = str(write_clip(tmp_path / "a.mp4", 30, fps=10))

    found = probe(clip, input_args=("-ss", "1"))

    assert (found.codec, found.size, found.decoded_by) == ("h264", SMALL, "ffmpeg: h264")
    with pytest.raises(SourceError, match="i_made_this_up"):
        probe(clip, input_args=("-i_made_this_up", "3"))
